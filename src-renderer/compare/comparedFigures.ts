/** Figures of the spikes of several networks, each against those of a reference. */
import { rateWithin, type StepRange } from '../../src-core/activity/activity.ts'
import { cumulativeShares, differenceOf, type LayerRate, layerRates } from '../../src-core/activity/compareNetworks.ts'
import { selectivity, summariseValues } from '../../src-core/activity/neuronRates.ts'
import { type IntervalHistogram, interSpikeIntervals, intervalHistogram } from '../../src-core/activity/rates.ts'
import type { TermKey } from '../../src-core/glossary/glossary.ts'
import type { InspectedTest } from '../../src-core/contracts/inspection.ts'
import { linearAxis } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import { percentLabel, plainLabel } from '../charts/labels.ts'
import type { Plot, PlotLine } from '../charts/plot.ts'
import { formatCount, formatMeasured, formatPercent, notKnown } from '../trials/format.ts'
import { colourOfCompared } from './comparison.ts'
import { type ComparedActivity, layerNames } from './comparedModel.ts'

export interface MeasuredNetwork {
  readonly trial: number
  /** Its place among those that are compared, which its colour follows. */
  readonly place: number
  /** Of the samples that are shown; null: none are yet. */
  readonly shown: ComparedActivity | null
  /** null: not tested. */
  readonly test: InspectedTest | null
}

interface FigureCell {
  readonly text: string
  /** Against the reference; empty: it is that, or there is nothing to hold it against. */
  readonly difference: string
}

interface FigureRow {
  readonly name: string
  readonly description: string
  readonly term: TermKey
  readonly cells: readonly FigureCell[]
}

/** With a sign, a true minus too. */
const signed = (text: string): string => (/^-/.test(text) ? `−${text.slice(1)}` : `+${text}`)

/** How a difference is said: as a share of the reference, in points of per cent, or as it is. */
type DifferenceForm = 'share' | 'points' | 'plain'

const differenceText = (value: number, reference: number, form: DifferenceForm): string => {
  const { absolute, share } = differenceOf(value, reference)
  if (absolute === 0) return 'equal'
  if (form === 'points') return `${signed((100 * absolute).toFixed(1))} pp`
  if (form === 'share' && share !== null) return signed(formatPercent(share, Math.abs(share) < 0.1 ? 1 : 0))
  return signed(formatMeasured(Number(absolute.toPrecision(2))))
}

const short = (value: number): string => formatMeasured(Number(value.toPrecision(3)))

interface Values extends Omit<FigureRow, 'cells'> {
  /** Of each network; null: it has none. */
  readonly values: readonly (number | null)[]
  readonly text?: (value: number, place: number) => string
  /** Absent: a share. */
  readonly form?: DifferenceForm
}

const rowOf = (
  { name, description, term, values, text = short, form = 'share' }: Values,
  reference: number,
): FigureRow => {
  const against = values[reference] ?? null
  return {
    name,
    description,
    term,
    cells: values.map((value, place) => ({
      text: value === null ? notKnown : text(value, place),
      difference: value === null || against === null || place === reference ? '' : differenceText(value, against, form),
    })),
  }
}

/** Selectivity of the neurons that are read out; null: not tested, or they answer nothing. */
const selectivityOf = ({ test, shown }: MeasuredNetwork): Float32Array | null => {
  const network = shown?.network
  const layer = network?.layers.find(({ name }) => name === network.outputLayer)
  return test === null || layer === undefined ? null : selectivity(test, layer.neurons)
}

/** Intervals of a layer in the range, as histograms over the same bins. */
export const intervalsOf = (
  networks: readonly MeasuredNetwork[],
  layer: string,
  range: StepRange,
  logarithmic: boolean,
): readonly (IntervalHistogram | null)[] => {
  const intervals = networks.map(({ shown }) => {
    const own = shown?.activity.layers.find((one) => one.layer.name === layer)
    return shown === null || own === undefined ? null : interSpikeIntervals(own, shown.activity.places, range)
  })
  const longest = intervals.reduce((most, own) => own?.reduce((a, b) => Math.max(a, b), most) ?? most, 10)
  return intervals.map((own, place) =>
    own === null
      ? null
      : intervalHistogram(own, networks[place]?.shown?.network.dtMs ?? 1, {
          bins: Math.min(40, longest),
          logarithmic,
          longest,
        }),
  )
}

interface RowOptions {
  /** Place of the reference. */
  readonly reference: number
  readonly range: StepRange
  readonly layer: string
}

/** The rows of the table; those of layers from the input on. */
export const figureRows = (
  networks: readonly MeasuredNetwork[],
  { reference, range, layer }: RowOptions,
): readonly FigureRow[] => {
  const shown = networks.flatMap((one) => one.shown ?? [])
  const layers = layerNames(shown.map(({ network }) => network))
  const inSteps = shown.some(({ network }) => network.evolved !== undefined)
  const [unit, rateUnit] = inSteps ? ['steps', '‰'] : ['ms', 'Hz']
  const measured = networks.map(({ test }) => (test === null ? [] : layerRates(test)))
  const tested = [...new Set(measured.flatMap((own) => own.map((one) => one.layer)))]
  const ofTest = (name: string, pick: (rate: LayerRate) => number): (number | null)[] =>
    measured.map((own) => {
      const found = own.find((one) => one.layer === name)
      return found === undefined ? null : pick(found)
    })
  const histograms = intervalsOf(networks, layer, range, false)
  const selective = networks.map((one) => {
    const values = selectivityOf(one)
    return values === null || values.every(Number.isNaN) ? null : summariseValues(values).median
  })
  const rows: Values[] = [
    ...layers.map((name) => ({
      name: `${name}, ${rateUnit}`,
      description: `Mean rate of the neurons of this layer in what is shown under Spikes: spikes of a neuron in ${inSteps ? 'a thousand steps' : 'a second'}`,
      term: 'rate' as const,
      values: networks.map((one) => {
        const own = one.shown?.activity.layers.find((activity) => activity.layer.name === name)
        if (one.shown === null || own === undefined) return null
        return rateWithin(own, one.shown.activity.places, range, one.shown.network.dtMs)
      }),
    })),
    ...tested.map((name) => ({
      name: `${name}, spikes/sample`,
      description: 'Mean spikes of a neuron of this layer in a tested sample',
      term: 'rate' as const,
      values: ofTest(name, ({ rate }) => rate),
    })),
    ...tested.map((name) => ({
      name: `${name}, silent`,
      description: 'Neurons of this layer that spiked in no tested sample; differences in percentage points',
      term: 'silentNeuron' as const,
      values: ofTest(name, ({ silent, neurons }) => silent / Math.max(1, neurons)),
      form: 'points' as const,
      text: (_: number, place: number): string => {
        const { silent = 0, neurons = 0 } = measured[place]?.find((one) => one.layer === name) ?? {}
        return `${formatCount(silent)} of ${formatCount(neurons)}`
      },
    })),
    {
      name: `mean interval, ${unit}`,
      description: 'Between two spikes of a neuron, in what is shown under Spikes',
      term: 'isi',
      values: histograms.map((own) => own?.meanMs ?? null),
    },
    {
      name: 'CV of intervals',
      description: 'Coefficient of variation: standard deviation over mean; 1 of a Poisson process',
      term: 'cv',
      values: histograms.map((own) => own?.coefficientOfVariation ?? null),
      form: 'plain',
      text: (value) => value.toFixed(2),
    },
    ...(selective.every((value) => value === null)
      ? []
      : [
          {
            name: 'selectivity, median',
            description:
              'How far the spikes of a neuron that is read out belong to one class: 0 all classes alike, 1 one class only',
            term: 'selectivity' as const,
            values: selective,
            form: 'plain' as const,
            text: (value: number): string => value.toFixed(3),
          },
        ]),
  ]
  return rows.map((values) => rowOf(values, reference))
}

const lineOf = ({ trial, place }: MeasuredNetwork, colours: ChartColours): Omit<PlotLine, 'x' | 'y'> => ({
  name: `Trial ${trial}`,
  number: trial,
  colour: colourOfCompared(place, colours),
  width: 1.75,
  step: true,
})

/** Share of the intervals of each network in each bin. */
export const comparedIntervals = (
  networks: readonly MeasuredNetwork[],
  histograms: readonly (IntervalHistogram | null)[],
  {
    unit,
    logarithmic,
    colours,
  }: { readonly unit: string; readonly logarithmic: boolean; readonly colours: ChartColours },
): Plot => {
  const lines = networks.flatMap((network, at): PlotLine[] => {
    const histogram = histograms[at] ?? null
    const total = histogram?.counts.reduce((sum, count) => sum + count, 0) ?? 0
    if (histogram === null || total === 0) return []
    const shares = Float64Array.from(histogram.counts, (count) => count / total)
    return [{ ...lineOf(network, colours), x: histogram.edgesMs, y: Float64Array.of(...shares, shares.at(-1) ?? 0) }]
  })
  const edges = histograms.find((one) => one !== null)?.edgesMs ?? Float64Array.of(1, 2)
  const most = lines.reduce((high, { y }) => Array.from(y).reduce((a, b) => Math.max(a, b), high), 0)
  return {
    x: {
      ...linearAxis(`Interval, ${unit}`, edges[0] ?? 0, edges.at(-1) ?? 1),
      scale: logarithmic ? 'log' : 'linear',
    },
    y: { ...linearAxis('Share of intervals (%)', 0, most === 0 ? 1 : most * 1.05, percentLabel) },
    lines,
  }
}

/** For each selectivity the share of neurons that are no more selective; silent ones have none. */
export const comparedSelectivity = (networks: readonly MeasuredNetwork[], colours: ChartColours): Plot => ({
  x: linearAxis('Selectivity', 0, 1, plainLabel),
  y: linearAxis('Share of neurons (%)', 0, 1, percentLabel),
  lines: networks.flatMap((network): PlotLine[] => {
    const own = selectivityOf(network)
    if (own === null) return []
    const { values, shares } = cumulativeShares(own)
    if (values.length === 0) return []
    return [
      {
        ...lineOf(network, colours),
        x: Float64Array.of(0, ...values, 1),
        y: Float64Array.of(0, ...shares, 1),
      },
    ]
  }),
})
