/** The scatter of the objective against a cost that has a limit. x: what was measured, from 0; y: the objective as it is stored. */
import { formatCostLimit } from '../../src-core/progress/objectiveText.ts'
import type { MetricLimit, TrialRow } from '../../src-core/progress/readModel.ts'
import { accuracyOf, niceCeiling } from '../model/placement.ts'
import { costTitles } from './accuracyAxis.ts'
import { placeAlong } from './constraintPlot.ts'
import type { Placement } from './constraintPlot.ts'
import { costLabel } from './labels.ts'
import type { Plot, PlotAxis } from './plot.ts'
import { kindPlace, TrialColumn } from './trialColumn.ts'

/** What is placed of trials in the scatter of one limit, kept from update to update. */
export class LimitColumns {
  readonly numbers = new TrialColumn(({ number }) => number, true)
  readonly kinds = new TrialColumn(kindPlace, true)
  readonly accuracies = new TrialColumn(accuracyOf, true)
  /** NaN: not measured yet. */
  readonly costs: TrialColumn

  constructor({ metric }: MetricLimit) {
    this.costs = new TrialColumn(({ metrics }) => metrics[metric] ?? NaN, true)
  }
}

/**
 * Places every trial that has begun: a failed one on the floor at the right end, a running one on the left.
 * @param floor lowest objective of the chart; what lies below is drawn on it
 */
export const placeByCost = (
  trials: readonly TrialRow[],
  limit: MetricLimit,
  floor: number,
  columns = new LimitColumns(limit),
): Placement => {
  const most = (largest: number): number => niceCeiling(Math.max(largest * 1.05, limit.atMost * 1.25))
  return placeAlong(trials, columns.costs.of(trials), most, floor, columns)
}

/** The scatter with the line of the limit and the feasible side of it. */
export const limitPlot = ({ marks, xMax }: Placement, { metric, atMost }: MetricLimit, y: PlotAxis): Plot => ({
  x: { title: costTitles[metric], scale: 'linear', min: 0, max: xMax, label: costLabel },
  y,
  marks,
  guides: [
    { kind: 'area', axis: 'x', from: -Infinity, to: atMost, fill: 'feasible' },
    { kind: 'line', axis: 'x', at: atMost, text: `≤ ${formatCostLimit(atMost)}` },
  ],
})
