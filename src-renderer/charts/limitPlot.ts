/** The scatter of the objective against a metric that has a limit. x: what was measured, from 0; y: the objective as it is stored. */
import { highestOf, limitSign } from '../../src-core/progress/objectiveText.ts'
import { type MetricLimit, shownLimit, type TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracyOf, niceCeiling } from './pointKinds.ts'
import { axisTitle } from './accuracyAxis.ts'
import { placeAlong, type Placement } from './constraintPlot.ts'
import type { TrialsByEnd } from '../trials/studyView.ts'
import { keepLast } from './keepLast.ts'
import { costLabel } from './labels.ts'
import type { Plot, PlotAxis } from './plot.ts'
import { errorOf, kindPlace, objectiveErrors, TrialColumn } from './trialColumn.ts'

/** What is placed of trials in the scatter of one limit, kept from update to update. */
export class LimitColumns {
  readonly numbers = new TrialColumn(({ number }) => number, true)
  readonly kinds = new TrialColumn(kindPlace, true)
  readonly accuracies = new TrialColumn(accuracyOf, true)
  readonly errors = objectiveErrors()
  /** NaN: not measured; of a failed trial on the side of the limit that is not allowed, which of a lowest value is the left. */
  readonly costs: TrialColumn
  /** A constraint is in units of its limit. */
  readonly costErrors: TrialColumn
  readonly #place: (trials: readonly TrialRow[], floor: number) => Placement

  constructor(metricLimit: MetricLimit) {
    const { name, metric, side, limit } = metricLimit
    this.#place = keepLast((trials, floor) => placeByCost(trials, metricLimit, floor, this))
    const unknown = side === 'atLeast' ? 0 : NaN
    this.costErrors = new TrialColumn((trial) => errorOf(trial, name) * limit, true)
    this.costs = new TrialColumn(({ metrics, state }) => metrics[metric] ?? (state === 'failed' ? unknown : NaN), true)
  }

  /** Placed anew only when they have changed. */
  place({ ended }: Pick<TrialsByEnd, 'ended'>, floor: number): Placement {
    return this.#place(ended, floor)
  }
}

/**
 * Places every trial that has begun: a failed one on the floor where it breaks the limit; what a running one costs is not known.
 * @param floor lowest objective of the chart; what lies below is drawn on it
 */
export const placeByCost = (
  trials: readonly TrialRow[],
  limit: MetricLimit,
  floor: number,
  columns = new LimitColumns(limit),
): Placement => {
  const most = (largest: number): number =>
    Math.min(highestOf(limit.metric), niceCeiling(Math.max(largest * 1.05, limit.limit * 1.25)))
  return placeAlong(trials, columns, {
    along: columns.costs.of(trials),
    errors: columns.costErrors.of(trials),
    most,
    floor,
  })
}

const feasibleRange = ({ side, limit }: MetricLimit) =>
  side === 'atMost' ? { from: -Infinity, to: limit } : { from: limit, to: Infinity }

/** The scatter with the line of the limit and the feasible side of it. */
export const limitPlot = ({ marks, xMax }: Placement, limit: MetricLimit, y: PlotAxis): Plot => ({
  x: { title: axisTitle(shownLimit(limit)), scale: 'linear', min: 0, max: xMax, label: costLabel },
  y,
  marks,
  guides: [
    { kind: 'area', axis: 'x', ...feasibleRange(limit), fill: 'feasible' },
    { kind: 'line', axis: 'x', at: limit.limit, text: limitSign(limit) },
  ],
})
