import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { ConstraintInfo, TrialRow } from '../../src-core/progress/readModel.ts'
import { capitalised, nonSpikingColumn, nonSpikingShare, type StudyWords } from '../../src-core/study/studyWords.ts'
import type { ChartColours } from '../charts/colours.ts'
import { percentLabel, plainLabel } from '../charts/labels.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Plot, PlotAxis, PlotLine } from '../charts/plot.ts'
import { epochSamplesOf } from '../trials/trialText.ts'
import { formatCount, formatLimit } from '../trials/format.ts'
import { kindOf, niceCeiling } from '../charts/pointKinds.ts'
import type { FigureData } from '../state/figure.ts'
import { smoothed } from './smoothed.ts'

export interface TrialCurve {
  readonly trial: TrialRow
  readonly curve: LearningCurve
}

/** Samples of an epoch: what the trial has told, else the most that its curve has seen, as an epoch ends with a look. */
const samplesOfEpoch = ({ trial, curve }: TrialCurve): number =>
  epochSamplesOf(trial) ?? curve.sample.reduce((most, sample) => Math.max(most, sample), 1)

/** What a curve shows: train accuracy, or the non-spiking share of one watched layer. */
export interface CurveMeasure {
  /** Null: train accuracy. */
  readonly constraint: ConstraintInfo | null
  /** Place of the constraint's layer among the watched ones. */
  readonly layer: number
  readonly words: StudyWords
  /** Looks that what is learned is a moving mean of; 1, or left out: as it was measured. Shares against a limit are never smoothed. */
  readonly smoothing?: number
}

/** Training samples shown up to each look, and the values there. */
export const pointsOf = (
  trialCurve: TrialCurve,
  { constraint, layer }: Pick<CurveMeasure, 'constraint' | 'layer'>,
): { x: Float64Array; y: Float64Array } => {
  const { epoch, sample, trainAccuracy, nonSpiking } = trialCurve.curve
  const samples = samplesOfEpoch(trialCurve)
  const counts = nonSpiking[layer]
  // Loops: `Float64Array.from` with a function takes several times as long, and this is done at every update.
  const x = new Float64Array(sample.length)
  const y = new Float64Array(sample.length)
  for (let at = 0; at < sample.length; at++) {
    x[at] = (epoch[at] ?? 0) * samples + (sample[at] ?? 0)
    y[at] = constraint === null ? (trainAccuracy[at] ?? NaN) : (counts?.[at] ?? NaN) / samples
  }
  return { x, y }
}

const smoothingOf = ({ constraint, smoothing = 1 }: CurveMeasure): number => (constraint === null ? smoothing : 1)

const yAxisOf = (lines: readonly PlotLine[], measure: CurveMeasure): PlotAxis => {
  const { constraint, words } = measure
  const smoothing = smoothingOf(measure)
  let high = 0
  let low = 1
  for (const { y } of lines) {
    for (const value of Array.from(y)) {
      if (value > high) high = value
      if (value < low) low = value
    }
  }
  if (constraint !== null) {
    const max = Math.min(1, niceCeiling(Math.max(high * 1.02, constraint.beta * 1.5, 0.01)))
    return {
      title: `${capitalised(nonSpikingShare)} (%)`,
      scale: 'linear',
      min: 0,
      max,
      label: percentLabel,
    }
  }
  const step = 0.1
  const min = low < high ? Math.floor(low / step) * step : 0
  const max = low < high ? Math.min(1, Math.ceil(high / step) * step) : 1
  const title = capitalised(words.learned) + (smoothing === 1 ? '' : `, mean of ${smoothing} looks`)
  return { title, scale: 'linear', min, max: Math.max(max, min + step), label: plainLabel }
}

export const curvesPlot = (curves: readonly TrialCurve[], measure: CurveMeasure, colours: ChartColours): Plot => {
  const smoothing = smoothingOf(measure)
  const marks = new MarkBuilder(curves.length)
  let longest = 0
  const lines = curves.flatMap((trialCurve): PlotLine[] => {
    const { trial } = trialCurve
    const kind = kindOf(trial)
    const { x, y: measured } = pointsOf(trialCurve, measure)
    const y = smoothing === 1 ? measured : smoothed(measured, smoothing)
    const end = x.length - 1
    if (kind === null || end < 0) return []
    longest = Math.max(longest, x[end] ?? 0)
    // Its mark stands where it ended.
    marks.add(trial.number, kind, x[end] ?? NaN, y[end] ?? NaN)
    const running = kind === 'running'
    const dash = kind === 'stopped' ? { dash: [5, 3] } : {}
    const opacity = running || curves.length <= 6 ? 1 : 0.55
    return [{ x, y, colour: colours.series[kind], width: running ? 2 : 1.25, opacity, number: trial.number, ...dash }]
  })
  const areMore = curves.some(({ curve }) => (curve.epoch.at(-1) ?? 0) > 0)
  const { constraint, words } = measure
  return {
    x: {
      title: areMore ? words.progressOfAll : words.progress,
      scale: 'linear',
      min: 0,
      max: Math.max(1, longest * 1.03),
      label: formatCount,
    },
    y: yAxisOf(lines, measure),
    lines,
    marks: marks.build(),
    guides:
      constraint === null
        ? []
        : [
            { kind: 'area', axis: 'y', from: 0, to: constraint.beta, fill: 'feasible' },
            { kind: 'line', axis: 'y', at: constraint.beta, text: `β = ${formatLimit(constraint.beta)}` },
          ],
  }
}

export const curvesData = (curves: readonly TrialCurve[], constraints: readonly ConstraintInfo[]): FigureData => ({
  columns: [
    'trial',
    'state',
    'epoch',
    'sample',
    'trainAccuracy',
    ...constraints.map(({ layer }) => nonSpikingColumn(layer)),
  ],
  rows: curves.flatMap(({ trial, curve }) =>
    Array.from(curve.sample, (sample, at) => {
      const accuracy = curve.trainAccuracy[at] ?? NaN
      return [
        trial.number,
        trial.state,
        curve.epoch[at] ?? null,
        sample,
        Number.isNaN(accuracy) ? null : accuracy,
        ...constraints.map((_, layer) => curve.nonSpiking[layer]?.[at] ?? null),
      ]
    }),
  ),
})
