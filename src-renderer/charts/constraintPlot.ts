/**
 * The scatter of accuracy against one named constraint. x: the non-spiking share (the constraint's value
 * plus beta), y: accuracy; both in [0, 1].
 */
import { measuredOrNull } from '../../src-core/progress/objectiveText.ts'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { shareSoFar } from '../../src-core/progress/soFar.ts'
import { capitalised, nonSpikingShare, nonSpikingShareColumn } from '../../src-core/study/studyWords.ts'
import { formatLimit } from '../trials/format.ts'
import { shareOfConstraint } from '../trials/trialText.ts'
import { accuracyOf, niceCeiling } from './pointKinds.ts'
import type { StudyView, TrialsByEnd } from '../trials/studyView.ts'
import { errorColumns } from '../trials/errorColumns.ts'
import type { FigureData } from '../state/figure.ts'
import { keepLast } from './keepLast.ts'
import { percentLabel, plainLabel } from './labels.ts'
import { soFarNote } from './plotNote.ts'
import { failedKind, isLive, MarkBuilder, type Marks } from './marks.ts'
import type { Plot, PlotAxis } from './plot.ts'
import { errorOf, kindPlace, objectiveErrors, TrialColumn } from './trialColumn.ts'

export interface Placement {
  readonly marks: Marks
  /** Of running trials, where they are placed apart. */
  readonly live?: Marks
  /** Right end of the x axis when nothing is zoomed. */
  readonly xMax: number
}

/** The share that a measured trial reports, or the one that a running or failed trial had reached; NaN: none yet. */
const shareOf = (trial: TrialRow, { name, beta }: ConstraintInfo, layer: number) => {
  // In the order of the study's constraints as a rule, so that no search is needed.
  const inPlace = trial.constraints[layer]
  const measured = inPlace?.name === name ? inPlace : trial.constraints.find((constraint) => constraint.name === name)
  if (measured !== undefined) return measured.value + beta
  return shareSoFar(trial, layer) ?? NaN
}

/** What is placed of trials in the scatter of one constraint, kept from update to update. */
export class ScatterColumns {
  readonly numbers = new TrialColumn(({ number }) => number, true)
  readonly kinds = new TrialColumn(kindPlace, true)
  readonly accuracies = new TrialColumn(accuracyOf, true)
  readonly errors = objectiveErrors()
  readonly shares: TrialColumn
  readonly shareErrors: TrialColumn

  readonly #place: (trials: readonly TrialRow[], floor: number, least: number) => Placement
  readonly #placeLive: (trials: readonly TrialRow[], floor: number) => Placement

  /** @param constraints of the study, in the definition's order, which is the order of counts in interval reports */
  constructor(constraint: ConstraintInfo, constraints: readonly ConstraintInfo[]) {
    const layer = constraints.findIndex(({ name }) => name === constraint.name)
    const place = (trials: readonly TrialRow[], placing: Placing): Placement =>
      placeTrials(trials, constraint, constraints, placing)
    this.#place = keepLast((trials, floor, least) => place(trials, { floor, least, columns: this }))
    this.#placeLive = (trials, floor) => place(trials, { floor })
    this.shares = new TrialColumn((trial) => shareOf(trial, constraint, layer), true)
    this.shareErrors = new TrialColumn((trial) => errorOf(trial, constraint.name), true)
  }

  /** Ended trials are placed anew only when they have changed. */
  place({ ended, live }: TrialsByEnd, floor: number): Placement {
    const underWay = this.#placeLive(live, floor)
    return { ...this.#place(ended, floor, underWay.xMax), live: underWay.marks }
  }
}

interface Placing {
  /** Lowest accuracy of the chart; what lies below is drawn on it. */
  readonly floor?: number | undefined
  /** The right end of the axis, at least. */
  readonly least?: number
  /** Of earlier updates of the same chart. */
  readonly columns?: ScatterColumns | undefined
}

/**
 * Places every trial that has begun, running ones from their first measurement on. A failed trial counts as accuracy 0 and a large constraint value: it lies on the
 * floor, at the share it had reached, or else at the right end.
 *
 * @param constraints of the study, in the definition's order, which is the order of counts in interval reports
 */
export const placeTrials = (
  trials: readonly TrialRow[],
  constraint: ConstraintInfo,
  constraints: readonly ConstraintInfo[],
  { floor = 0, least = 0, columns = new ScatterColumns(constraint, constraints) }: Placing = {},
): Placement => {
  const shares = columns.shares.of(trials)
  const most = (largest: number): number =>
    Math.max(least, Math.min(1, niceCeiling(Math.max(largest * 1.05, constraint.beta * 2, 0.01))))
  return placeAlong(trials, columns, { along: shares, errors: columns.shareErrors.of(trials), most, floor })
}

/** The columns of a scatter that do not depend on its constraint. */
type PlacedColumns = Pick<ScatterColumns, 'numbers' | 'kinds' | 'accuracies' | 'errors'>

interface Along {
  /** By trial; NaN: not known. */
  readonly along: Float64Array
  /** Standard errors of that. */
  readonly errors: Float64Array
  /** Right end of the axis for the largest of them. */
  readonly most: (largest: number) => number
  readonly floor: number
}

/** Places trials along what was measured of them; running ones once something is, and never on an axis of a cost. */
export const placeAlong = (
  trials: readonly TrialRow[],
  columns: PlacedColumns,
  { along, errors, most, floor }: Along,
): Placement => {
  const numbers = columns.numbers.of(trials)
  const kinds = columns.kinds.of(trials)
  const accuracies = columns.accuracies.of(trials)
  const objectiveErrors = columns.errors.of(trials)
  const count = trials.length
  let largest = 0
  for (let at = 0; at < count; at++) largest = Math.max(largest, along[at] || 0)
  const xMax = most(largest)
  const marks = new MarkBuilder(count)
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? -1
    if (kind < 0) continue
    const measured = along[at] ?? NaN
    if (isLive(kind) && (Number.isNaN(measured) || Number.isNaN(accuracies[at] ?? NaN) || floor < 0)) continue
    // Without a value, which an imported log may lack, a trial has no place here: at 0 it would be the most feasible of all.
    if (Number.isNaN(measured) && kind !== failedKind) continue
    const x = Number.isNaN(measured) ? xMax : measured
    // Without a value, which counts as 0, a cost would be the best of all.
    const objective = accuracies[at] ?? 0
    marks.addPlace(numbers[at] ?? 0, kind, x, floor < 0 && objective >= 0 ? floor : Math.max(floor, objective))
    marks.addErrors(errors[at] ?? NaN, objectiveErrors[at] ?? NaN)
  }
  return { marks: marks.build(), xMax }
}

const wholeAccuracy: PlotAxis = { title: 'Accuracy', scale: 'linear', min: 0, max: 1, label: plainLabel }

/** The scatter of one layer, whose name stands above it, with its threshold line and the feasible side of it. */
export const constraintPlot = (
  { marks, live, xMax }: Placement,
  { beta }: ConstraintInfo,
  { y = wholeAccuracy }: { readonly y?: PlotAxis | undefined } = {},
): Plot => ({
  x: {
    title: `${capitalised(nonSpikingShare)} (%)`,
    scale: 'linear',
    min: 0,
    max: xMax,
    label: percentLabel,
  },
  y,
  marks,
  ...(live && { live }),
  note: soFarNote(live ?? marks),
  guides: [
    { kind: 'area', axis: 'x', from: -Infinity, to: beta, fill: 'feasible' },
    { kind: 'line', axis: 'x', at: beta, text: `β = ${formatLimit(beta)}` },
  ],
})

/** The numbers behind the scatters: a row for each trial that has begun. */
export const scatterData = (
  trials: readonly TrialRow[],
  { constraints, limits, objective }: Pick<StudyView, 'constraints' | 'limits' | 'objective'>,
): FigureData => {
  const costs = limits.map(({ metric }) => metric).filter((metric) => metric !== objective)
  const shares = constraints.map(({ layer }) => nonSpikingShareColumn(layer))
  const errors = errorColumns(trials)
  return {
    columns: ['trial', 'state', objective, ...errors.columns, ...shares, ...costs, 'violation'],
    rows: trials
      .filter(({ state }) => state !== 'waiting')
      .map((trial) => [
        trial.number,
        trial.state,
        measuredOrNull(objective, trial.objective),
        ...errors.valuesOf(trial),
        ...constraints.map((constraint) => shareOfConstraint(trial, constraint)),
        ...costs.map((metric) => trial.metrics[metric] ?? null),
        trial.violation,
      ]),
  }
}
