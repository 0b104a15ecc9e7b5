/** A replay as plots: how far each trial is trained, against its objective, and the rule with other betas. */
import { shareSaved } from '../../src-core/stopping/timeSaved.ts'
import type { StopReplay } from '../../src-core/contracts/stopReplay.ts'
import { isMinimised, metricName, metricTitle } from '../../src-core/progress/objectiveText.ts'
import type { ReplayTotals } from '../../src-core/stopping/replayStudy.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import { linearAxis } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import { MarkBuilder } from '../charts/marks.ts'
import { faintOpacity, type Paint, type Plot, type PlotAxis, type PlotFrame } from '../charts/plot.ts'

/** Share of the training of all trials to their end that a rule saves. */
export const savedShare = (timeMs: number, wholeMs: number): number => shareSaved(timeMs, Math.max(0, wholeMs - timeMs))

/**
 * What is lost of the best objective, at most: unknown trials might make up for it. Null where there was none, or where no
 * network of a study of costs is left: without one there is no cost, while an accuracy counts as 0.
 */
export const lostObjective = (
  before: ReplayTotals,
  after: ReplayTotals,
  metric: ShownMetric = 'accuracy',
): number | null => {
  if (before.best === null || (after.best === null && isMinimised(metric))) return null
  return Math.max(0, before.best.objective - (after.best?.objective ?? 0))
}

/** What a loss is called: of an accuracy it is lost, of a cost it is added. */
export const lostTitle = (metric: ShownMetric): string =>
  isMinimised(metric) ? `More ${metricName(metric)}` : `${metricTitle(metric)} lost`

export type Replayed = Extract<StopReplay, { kind: 'replay' }>

export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`

/** Where each trial is: before and with the rule, as shares of its planned training. */
export const replayPoints = ({ replay, trained }: Replayed) =>
  replay.trials
    .flatMap(({ trial, kind, samples }, index) => {
      const own = trained[index]
      const objective = own?.objective ?? NaN
      return own === undefined || !Number.isFinite(objective) || own.planned === 0
        ? []
        : [{ trial, kind, objective, before: own.samples / own.planned, after: samples / own.planned }]
    })
    .sort((a, b) => a.trial - b.trial)
export type ReplayPoint = ReturnType<typeof replayPoints>[number]

const markOf = { complete: 'feasible', stopped: 'stopped', unknown: 'infeasible' } as const

/** Each trial with its share of training: a mark with the rule, a line from where it ended in the study. */
export const trainedPlot = (points: readonly ReplayPoint[], objective: PlotAxis): Plot => {
  const marks = new MarkBuilder(points.length)
  for (const { trial, kind, objective: x, after } of points) marks.add(trial, markOf[kind], x, after)
  return {
    x: objective,
    // With room above the share 1, where trials lie that are trained to their end.
    y: linearAxis('Of its training', 0, 1.06, percent),
    marks: marks.build(),
    markSize: 0.8,
    // They say what the rule would do, not what became of the trial.
    kinds: [],
    under: (context, frame, { brush }) => {
      context.lineWidth = 1
      for (const faint of [true, false]) {
        const own = points.filter(({ trial }) => (brush !== null && !brush.has(trial)) === faint)
        context.globalAlpha = faint ? faintOpacity : 1
        context.strokeStyle = frame.colours.series.stopped
        paintUprights(context, frame, own, ({ before }) => before)
        context.strokeStyle = frame.colours.mutedText
        context.setLineDash([2, 3])
        const unknown = own.filter(({ kind }) => kind === 'unknown')
        paintUprights(context, frame, unknown, () => 1)
        context.setLineDash([])
      }
      context.globalAlpha = 1
    },
  }
}

const paintUprights = (
  context: CanvasRenderingContext2D,
  { x, y }: PlotFrame,
  points: readonly ReplayPoint[],
  endOf: (point: ReplayPoint) => number,
): void => {
  context.beginPath()
  for (const point of points) {
    const at = x(point.objective)
    context.moveTo(at, y(point.after))
    context.lineTo(at, y(endOf(point)))
  }
  context.stroke()
}

/** What the other curve of a sweep ends at: the most that is lost, where something is still trained to its end. */
export const lostEnd = ({ replay, sweep }: Replayed, metric: ShownMetric): number => {
  const least = isMinimised(metric) ? 0.02 * Math.abs(replay.before.best?.objective ?? 1) || 1 : 0.02
  const lost = sweep.map((point) => (point.best === null ? 0 : (lostObjective(replay.before, point, metric) ?? 0)))
  return Math.max(least, ...lost)
}

/** Numbers right of the axes for what is lost, beside those for what is saved. */
export const lostNumbers =
  (end: number, metric: ShownMetric): Paint =>
  (context, { area, colours }) => {
    const { right, top, bottom } = area
    context.font = `11px ${colours.font}`
    context.textBaseline = 'middle'
    context.textAlign = 'left'
    context.fillStyle = colours.threshold
    for (const share of [0, 0.5, 1]) {
      context.fillText(String(Number((share * end).toPrecision(2))), right + 5, bottom - share * (bottom - top))
    }
    if (bottom - top <= 70) return
    context.save()
    context.translate(right + sweepRoom - 9, (top + bottom) / 2)
    context.rotate(Math.PI / 2)
    context.textAlign = 'center'
    context.fillText(lostTitle(metric), 0, 0)
    context.restore()
  }
const sweepRoom = 58

/**
 * Time saved and objective lost against one beta for all layers; a band where trials would have gone on.
 * @param end of `lostEnd`
 * @param ground of `lostNumbers`: kept as a picture while it is the same
 */
export const sweepPlot = (
  { replay, sweep }: Replayed,
  { beta, metric, end, ground }: { beta: number | null; metric: ShownMetric; end: number; ground: Paint },
  colours: ChartColours,
): Plot => {
  // Where there is no network left, all is lost.
  const noneLeft = replay.before.best === null ? 0 : 2
  const betas = sweep.map((point) => point.beta)
  const saved = sweep.map(({ timeMs }) => savedShare(timeMs, replay.wholeMs))
  const savedAtLeast = sweep.map(({ timeAtMostMs }) => savedShare(timeAtMostMs, replay.wholeMs))
  const lost = sweep.map((point) => (lostObjective(replay.before, point, metric) ?? noneLeft * end) / end)
  return {
    // Betas are denser near zero, where rules are.
    x: {
      ...linearAxis('β', 0, 1, percent),
      scale: { unit: Math.sqrt, value: (unit) => unit ** 2 },
      ticks: () => [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 1],
    },
    y: { ...linearAxis('Share of training saved', 0, 1, percent), zoomed: false },
    room: { right: sweepRoom },
    ground,
    under: (context, { x, y }) => {
      context.beginPath()
      for (const [at, share] of saved.entries()) context.lineTo(x(betas[at] ?? 0), y(share))
      for (let at = betas.length - 1; at >= 0; at--) context.lineTo(x(betas[at] ?? 0), y(savedAtLeast[at] ?? 0))
      context.globalAlpha = 0.18
      context.fillStyle = colours.series.feasible
      context.fill()
      context.globalAlpha = 1
    },
    lines: [
      { x: betas, y: savedAtLeast, colour: colours.series.feasible, width: 2, name: 'training saved' },
      { x: betas, y: lost, colour: colours.threshold, width: 2, dash: [6, 3], name: lostTitle(metric).toLowerCase() },
      ...(beta === null ? [] : [{ x: [beta, beta], y: [0, 1], colour: colours.text, width: 1.25 }]),
    ],
  }
}
