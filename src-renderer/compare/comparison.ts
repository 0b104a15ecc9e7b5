/** What several trials differ in. */
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import type { TermKey } from '../../src-core/glossary/glossary.ts'
import { isFeasible, isMeasured } from '../../src-core/progress/best.ts'
import {
  formatCostLimit,
  measuredNumber,
  measuredOrNull,
  isMinimised,
  metricName,
} from '../../src-core/progress/objectiveText.ts'
import { termOfHyperparameter } from '../components/hyperparameterTerms.ts'
import { termOfMetric } from '../components/termsOf.ts'
import type { StudyView } from '../trials/studyView.ts'
import { shownLimit, type StudySummary, type TrialRow } from '../../src-core/progress/readModel.ts'
import { withError } from '../../src-core/progress/replicatesText.ts'
import { capitalised, nonSpikingShareOf, shareMeaning, type StudyWords } from '../../src-core/study/studyWords.ts'
import type { ChartColours } from '../charts/colours.ts'
import { plainLabel } from '../charts/labels.ts'
import { pathOf, type Plot, type PlotLine } from '../charts/plot.ts'
import { colourOfClass } from '../inspect/activity/stackModel.ts'
import { trainSamplesOf } from '../inspect/stopped/silenceSeries.ts'
import { formatAgainst, formatCount, formatDuration, formatLimit, formatValue, notKnown } from '../trials/format.ts'
import { hyperparameterRows } from '../trials/hyperparameterRows.ts'
import {
  durationOf,
  measuredWithError,
  shareOfConstraint,
  shareWithError,
  trialStateWords,
} from '../trials/trialText.ts'

interface RowForm {
  /** @param trial whose value it is */
  readonly format: (value: number, trial?: TrialRow) => string
  /** Null: neither is a merit. */
  readonly better: 'more' | 'less' | null
}

interface ComparedRow {
  readonly name: string
  readonly unit: string
  readonly description: string
  /** Of the glossary; null: it has none for it. */
  readonly term: TermKey | null
  /** One for each trial. */
  readonly values: readonly string[]
  /** Place of the best value; null where none is better, or all are the same. */
  readonly best: number | null
}

/** A trial that was stopped, or that broke a constraint, is the best in nothing. */
const isSound = (trial: TrialRow | undefined): boolean => trial !== undefined && isMeasured(trial) && isFeasible(trial)

const bestOf = (values: readonly (number | null)[], better: RowForm['better']): number | null => {
  if (better === null) return null
  let best: number | null = null
  for (const [place, value] of values.entries()) {
    const before = best === null ? null : (values[best] ?? null)
    if (value !== null && (before === null || (better === 'more' ? value > before : value < before))) best = place
  }
  return values.every((value) => value === values[0]) ? null : best
}

/**
 * The hyperparameters whose values are not the same in all trials; a trial without one of them shows a dash.
 * @param digits significant ones of numbers; absent: as everywhere
 */
export const differingHyperparameters = (trials: readonly TrialRow[], digits?: number): ComparedRow[] => {
  const rounded = (value: number | string): number | string =>
    digits === undefined || typeof value === 'string' || Number.isInteger(value)
      ? value
      : Number(value.toPrecision(digits))
  const names = Object.assign({}, ...trials.map(({ configuration }) => configuration)) as TrialRow['configuration']
  return hyperparameterRows(names)
    .map(({ name, unit, description }) => {
      const raw = trials.map(({ configuration }) => configuration[name])
      const values = raw.map((value) => (value === undefined ? notKnown : formatValue(rounded(value))))
      const row = { name, unit, description, term: termOfHyperparameter(name), values, best: null }
      return { row, differ: raw.some((value) => value !== raw[0]) }
    })
    .filter(({ differ }) => differ)
    .map(({ row }) => row)
}

interface ComparedStudy extends Pick<StudyView, 'constraints' | 'limits' | 'objective'> {
  readonly summary: Pick<StudySummary, 'network'>
}

/** Results side by side, the best of each marked. */
export const resultRows = (
  trials: readonly TrialRow[],
  { constraints, limits, objective: metric }: ComparedStudy,
): ComparedRow[] => {
  const row = (
    { name, description = '', term }: Partial<ComparedRow> & Pick<ComparedRow, 'name' | 'term'>,
    values: readonly (number | null)[],
    { format, better }: RowForm,
  ): ComparedRow => ({
    name,
    unit: '',
    description,
    term,
    values: values.map((value, place) => (value === null ? notKnown : format(value, trials[place]))),
    best: bestOf(
      values.map((value, place) => (isSound(trials[place]) ? value : null)),
      better,
    ),
  })
  const isCost = isMinimised(metric)
  const objectives = trials.map(({ objective }) => measuredOrNull(metric, objective))
  return [
    {
      name: 'state',
      unit: '',
      description: '',
      term: 'trialState',
      values: trials.map(({ state }) => trialStateWords[state]),
      best: null,
    },
    row(
      {
        name: metricName(metric),
        description:
          metric === 'accuracy' || metric === 'score' ? shareMeaning(metric) : 'The objective: less is better',
        term: termOfMetric(metric),
      },
      objectives,
      {
        format: (value, trial) => {
          const error = trial?.replicates?.objectiveStandardError
          return withError(measuredNumber(metric, value), error === undefined ? null : measuredNumber(metric, error))
        },
        better: isCost ? 'less' : 'more',
      },
    ),
    ...constraints.map((constraint) =>
      row(
        {
          name: nonSpikingShareOf(constraint.layer),
          description: `At most ${formatLimit(constraint.beta)} is feasible`,
          term: 'nonSpikingShare',
        },
        trials.map((trial) => shareOfConstraint(trial, constraint)),
        {
          format: (share, trial) =>
            trial === undefined ? formatAgainst(share, constraint.beta) : shareWithError(trial, constraint, share),
          better: null,
        },
      ),
    ),
    ...limits
      .filter((limit) => shownLimit(limit) !== metric)
      .map((limit) =>
        row(
          {
            name: metricName(shownLimit(limit)),
            description: `${limit.side === 'atMost' ? 'At most' : 'At least'} ${formatCostLimit(limit.limit)} is feasible`,
            term: termOfMetric(limit.metric),
          },
          trials.map(({ metrics }) => metrics[limit.metric] ?? null),
          {
            format: (value, trial) =>
              trial === undefined ? measuredNumber(limit.metric, value) : measuredWithError(trial, limit, value),
            better: isMinimised(limit.metric) ? 'less' : 'more',
          },
        ),
      ),
    row({ name: 'duration', term: 'duration' }, trials.map(durationOf), { format: formatDuration, better: null }),
  ]
}

/** The colour of a compared trial, wherever it stands. */
export const colourOfCompared = (index: number, { palette, text }: ChartColours): string =>
  palette[colourOfClass(index)] ?? text

const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4]] as const

/** Training accuracy at each look; x: samples since the start. */
export const learningCurves = (
  records: readonly { readonly number: number; readonly record: TrialRecord | null }[],
  colours: ChartColours,
  words: StudyWords,
): Plot => {
  const lines = records.map(({ number, record }, index): PlotLine => {
    const epochSamples = (record && trainSamplesOf(record)) ?? 0
    return {
      name: `Trial ${number}`,
      number,
      colour: colourOfCompared(index, colours),
      width: 1.75,
      dash: dashes[index] ?? [],
      ...pathOf(
        (record?.measured?.intervals ?? []).map(({ epoch, sample, trainAccuracy }) => ({
          x: epoch * epochSamples + sample,
          y: trainAccuracy,
        })),
      ),
    }
  })
  return {
    x: {
      title: words.progress,
      scale: 'linear',
      min: 0,
      max: lines.reduce((most, { x }) => Math.max(most, x[x.length - 1] ?? 0), 1),
      label: formatCount,
    },
    y: { title: capitalised(words.learned), scale: 'linear', min: 0, max: 1, label: plainLabel },
    lines,
  }
}
