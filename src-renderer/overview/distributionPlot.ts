/** Empirical distribution functions of accuracy: the share of trials at or below each accuracy. */
import { isMinimised, measuredObjective } from '../../src-core/progress/objectiveText.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { accuracyAxis } from '../charts/accuracyAxis.ts'
import type { ChartColours } from '../charts/colours.ts'
import { percentLabel } from '../charts/labels.ts'
import type { Plot, PlotLine } from '../charts/plot.ts'
import { TrialColumn } from '../charts/trialColumn.ts'
import { kindOf } from '../charts/pointKinds.ts'
import type { FigureData } from '../state/figure.ts'

type DistributionSplit = 'feasibility' | 'phase'

interface Distribution {
  readonly name: string
  /** Rising. */
  readonly accuracies: Float64Array
}

/** What is known of a trial besides its accuracy, in bits. */
const feasibleBit = 1
const initialBit = 2
const searchedBit = 4

/** Trials that people asked for, copies, and those of optimisers without an initial design are of neither phase. */
const phaseBit = ({ initialDesign }: TrialRow): number =>
  initialDesign === null ? 0 : initialDesign ? initialBit : searchedBit

/** What the distributions are made from, kept from update to update. */
export class DistributionColumns {
  readonly measured = new TrialColumn(({ objective }) => objective ?? NaN)
  readonly flags = new TrialColumn((trial) => (kindOf(trial) === 'feasible' ? feasibleBit : 0) + phaseBit(trial))
}

/** Parts overlap where one set holds another: all trials that were measured, and the feasible ones among them. */
const splits: Record<DistributionSplit, readonly { name: string; holds: (flags: number) => boolean }[]> = {
  feasibility: [
    { name: 'all', holds: () => true },
    { name: 'feasible', holds: (flags) => (flags & feasibleBit) > 0 },
  ],
  phase: [
    { name: 'initial design', holds: (flags) => (flags & initialBit) > 0 },
    { name: 'optimiser', holds: (flags) => (flags & searchedBit) > 0 },
  ],
}

/** Whether some trial is of a phase, so that phases can be told apart. */
export const hasPhases = (flags: Float64Array): boolean => flags.some((flag) => (flag & (initialBit | searchedBit)) > 0)

/** The measured accuracies of each part of the trials, sorted. */
export const distributionsOf = (
  measured: Float64Array,
  flags: Float64Array,
  split: DistributionSplit,
): Distribution[] =>
  splits[split].map(({ name, holds }) => ({
    name,
    accuracies: measured.filter((accuracy, at) => !Number.isNaN(accuracy) && holds(flags[at] ?? 0)).sort(),
  }))

/** Share of `accuracies` (rising) at or below a value; NaN: there are none. */
export const shareUpTo = ({ accuracies }: Distribution, accuracy: number): number => {
  let low = 0
  let high = accuracies.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((accuracies[middle] ?? 0) <= accuracy) low = middle + 1
    else high = middle
  }
  return low / accuracies.length
}

const lineOf = ({ name, accuracies }: Distribution, place: number, colours: ChartColours): PlotLine => {
  const count = accuracies.length
  const x = new Float64Array(count + 2)
  const y = new Float64Array(count + 2)
  // Beyond every end of the axis: accuracies are in [0, 1], costs are stored as their negatives.
  x[0] = Math.min(0, accuracies[0] ?? 0) * 2 - 1
  x.set(accuracies, 1)
  for (let at = 0; at < count; at++) y[at + 1] = (at + 1) / count
  x[count + 1] = 2
  y[count + 1] = 1
  const dash = place === 0 ? {} : { dash: [6, 3] }
  return { x, y, colour: distributionColour(place, colours), width: 2, step: true, name, ...dash }
}

const distributionColour = (place: number, colours: ChartColours): string => colours.categories[place] ?? colours.text

export const distributionPlot = (
  measured: Float64Array,
  distributions: readonly Distribution[],
  colours: ChartColours,
  objective: ShownMetric = 'accuracy',
): Plot => ({
  x: accuracyAxis(measured, objective),
  y: { title: 'Trials (%)', scale: 'linear', min: 0, max: 1, label: percentLabel },
  lines: distributions.flatMap((distribution, place) =>
    distribution.accuracies.length === 0 ? [] : [lineOf(distribution, place, colours)],
  ),
})

export const distributionData = (distributions: readonly Distribution[], metric: ShownMetric): FigureData => ({
  columns: ['trials', metric, isMinimised(metric) ? 'shareAtOrAbove' : 'shareAtOrBelow'],
  rows: distributions.flatMap(({ name, accuracies }) =>
    [...accuracies].map((accuracy, at) => [name, measuredObjective(metric, accuracy), (at + 1) / accuracies.length]),
  ),
})
