/** The silence of one trial, from what it has stored: counts at each look, and spikes of each training sample. */
import type { TrialRecord } from '../../../src-core/contracts/window/trialCalls.ts'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { epochSamplesOf } from '../../model/epochSamples.ts'
import { formatLimit, formatPlural } from '../../model/format.ts'
import { colourOfLayer } from '../activity/stackModel.ts'
import type { ChartLine, LineChart } from '../parts/lineChart.ts'

type Measured = NonNullable<TrialRecord['measured']>

/** Place of a layer in the palette: `input` is first there. */
export const colourOfWatched = (index: number): number => colourOfLayer(index + 1)

/**
 * Non-spiking samples at each look over all epochs, with the number at which training ends. x: samples since the start.
 * @param trainSamples of one epoch
 */
export const nonSpikingChart = (
  { intervals }: Measured,
  constraints: readonly ConstraintInfo[],
  row: TrialRow,
  trainSamples: number,
): LineChart => {
  const lines = constraints.map(({ layer }, index): ChartLine => {
    const points: { x: number; y: number | null }[] = []
    let epoch = -1
    for (const interval of intervals) {
      const start = interval.epoch * trainSamples
      // Every epoch counts afresh.
      if (interval.epoch !== epoch) points.push({ x: start, y: null }, { x: start, y: 0 })
      epoch = interval.epoch
      points.push({ x: start + interval.sample, y: interval.nonSpiking[index] ?? null })
    }
    return { name: layer, colour: colourOfWatched(index), points }
  })
  const betas = [...new Set(constraints.map(({ beta }) => beta))]
  const last = intervals.at(-1)
  const end = last === undefined ? trainSamples : (last.epoch + 1) * trainSamples
  return {
    xTitle: 'Training samples',
    yTitle: 'Non-spiking samples of the epoch',
    lines,
    thresholds: betas.map((beta) => {
      const layers = constraints.filter((one) => one.beta === beta).map(({ layer }) => layer)
      const whose = betas.length === 1 ? '' : ` ${layers.join(', ')}`
      return { y: beta * trainSamples, text: `β${whose} = ${formatLimit(beta)} of an epoch` }
    }),
    marks: marksOf(row, trainSamples),
    x: { from: 0, to: Math.max(1, end) },
    y: null,
  }
}

const marksOf = ({ stop }: TrialRow, trainSamples: number): LineChart['marks'] => {
  if (stop === null) return []
  return stop.kind === 'silence'
    ? [{ x: stop.epoch * trainSamples + stop.sample, text: 'stopped' }]
    : [{ x: (stop.epoch + 1) * trainSamples, text: 'pruned' }]
}

/** Spikes of each training sample in one layer, against alpha. */
export const spikeCountChart = (
  { spikeCounts }: Measured,
  { layer, alpha }: ConstraintInfo,
  index: number,
  trainSamples: number,
): LineChart => {
  const own = spikeCounts.filter((one) => one.layer === layer)
  const points = own.flatMap(({ epoch, counts }) =>
    Array.from(counts, (count, sample) => ({ x: epoch * trainSamples + sample, y: count })),
  )
  return {
    xTitle: 'Training samples',
    yTitle: 'Spikes in the sample',
    lines: [{ name: layer, colour: colourOfWatched(index), points: thinned(points, 6000), dots: true }],
    thresholds: [{ y: alpha, text: `α = ${formatPlural(alpha, 'spike')}` }],
    marks: [],
    x: { from: 0, to: Math.max(1, points.at(-1)?.x ?? trainSamples) },
    y: null,
  }
}

/** Every so-manieth, so that drawing stays quick; counts of a sample do not depend on its neighbours. */
const thinned = <Item>(items: readonly Item[], atMost: number): readonly Item[] => {
  const stride = Math.ceil(items.length / atMost)
  return stride <= 1 ? items : items.filter((_, place) => place % stride === 0)
}

/** Training samples of an epoch of a trial; null where nothing tells. */
export const trainSamplesOf = ({ row, measured, hyperparameters }: TrialRecord): number | null => {
  const told = epochSamplesOf(row)
  const { epochs } = hyperparameters
  return told !== null || measured === null || typeof epochs !== 'number' ? told : measured.samplesPlanned / epochs
}
