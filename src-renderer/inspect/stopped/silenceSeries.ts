/** The silence of one trial, from what it has stored: counts at each look, and spikes of each training sample. */
import type { TrialRecord } from '../../../src-core/contracts/window/trialCalls.ts'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { firstReplicateOf } from '../../../src-core/trial/firstReplicate.ts'
import { epochSamplesOf } from '../../trials/trialText.ts'
import { formatCount, formatLimit, formatPlural, formatValue } from '../../trials/format.ts'
import type { StudyWords } from '../../../src-core/study/studyWords.ts'
import { colourOfLayer } from '../activity/stackModel.ts'
import type { ChartColours } from '../../charts/colours.ts'
import { pathOf, type Plot, type PlotAxis, type PlotGuide, type PlotLine } from '../../charts/plot.ts'

interface Drawing {
  /** Of one epoch. */
  readonly trainSamples: number
  readonly colours: ChartColours
  readonly words: StudyWords
}

type Measured = NonNullable<TrialRecord['measured']>

/** In the palette `input` is first. */
const colourOfWatched = (index: number, { palette, text }: ChartColours): string =>
  palette[colourOfLayer(index + 1)] ?? text

/** From 0 to a little above all that is drawn. */
const countAxis = (title: string, lines: readonly PlotLine[], limits: readonly number[]): PlotAxis => {
  const high = lines.reduce(
    (most, { y }) => Array.from(y).reduce((own, value) => (value > own ? value : own), most),
    Math.max(0, ...limits),
  )
  return { title, scale: 'linear', min: 0, max: high === 0 ? 1 : high * 1.08, label: formatValue }
}

const samplesAxis = (last: number, title: string): PlotAxis => ({
  title,
  scale: 'linear',
  min: 0,
  max: Math.max(1, last),
  label: formatCount,
})

/** Non-spiking samples at each look over all epochs, with the number at which training ends. x: samples since the start. */
export const nonSpikingPlot = (
  { intervals }: Measured,
  constraints: readonly ConstraintInfo[],
  { row, trainSamples, colours, words }: Drawing & { readonly row: TrialRow },
): Plot => {
  const lines = constraints.map(({ layer }, index): PlotLine => {
    const points: { x: number; y: number | null }[] = []
    let epoch = -1
    for (const interval of intervals) {
      const start = interval.epoch * trainSamples
      // Every epoch counts afresh.
      if (interval.epoch !== epoch) points.push({ x: start, y: null }, { x: start, y: 0 })
      epoch = interval.epoch
      points.push({ x: start + interval.sample, y: interval.nonSpiking[index] ?? null })
    }
    return { name: layer, colour: colourOfWatched(index, colours), width: 1.75, ...pathOf(points) }
  })
  const betas = [...new Set(constraints.map(({ beta }) => beta))]
  const last = intervals.at(-1)
  return {
    x: samplesAxis(last === undefined ? trainSamples : (last.epoch + 1) * trainSamples, words.progress),
    y: countAxis(
      words.nonSpikingUnits,
      lines,
      betas.map((beta) => beta * trainSamples),
    ),
    lines,
    guides: [
      ...betas.map((beta): PlotGuide => {
        const layers = constraints.filter((one) => one.beta === beta).map(({ layer }) => layer)
        const whose = betas.length === 1 ? '' : ` ${layers.join(', ')}`
        return {
          kind: 'line',
          axis: 'y',
          at: beta * trainSamples,
          text: `β${whose} = ${formatLimit(beta)} of ${words.pass === 'generation' ? 'a' : 'an'} ${words.pass}`,
        }
      }),
      ...endOf(row, trainSamples),
    ],
  }
}

const endOf = ({ stop }: TrialRow, trainSamples: number): PlotGuide[] => {
  if (stop === null) return []
  return stop.kind === 'silence'
    ? [{ kind: 'line', axis: 'x', at: stop.epoch * trainSamples + stop.sample, text: 'stopped' }]
    : [{ kind: 'line', axis: 'x', at: (stop.epoch + 1) * trainSamples, text: 'pruned' }]
}

/** Spikes of each training sample in one layer, against alpha. */
export const spikeCountPlot = (
  { spikeCounts }: Measured,
  { layer, alpha }: ConstraintInfo,
  { index, trainSamples, colours, words }: Drawing & { readonly index: number },
): Plot => {
  const own = spikeCounts.filter((one) => one.layer === layer)
  const points = own.flatMap(({ epoch, counts }) =>
    Array.from(counts, (count, sample) => ({ x: epoch * trainSamples + sample, y: count })),
  )
  const line: PlotLine = {
    name: layer,
    colour: colourOfWatched(index, colours),
    width: 1.75,
    dots: true,
    ...pathOf(thinned(points, 6000)),
  }
  return {
    x: samplesAxis(points.at(-1)?.x ?? trainSamples, words.progress),
    y: countAxis(words.spikes, [line], [alpha]),
    lines: [line],
    guides: [{ kind: 'line', axis: 'y', at: alpha, text: `α = ${formatPlural(alpha, 'spike')}` }],
  }
}

/** Every so-manieth, so that drawing stays quick; counts of a sample do not depend on its neighbours. */
const thinned = <Item>(items: readonly Item[], atMost: number): readonly Item[] => {
  const stride = Math.ceil(items.length / atMost)
  return stride <= 1 ? items : items.filter((_, place) => place % stride === 0)
}

/** Training samples of an epoch of a trial; null where nothing tells. */
export const trainSamplesOf = ({ row, measured, hyperparameters }: TrialRecord): number | null => {
  // A network of a generation counts as a sample.
  if (typeof hyperparameters['populationSize'] === 'number') return hyperparameters['populationSize']
  const told = epochSamplesOf(row)
  const { epochs } = hyperparameters
  if (told !== null || measured === null || typeof epochs !== 'number') return told
  return firstReplicateOf(measured).samplesPlanned / epochs
}
