/** The columns of the trial table: each a way to read one comparable value from a trial, and to write it for people. */
import { type ConstraintInfo, type MetricLimit, shownLimit, type TrialRow } from '../../src-core/progress/readModel.ts'
import {
  isMinimised,
  limitPhrase,
  measuredNumber,
  metricTitle,
  objectiveNumber,
} from '../../src-core/progress/objectiveText.ts'
import type { TermKey } from '../../src-core/glossary/glossary.ts'
import { metricLabel } from '../../src-core/progress/constraintTitle.ts'
import {
  type NetworkKind,
  nonSpikingShareColumn,
  nonSpikingShareOf,
  shareMeaning,
  type ShownMetric,
  type StudyWords,
  wordsOf,
} from '../../src-core/study/studyWords.ts'
import type { NumericParameter, SearchSpace } from '../../src-core/space/parameter.ts'
import { hyperparameterNamed, readingOrder } from '../../src-core/study/hyperparameters.ts'
import { formatAgainst, formatCount, formatDuration, formatValue } from '../trials/format.ts'
import {
  constraintMeaning,
  durationOf,
  metricWord,
  remarkOf,
  shareOfConstraint,
  trialStateWords,
} from '../trials/trialText.ts'

type ColumnGroup = 'Trial' | 'Results' | 'Constraints' | 'Hyperparameters' | 'Metrics' | 'Evaluation'

export interface TableColumn {
  /** Also the field of a filter, where the column can be filtered. */
  readonly key: string
  readonly title: string
  /** In tables that are saved or copied; without it, the key. */
  readonly head?: string
  /** Of the glossary, where the key does not tell. */
  readonly term?: TermKey
  readonly tooltip: string
  readonly group: ColumnGroup
  /** `number`: right-aligned, filtered by range; `category`: few different texts; `text`: any text. */
  readonly kind: 'number' | 'category' | 'text'
  /** Of the first drawing, CSS pixels. */
  readonly width: number
  /** Whether it is drawn before a person has chosen. */
  readonly initial: boolean
  readonly filtered: boolean
  /** In which numbers are entered: the value times `factor`, followed by `unit`. */
  readonly entry: { readonly factor: number; readonly unit: string }
  /** Of a searched hyperparameter: how its values are spread. */
  readonly parameter: NumericParameter | null
  /** Null sorts last, whichever the direction. */
  value(trial: TrialRow): number | string | null
  /** Of a value that is there. */
  text(value: number | string): string
  /** Order of categories; without it, by alphabet. */
  readonly order?: readonly string[]
}

type Column = Pick<TableColumn, 'key' | 'title' | 'tooltip' | 'group' | 'value'> & Partial<TableColumn>

const asNumber =
  (format: (value: number) => string) =>
  (value: number | string): string =>
    typeof value === 'number' ? format(value) : value

const column = (given: Column): TableColumn => ({
  kind: 'number',
  width: 92,
  initial: true,
  filtered: true,
  entry: { factor: 1, unit: '' },
  parameter: null,
  text: asNumber(formatValue),
  ...given,
})

/** Which trial it is, what became of it and what people say of it: at the left, whatever else a study has. */
const trialColumns: readonly TableColumn[] = [
  column({
    key: 'number',
    title: 'Trial',
    tooltip: 'Number in the order of asking',
    group: 'Trial',
    width: 68,
    value: (trial) => trial.number,
    text: asNumber(formatCount),
  }),
  column({
    key: 'pinned',
    title: '★',
    tooltip: 'Pinned: its network is kept, however many better ones there are',
    group: 'Trial',
    kind: 'category',
    width: 48,
    filtered: false,
    order: ['pinned'],
    value: ({ annotation }) => (annotation.pinned ? 'pinned' : null),
    text: () => '★',
  }),
  column({
    key: 'state',
    title: 'State',
    tooltip: 'What became of the trial',
    group: 'Trial',
    kind: 'category',
    width: 134,
    filtered: false,
    order: ['running', 'waiting', 'complete', 'stopped', 'failed'],
    value: (trial) => trial.state,
    text: (state) => (trialStateWords as Readonly<Record<string, string>>)[state] ?? String(state),
  }),
  column({
    key: 'tags',
    title: 'Tags',
    tooltip: 'Tags that people gave',
    group: 'Trial',
    kind: 'text',
    width: 96,
    filtered: false,
    value: ({ annotation: { tags } }) => (tags.length === 0 ? null : tags.join(', ')),
  }),
  column({
    key: 'note',
    title: 'Note',
    tooltip: 'Note that people wrote',
    group: 'Trial',
    kind: 'text',
    width: 124,
    filtered: false,
    value: ({ annotation: { note } }) => (note.trim() === '' ? null : note.trim().replaceAll(/\s+/g, ' ')),
  }),
]

const lastColumns = (words: StudyWords): readonly TableColumn[] => [
  column({
    key: 'duration',
    title: 'Duration',
    width: 108,
    tooltip: 'Training and testing',
    group: 'Evaluation',
    entry: { factor: 1e-3, unit: 's' },
    value: durationOf,
    text: asNumber(formatDuration),
  }),
  column({
    key: 'timeSaved',
    title: 'Time saved',
    tooltip: 'Estimated training time that stopping early saved',
    group: 'Evaluation',
    initial: false,
    filtered: false,
    value: ({ timeSavedMs }) => (timeSavedMs > 0 ? timeSavedMs : null),
    text: asNumber(formatDuration),
  }),
  column({
    key: 'violation',
    title: 'Violation',
    tooltip: 'Sum of what the constraints are broken by',
    group: 'Constraints',
    initial: false,
    filtered: false,
    value: ({ violation }) => violation,
  }),
  column({
    key: 'seed',
    title: 'Seed',
    tooltip: 'Seed of the weights, of the order of samples and of the encoding',
    group: 'Evaluation',
    initial: false,
    filtered: false,
    value: ({ seed }) => seed,
    text: String,
  }),
  column({
    key: 'attempt',
    title: 'Attempt',
    tooltip: 'How often the trial was begun',
    group: 'Evaluation',
    initial: false,
    filtered: false,
    value: ({ attempt }) => attempt,
  }),
  column({
    key: 'worker',
    title: 'Worker',
    tooltip: 'Where it ran',
    group: 'Evaluation',
    kind: 'category',
    initial: false,
    filtered: false,
    value: ({ worker }) => worker,
  }),
  column({
    key: 'remark',
    title: 'Remark',
    tooltip: 'Where and why a trial ended early',
    group: 'Evaluation',
    kind: 'text',
    width: 210,
    filtered: false,
    value: (trial) => {
      const remark = remarkOf(trial, words)
      return remark === '' ? null : remark
    },
  }),
]

const constraintColumn = (constraint: ConstraintInfo, words: StudyWords): TableColumn =>
  column({
    key: constraint.name,
    title: nonSpikingShareOf(constraint.layer),
    head: nonSpikingShareColumn(constraint.layer),
    term: 'nonSpikingShare',
    tooltip: constraintMeaning(constraint, words),
    group: 'Constraints',
    width: Math.max(138, Math.min(190, 40 + constraint.layer.length * 7)),
    entry: { factor: 100, unit: '%' },
    value: (trial) => shareOfConstraint(trial, constraint),
    text: asNumber((share) => formatAgainst(share, constraint.beta)),
  })

/** Of a cost, whose objective is stored as its negative, so that the best are those of the highest number as ever. */
const objectiveColumn = (metric: ShownMetric): TableColumn =>
  column({
    key: 'objective',
    title: metricTitle(metric),
    term: metric === 'accuracy' || metric === 'score' ? metric : 'objective',
    tooltip:
      metric === 'accuracy' || metric === 'score'
        ? `The objective: ${shareMeaning(metric).toLowerCase()}`
        : `The objective, ${metricWord(metric)}: less is better`,
    group: 'Results',
    width: isMinimised(metric) ? 190 : 98,
    // What people type is the cost itself.
    entry: { factor: isMinimised(metric) ? -1 : 1, unit: '' },
    value: (trial) => trial.objective,
    text: asNumber((objective) => objectiveNumber(metric, objective)),
  })

/** Of studies whose trials are several trainings: how sure their mean is. */
const standardErrorColumn = (metric: ShownMetric): TableColumn =>
  column({
    key: 'objectiveStandardError',
    title: '± standard error',
    tooltip: `How sure the mean ${metricWord(metric)} of the replicates is: their sample deviation by the root of their number`,
    group: 'Results',
    width: 132,
    filtered: false,
    value: ({ replicates }) => replicates?.objectiveStandardError ?? null,
    text: asNumber((value) => `± ${measuredNumber(metric, value)}`),
  })

const replicatesColumn = column({
  key: 'replicates',
  title: 'Replicates',
  tooltip: 'Trainings that the trial is, each with a seed of its own; fewer than planned where it was hopeless',
  group: 'Evaluation',
  filtered: false,
  value: ({ replicates }) => replicates?.trained ?? null,
  text: asNumber(formatCount),
})

const limitColumn = (limit: MetricLimit): TableColumn => {
  const { metric: key } = limit
  const metric = shownLimit(limit)
  return column({
    key,
    title: metricTitle(metric),
    tooltip: `${metricTitle(metric)} in the test; the constraint allows ${limitPhrase(limit)}`,
    group: 'Constraints',
    width: 150,
    value: ({ metrics }) => metrics[key] ?? null,
    text: asNumber((value) => measuredNumber(metric, value)),
  })
}

const hyperparameterColumn = (name: string, space: SearchSpace): TableColumn => {
  const parameter = space[name]
  const known = hyperparameterNamed(name)
  const unit = known?.unit ?? null
  return column({
    key: name,
    title: name,
    tooltip: known === null ? name : `${known.description}${unit === null ? '' : ` (${unit})`}`,
    group: 'Hyperparameters',
    kind: parameter?.type === 'categorical' || known?.kind === 'categorical' ? 'category' : 'number',
    width: Math.min(190, Math.max(84, 40 + name.length * 7)),
    entry: { factor: 1, unit: unit ?? '' },
    parameter: parameter === undefined || parameter.type === 'categorical' ? null : parameter,
    value: ({ configuration }) => configuration[name] ?? null,
  })
}

/** Metrics that a column of their own shows already. */
const shownMetrics = new Set(['accuracy'])

const metricColumn = (name: string, words: StudyWords): TableColumn =>
  column({
    key: name,
    title: metricLabel(name, words),
    tooltip: `Measured: ${metricLabel(name, words)}`,
    group: 'Metrics',
    initial: false,
    width: Math.min(190, Math.max(84, 40 + name.length * 7)),
    value: ({ metrics }) => metrics[name] ?? null,
  })

interface ColumnSources {
  readonly constraints: readonly ConstraintInfo[]
  /** Absent: none. */
  readonly limits?: readonly MetricLimit[]
  /** Absent: accuracy. */
  readonly objective?: ShownMetric
  /** Kind of its networks; absent: those that train on samples. */
  readonly network?: NetworkKind
  /** Names that occur in configurations and metrics of trials. */
  readonly hyperparameters: readonly string[]
  readonly metrics: readonly string[]
  /** Trials are several trainings each; absent: no. */
  readonly hasReplicates?: boolean
  /** Of the study; empty: nothing is said of ranges. */
  readonly space: SearchSpace
}

const places = new Map(readingOrder.map((name, index) => [name, index]))

/** Every column that a study's table can have, in its first order. */
export const tableColumns = ({
  constraints,
  limits = [],
  objective = 'accuracy',
  network = 'layered',
  hyperparameters: names,
  metrics,
  hasReplicates = false,
  space,
}: ColumnSources): TableColumn[] => {
  const words = wordsOf(network)
  const last = lastColumns(words)
  const limited = new Set<string>(limits.map(({ metric }) => metric))
  const sorted = [...names].sort((a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity))
  const all = [
    ...trialColumns,
    objectiveColumn(objective),
    ...(hasReplicates ? [standardErrorColumn(objective)] : []),
    ...constraints.map((constraint) => constraintColumn(constraint, words)),
    ...limits.map(limitColumn),
    ...last.filter(({ key }) => key === 'duration'),
    ...(hasReplicates ? [replicatesColumn] : []),
    ...sorted.map((name) => hyperparameterColumn(name, space)),
    ...metrics
      .filter((name) => !shownMetrics.has(name) || (name === 'accuracy' && isMinimised(objective)))
      .filter((name) => !limited.has(name))
      .map((name) => metricColumn(name, words)),
    ...last.filter(({ key }) => key !== 'duration'),
  ]
  const keys = new Set<string>()
  return all.filter(({ key }) => !keys.has(key) && keys.add(key))
}
