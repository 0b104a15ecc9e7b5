/**
 * What a study searches for, in words and numbers, the same in the terminal, in the window and in notifications. The stored
 * objective is maximised, so of a cost it is the negative.
 */
import { type Limit, spikesOf } from '../study/metricSchema.ts'
import { capitalised, type ShownMetric, storedMetric } from '../study/studyWords.ts'

/** What a metric is called in texts. */
export const metricName = (metric: ShownMetric): string => {
  const spikes = spikesOf(storedMetric(metric))
  if (spikes !== null) {
    const { layer, label } = spikes
    return `spikes in ${layer} per sample${label === null ? '' : ` of class ${label}`}`
  }
  return wholeNames[metric] ?? metric
}
/** Of metrics of a network as a whole that are not called as they are written. */
const wholeNames: Readonly<Record<string, string>> = {
  synapticOperationsPerSample: 'synaptic operations per sample',
  spikesPerSample: 'spikes per sample',
}

/** Whether less is better: of costs, not of the shares accuracy and score. */
export const isMinimised = (metric: ShownMetric): boolean => metric !== 'accuracy' && metric !== 'score'

/** Above it no value can be. */
export const highestOf = (metric: ShownMetric): number => (isMinimised(metric) ? Infinity : 1)

/** What was measured, from the objective as it is stored; `objectiveValue` of stopping/constraints.ts undone. */
export const measuredObjective = (metric: ShownMetric, objective: number): number =>
  isMinimised(metric) ? 0 - objective : objective

/** As `measuredObjective` undone: the objective that is stored of what was measured. */
export const storedObjective = measuredObjective

/** The name, and which way is better where that does not go without saying: "spikes per sample, minimised". */
export const metricWithDirection = (metric: ShownMetric): string =>
  isMinimised(metric) ? `${metricName(metric)}, minimised` : metricName(metric)

const withThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Spikes or operations of a sample, a mean: "0.8125", "42.31", "1,204.5", "84,413". */
export const formatCost = (value: number): string => {
  const magnitude = Math.abs(value)
  if (magnitude >= 10_000) return withThousands(Math.round(value).toString())
  const [whole = '', decimals = ''] = value.toFixed(magnitude >= 1000 ? 1 : magnitude >= 10 ? 2 : 4).split('.')
  return `${withThousands(whole)}.${decimals}`
}

/** A limit of a cost, as short as it can be: "1,000", "0.5", "2,500.5". */
export const formatCostLimit = (value: number): string =>
  Number.isInteger(value) ? withThousands(String(value)) : formatCost(value).replace(/\.?0+$/, '')

/** "at most 1,000", "at least 0.9". */
export const limitPhrase = ({ side, limit }: Limit): string =>
  `${side === 'atMost' ? 'at most' : 'at least'} ${formatCostLimit(limit)}`

/** "≤ 1,000", "≥ 0.9". */
export const limitSign = ({ side, limit }: Limit): string =>
  `${side === 'atMost' ? '≤' : '≥'} ${formatCostLimit(limit)}`

/** Whether what was measured keeps a limit. */
const keepsLimit = ({ side, limit }: Limit, measured: number): boolean =>
  side === 'atMost' ? measured <= limit : measured >= limit

/** On which side of its limit something measured lies: "at most 1,000", "above 1,000", "at least 0.9", "below 0.9". */
export const againstLimit = (bound: Limit, measured: number): string =>
  keepsLimit(bound, measured)
    ? limitPhrase(bound)
    : `${bound.side === 'atMost' ? 'above' : 'below'} ${formatCostLimit(bound.limit)}`

/** What was measured, as a number: "0.9321", "1,204.5". @param measured a cost as it is, not its negative */
export const measuredNumber = (metric: ShownMetric, measured: number): string =>
  isMinimised(metric) ? formatCost(measured) : measured.toFixed(4)

/**
 * What was measured, as a number: "0.9321", "1,204.5", of a mean of replicates "0.9321 ± 0.0040".
 * @param objective as it is stored
 * @param standardError of that mean; left out of a single training
 */
export const objectiveNumber = (metric: ShownMetric, objective: number, standardError?: number): string => {
  const number = measuredNumber(metric, measuredObjective(metric, objective))
  return standardError === undefined ? number : `${number} ± ${measuredNumber(metric, standardError)}`
}

/** Name and number: "accuracy 0.9321", "spikes per sample 1,204.5". @param objective as it is stored */
export const objectivePhrase = (metric: ShownMetric, objective: number, standardError?: number): string =>
  `${metricName(metric)} ${objectiveNumber(metric, objective, standardError)}`

/** What a metric is called at the head of a column, an axis or a sentence: "Accuracy". */
export const metricTitle = (metric: ShownMetric): string => capitalised(metricName(metric))

/**
 * A text in which `{objective}` and `{Objective}` stand for the metric's name, and `{worse}` for the side on which worse
 * values lie: "trials at or {worse} each {objective}", below an accuracy and above a cost.
 */
export const withObjective = (text: string, metric: ShownMetric): string =>
  text
    .replaceAll('{objective}', metricName(metric))
    .replaceAll('{Objective}', metricTitle(metric))
    .replaceAll('{worse}', isMinimised(metric) ? 'above' : 'below')

/** What was measured, for tables that other programs read; null: nothing. @param objective as it is stored */
export const measuredOrNull = (metric: ShownMetric, objective: number | null): number | null =>
  objective === null ? null : measuredObjective(metric, objective)
