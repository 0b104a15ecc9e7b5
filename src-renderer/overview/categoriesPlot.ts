/** Accuracy by the value of one hyperparameter, feasible and infeasible trials apart. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { accuracyAxis } from '../charts/accuracyAxis.ts'
import { boxStatistics } from '../charts/boxStatistics.ts'
import type { BoxStatistics } from '../charts/boxStatistics.ts'
import { drawBox, spread } from '../charts/drawBox.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot } from '../charts/plot.ts'
import { kindOf } from '../model/placement.ts'
import type { FigureData } from '../state/figure.ts'

/** Hyperparameters whose values can be told apart as categories. */
export const categoryParameters = (space: SearchSpace): string[] =>
  Object.entries(space)
    .filter(([, { type }]) => type !== 'real')
    .sort(([, a], [, b]) => Number(b.type === 'categorical') - Number(a.type === 'categorical'))
    .map(([name]) => name)

export interface Category {
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

export interface CategoryGroup {
  readonly category: string
  readonly feasible: BoxStatistics | null
  /** Of trials that broke a constraint, stopped ones among them. */
  readonly infeasible: BoxStatistics | null
}

interface Placed {
  readonly trial: TrialRow
  readonly category: number
}

/** The measured trials with the place of their category. */
const placed = (trials: readonly TrialRow[], name: string, categories: readonly Category[]): Placed[] =>
  trials.flatMap((trial) => {
    const value = trial.configuration[name]
    if (trial.objective === null || value === undefined) return []
    const category = categories.findIndex(({ holds }) => holds(value))
    return category < 0 ? [] : [{ trial, category }]
  })

const isFeasible = (trial: TrialRow): boolean => kindOf(trial) === 'feasible'

export const categoryGroups = (
  trials: readonly TrialRow[],
  name: string,
  categories: readonly Category[],
): CategoryGroup[] => {
  const accuracies = categories.map(() => ({ feasible: [] as number[], infeasible: [] as number[] }))
  for (const { trial, category } of placed(trials, name, categories)) {
    accuracies[category]?.[isFeasible(trial) ? 'feasible' : 'infeasible'].push(trial.objective ?? NaN)
  }
  return categories.map(({ name: category }, place) => ({
    category,
    feasible: boxStatistics(accuracies[place]?.feasible ?? []),
    infeasible: boxStatistics(accuracies[place]?.infeasible ?? []),
  }))
}

export const categoriesPlot = (
  trials: readonly TrialRow[],
  name: string,
  categories: readonly Category[],
  groups: readonly CategoryGroup[],
): Plot => {
  const marks = new MarkBuilder(trials.length)
  for (const { trial, category } of placed(trials, name, categories)) {
    const kind = kindOf(trial)
    if (kind === null) continue
    const side = isFeasible(trial) ? -0.2 : 0.2
    marks.add(trial.number, kind, category + side + spread(trial.number) * 0.3, trial.objective ?? NaN)
  }
  return {
    x: {
      title: name,
      scale: 'linear',
      min: -0.5,
      max: Math.max(1, categories.length) - 0.5,
      label: String,
      categories: categories.map((category) => category.name),
      zoomed: false,
    },
    y: accuracyAxis(trials),
    marks: marks.build(),
    markOpacity: 0.4,
    over: (context, frame) => {
      for (const [place, { feasible, infeasible }] of groups.entries()) {
        const { series } = frame.colours
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
): FigureData => ({
  columns: ['trial', name, 'category', 'state', 'feasible', 'accuracy'],
  rows: placed(trials, name, categories).map(({ trial, category }) => [
    trial.number,
    trial.configuration[name] ?? null,
    categories[category]?.name ?? null,
    trial.state,
    String(isFeasible(trial)),
    trial.objective,
  ]),
})
