/** How long trials took, by what became of them. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { categoryAxis } from '../charts/axes.ts'
import { boxStatistics, type BoxStatistics } from '../charts/boxStatistics.ts'
import { drawBox, spread } from '../charts/drawBox.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot } from '../charts/plot.ts'
import { durationAxis, steadyEnd } from '../charts/timeAxis.ts'
import { kindPlace, TrialColumn } from '../charts/trialColumn.ts'
import { formatCount } from '../trials/format.ts'
import { pointKinds } from '../charts/pointKinds.ts'
import { durationOf } from '../trials/trialText.ts'
import type { FigureData } from '../state/figure.ts'

/** What is drawn of trials that have ended, kept from update to update; NaN of others. */
export class DurationColumns {
  readonly numbers = new TrialColumn(({ number }) => number)
  readonly kinds = new TrialColumn((trial) => (durationOf(trial) === null ? NaN : kindPlace(trial)))
  readonly durations = new TrialColumn((trial) => durationOf(trial) ?? NaN)
  readonly saved = new TrialColumn(({ timeSavedMs }) => timeSavedMs)
}

const groups = [
  { name: 'Complete', kinds: ['feasible', 'infeasible'], colour: 'feasible' },
  { name: 'Stopped early', kinds: ['stopped'], colour: 'stopped' },
  { name: 'Failed', kinds: ['failed'], colour: 'failed' },
] as const

interface DurationGroup {
  readonly name: string
  readonly colour: (typeof groups)[number]['colour']
  /** Places of its trials among all. */
  readonly places: readonly number[]
  readonly box: BoxStatistics | null
}

/** Complete and stopped trials, and failed ones when there are any, with their durations in milliseconds. */
export const durationGroups = (kinds: Float64Array, durations: Float64Array): DurationGroup[] =>
  groups
    .map(({ name, kinds: own, colour }) => {
      const holds = pointKinds.map((kind) => (own as readonly string[]).includes(kind))
      const places: number[] = []
      for (let at = 0; at < kinds.length; at++) if (holds[kinds[at] ?? NaN] === true) places.push(at)
      return { name, colour, places, box: boxStatistics(places.map((at) => durations[at] ?? NaN)) }
    })
    .filter(({ name, box }) => box !== null || name !== 'Failed')

const boxWidth = 0.36

export const durationsPlot = (
  { numbers, kinds, durations }: Readonly<Record<'numbers' | 'kinds' | 'durations', Float64Array>>,
  found: readonly DurationGroup[],
  logarithmic: boolean,
): Plot => {
  const all = found.flatMap(({ places }, group) => places.map((at) => ({ at, group })))
  all.sort((a, b) => a.at - b.at)
  const marks = new MarkBuilder(all.length)
  let longest = 0
  let shortest = Infinity
  for (const { at, group } of all) {
    const duration = durations[at] ?? NaN
    const number = numbers[at] ?? 0
    longest = Math.max(longest, duration)
    shortest = Math.min(shortest, duration)
    marks.addPlace(number, kinds[at] ?? 0, group + 0.22 + spread(number) * 0.28, duration)
  }
  const linear = durationAxis('Duration', steadyEnd(longest))
  const low = Math.max(1, Math.min(shortest, longest) * 0.8)
  return {
    x: categoryAxis(
      '',
      found.map(({ name, places }) => `${name} (${formatCount(places.length)})`),
    ),
    y: logarithmic
      ? { title: linear.title, label: linear.label, scale: 'log', min: low, max: Math.max(longest * 1.2, low * 10) }
      : linear,
    marks: marks.build(),
    markOpacity: 0.6,
    under: (context, frame) => {
      for (const [place, { box, colour }] of found.entries()) {
        if (box === null) continue
        drawBox(context, frame, box, { x: place - 0.18, width: boxWidth, colour: frame.colours.series[colour] })
      }
    },
  }
}

/** Of all trials together: the time that they took, or that was saved. */
export const timeOf = (durations: Float64Array): number =>
  durations.reduce((sum, duration) => (Number.isNaN(duration) ? sum : sum + duration), 0)

export const durationsData = (trials: readonly TrialRow[]): FigureData => ({
  columns: ['trial', 'state', 'durationMs', 'timeSavedMs'],
  rows: trials
    .filter((trial) => durationOf(trial) !== null)
    .map((trial) => [trial.number, trial.state, durationOf(trial), trial.timeSavedMs]),
})
