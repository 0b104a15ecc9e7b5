/** Accuracy by the value of one hyperparameter, feasible and infeasible trials apart. */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { accuracyAxis, measuredAccuracy } from '../charts/accuracyAxis.ts'
import { categoryAxis } from '../charts/axes.ts'
import { boxStatistics, type BoxStatistics } from '../charts/boxStatistics.ts'
import { drawBox, spread } from '../charts/drawBox.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot } from '../charts/plot.ts'
import { kindPlace, TrialColumn } from '../charts/trialColumn.ts'
import { kindOf, pointKinds } from '../charts/pointKinds.ts'
import type { FigureData } from '../state/figure.ts'

/** Hyperparameters whose values can be told apart as categories. */
export const categoryParameters = (space: SearchSpace): string[] =>
  Object.entries(space)
    .filter(([, { type }]) => type !== 'real')
    .sort(([, a], [, b]) => Number(b.type === 'categorical') - Number(a.type === 'categorical'))
    .map(([name]) => name)

interface Category {
  readonly name: string
  readonly holds: (value: number | string) => boolean
}

/** More values than that of an integer are put together in ranges. */
const mostSingleValues = 10
const ranges = 8

/** The categories of a hyperparameter: its choices, its values, or ranges of as many values each. */
export const categoriesOf = (space: SearchSpace, name: string): Category[] => {
  const parameter = space[name]
  if (parameter === undefined || parameter.type === 'real') return []
  if (parameter.type === 'categorical') {
    return parameter.choices.map((choice) => ({ name: choice, holds: (value) => value === choice }))
  }
  const { low, high } = parameter
  const values = high - low + 1
  const count = values <= mostSingleValues ? values : ranges
  return Array.from({ length: count }, (_, place) => {
    const from = low + Math.ceil((place * values) / count)
    const to = low + Math.ceil(((place + 1) * values) / count) - 1
    return {
      name: from === to ? String(from) : `${from}–${to}`,
      holds: (value) => typeof value === 'number' && value >= from && value <= to,
    }
  })
}

interface CategoryGroup {
  readonly category: string
  readonly feasible: BoxStatistics | null
  /** Of trials that broke a constraint, stopped ones among them. */
  readonly infeasible: BoxStatistics | null
}

/** Place of a trial's category; -1: it has none. */
const categoryOf = (trial: TrialRow, name: string, categories: readonly Category[]): number => {
  const value = trial.configuration[name]
  return value === undefined ? -1 : categories.findIndex(({ holds }) => holds(value))
}

/** What is drawn of measured trials, kept from update to update; made anew for another hyperparameter. */
export class CategoryColumns {
  readonly numbers = new TrialColumn(({ number }) => number)
  /** NaN of trials that were not measured. */
  readonly measured = new TrialColumn(measuredAccuracy)
  readonly kinds = new TrialColumn((trial) => (trial.objective === null ? NaN : kindPlace(trial)))
  readonly places: TrialColumn

  constructor(name: string, categories: readonly Category[]) {
    this.places = new TrialColumn((trial) => categoryOf(trial, name, categories))
  }
}

/** The columns of measured trials, place by place the same trial. */
interface CategoryValues {
  readonly numbers: Float64Array
  readonly measured: Float64Array
  readonly kinds: Float64Array
  readonly places: Float64Array
}

const feasibleKind = pointKinds.indexOf('feasible')

export const categoryGroups = (
  { measured, kinds, places }: CategoryValues,
  categories: readonly Category[],
): CategoryGroup[] => {
  const accuracies = categories.map(() => ({ feasible: [] as number[], infeasible: [] as number[] }))
  for (let at = 0; at < measured.length; at++) {
    const accuracy = measured[at] ?? NaN
    if (Number.isNaN(accuracy)) continue
    accuracies[places[at] ?? -1]?.[kinds[at] === feasibleKind ? 'feasible' : 'infeasible'].push(accuracy)
  }
  return categories.map(({ name: category }, place) => ({
    category,
    feasible: boxStatistics(accuracies[place]?.feasible ?? []),
    infeasible: boxStatistics(accuracies[place]?.infeasible ?? []),
  }))
}

export const categoriesPlot = (
  name: string,
  groups: readonly CategoryGroup[],
  { numbers, measured, kinds, places }: CategoryValues,
  objective: ShownMetric,
): Plot => {
  const marks = new MarkBuilder(measured.length)
  for (let at = 0; at < measured.length; at++) {
    const accuracy = measured[at] ?? NaN
    const place = places[at] ?? -1
    const number = numbers[at] ?? 0
    const kind = kinds[at] ?? NaN
    if (Number.isNaN(accuracy) || Number.isNaN(kind) || place < 0) continue
    marks.addPlace(number, kind, place + (kind === feasibleKind ? -0.2 : 0.2) + spread(number) * 0.3, accuracy)
  }
  return {
    x: categoryAxis(
      name,
      groups.map(({ category }) => category),
    ),
    y: accuracyAxis(measured, objective),
    marks: marks.build(),
    markOpacity: 0.4,
    over: (context, frame) => {
      const { series } = frame.colours
      for (const [place, { feasible, infeasible }] of groups.entries()) {
        if (feasible !== null)
          drawBox(context, frame, feasible, { x: place - 0.2, width: 0.36, colour: series.feasible })
        if (infeasible !== null) {
          drawBox(context, frame, infeasible, { x: place + 0.2, width: 0.36, colour: series.stopped })
        }
      }
    },
  }
}

export const categoriesData = (
  trials: readonly TrialRow[],
  name: string,
  categories: readonly Category[],
  metric: ShownMetric,
): FigureData => ({
  columns: ['trial', name, 'category', 'state', 'feasible', metric],
  rows: trials
    .filter((trial) => trial.objective !== null && categoryOf(trial, name, categories) >= 0)
    .map((trial) => [
      trial.number,
      trial.configuration[name] ?? null,
      categories[categoryOf(trial, name, categories)]?.name ?? null,
      trial.state,
      String(kindOf(trial) === 'feasible'),
      measuredOrNull(metric, trial.objective),
    ]),
})
