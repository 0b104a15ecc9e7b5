/** How long trials took, by what became of them. */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { boxStatistics } from '../charts/boxStatistics.ts'
import type { BoxStatistics } from '../charts/boxStatistics.ts'
import { drawBox, spread } from '../charts/drawBox.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot } from '../charts/plot.ts'
import { durationAxis } from '../charts/timeAxis.ts'
import { kindOf } from '../model/placement.ts'
import { durationOf } from '../model/trialText.ts'
import type { FigureData } from '../state/figure.ts'

const groups = [
  { name: 'Complete', states: ['complete'], kind: 'feasible' },
  { name: 'Stopped early', states: ['stopped'], kind: 'stopped' },
  { name: 'Failed', states: ['failed'], kind: 'failed' },
] as const

export interface DurationGroup {
  readonly name: string
  readonly kind: (typeof groups)[number]['kind']
  readonly trials: readonly TrialRow[]
  readonly box: BoxStatistics | null
}

/** Complete and stopped trials, and failed ones when there are any, with their durations in milliseconds. */
export const durationGroups = (trials: readonly TrialRow[]): DurationGroup[] =>
  groups
    .map(({ name, states, kind }) => {
      const chosen = trials.filter(
        (trial) => (states as readonly string[]).includes(trial.state) && durationOf(trial) !== null,
      )
      return { name, kind, trials: chosen, box: boxStatistics(chosen.map((trial) => durationOf(trial) ?? 0)) }
    })
    .filter(({ name, box }) => box !== null || name !== 'Failed')

const boxWidth = 0.36

export const durationsPlot = (found: readonly DurationGroup[], logarithmic: boolean): Plot => {
  const all = found.flatMap(({ trials }, place) => trials.map((trial) => ({ trial, place })))
  all.sort((a, b) => a.trial.number - b.trial.number)
  const marks = new MarkBuilder(all.length)
  let longest = 0
  let shortest = Infinity
  for (const { trial, place } of all) {
    const duration = durationOf(trial) ?? NaN
    const kind = kindOf(trial)
    if (kind === null) continue
    longest = Math.max(longest, duration)
    shortest = Math.min(shortest, duration)
    marks.add(trial.number, kind, place + 0.22 + spread(trial.number) * 0.28, duration)
  }
  const linear = durationAxis('Duration', longest * 1.05)
  const low = Math.max(1, Math.min(shortest, longest) * 0.8)
  return {
    x: {
      title: '',
      scale: 'linear',
      min: -0.5,
      max: found.length - 0.5,
      label: String,
      categories: found.map(({ name, trials }) => `${name} (${trials.length})`),
      zoomed: false,
    },
    y: logarithmic
      ? { title: linear.title, label: linear.label, scale: 'log', min: low, max: Math.max(longest * 1.2, low * 10) }
      : linear,
    marks: marks.build(),
    markOpacity: 0.6,
    under: (context, frame) => {
      for (const [place, { box, kind }] of found.entries()) {
        if (box === null) continue
        drawBox(context, frame, box, { x: place - 0.18, width: boxWidth, colour: frame.colours.series[kind] })
      }
    },
  }
}

export interface ComputeSaved {
  /** Time that trials took, all of them together. */
  readonly spentMs: number
  readonly savedMs: number
  /** Of what it would have taken without early stopping; null: nothing was done yet. */
  readonly share: number | null
}

/** What early stopping saved, as estimated trial by trial. */
export const computeSaved = (trials: readonly TrialRow[]): ComputeSaved => {
  let spentMs = 0
  let savedMs = 0
  for (const trial of trials) {
    spentMs += durationOf(trial) ?? 0
    savedMs += trial.timeSavedMs
  }
  return { spentMs, savedMs, share: spentMs + savedMs === 0 ? null : savedMs / (spentMs + savedMs) }
}

export const durationsData = (trials: readonly TrialRow[]): FigureData => ({
  columns: ['trial', 'state', 'durationMs', 'timeSavedMs'],
  rows: trials
    .filter((trial) => durationOf(trial) !== null)
    .map((trial) => [trial.number, trial.state, durationOf(trial), trial.timeSavedMs]),
})
