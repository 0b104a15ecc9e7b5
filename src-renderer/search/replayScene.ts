/** The pictures of a replay: how far each trial is trained, against its accuracy, and the rule with other betas. */
import type { StopReplay } from '../../src-core/contracts/stopReplay.ts'
import { isMinimised } from '../../src-core/progress/objectiveMetric.ts'
import type { ObjectiveMetric } from '../../src-core/study/metricSchema.ts'
import type { FigureSize } from '../state/figure.ts'
import { drawMarker, drawRing } from './markers.ts'
import { linearAxis, placeOn } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { clipped, drawFrame, line, pixelX, pixelY, plotArea } from './plotFrame.ts'
import type { FrameSettings } from './plotFrame.ts'
import { lostObjective, lostTitle, savedShare } from './replayNumbers.ts'

export type Replayed = Extract<StopReplay, { kind: 'replay' }>

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`

/** Room above the share 1, where trials lie that are trained to their end. */
const headroom = 1.06

const trainedFrame = (accuracy: PlotAxis): FrameSettings => ({
  x: accuracy,
  y: linearAxis('Of its training', 0, headroom, percent),
})

/** Where each trial is: before and with the rule, as shares of its planned training. */
export const replayPoints = ({ replay, trained }: Replayed, accuracy: PlotAxis) =>
  replay.trials.flatMap(({ trial, kind, samples }, index) => {
    const own = trained[index]
    const x = placeOn(accuracy, own?.objective)
    return own === undefined || Number.isNaN(x) || own.planned === 0
      ? []
      : [{ trial, kind, x, before: own.samples / own.planned, after: samples / own.planned }]
  })
export type ReplayPoint = ReturnType<typeof replayPoints>[number]

/** Each trial with its share of training: a mark with the rule, a line from where it ended in the study. */
export const drawTrained = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  points: readonly ReplayPoint[],
  accuracy: PlotAxis,
  colours: ChartColours,
  { selected, hovered, brush }: { selected: number | null; hovered: number | null; brush: ReadonlySet<number> | null },
): void => {
  const area = drawFrame(context, size, trainedFrame(accuracy), colours)
  clipped(
    context,
    area,
    () => {
      for (const { trial, kind, x, before, after } of points) {
        context.globalAlpha = brush === null || brush.has(trial) ? 1 : 0.15
        const px = pixelX(area, x)
        const [from, to] = [pixelY(area, before / headroom), pixelY(area, after / headroom)]
        if (Math.abs(from - to) > 1) line(context, px, from, px, to, colours.series.stopped, 1)
        if (kind === 'unknown') {
          context.setLineDash([2, 3])
          line(context, px, to, px, pixelY(area, 1 / headroom), colours.mutedText, 1)
          context.setLineDash([])
        }
        const mark = kind === 'complete' ? 'feasible' : kind === 'stopped' ? 'stopped' : 'infeasible'
        const colour = kind === 'unknown' ? colours.mutedText : colours.series[mark]
        drawMarker(context, mark, px, to, 3.5, colour, colours.surface)
        context.globalAlpha = 1
        if (trial === selected || trial === hovered) drawRing(context, px, to, 8, 2.5, colours.accent)
      }
    },
    6,
  )
}

/** The trial whose mark is under a position. */
export const pointUnder = (
  size: FigureSize,
  points: readonly ReplayPoint[],
  accuracy: PlotAxis,
  x: number,
  y: number,
): ReplayPoint | null => {
  const area = plotArea(size, trainedFrame(accuracy))
  let least = 81
  let found: ReplayPoint | null = null
  for (const point of points) {
    const distance = (pixelX(area, point.x) - x) ** 2 + (pixelY(area, point.after / headroom) - y) ** 2
    if (distance <= least) {
      least = distance
      found = point
    }
  }
  return found
}

/** Time saved and objective lost against beta; a band where trials would have gone on. */
export const drawSweep = (
  context: CanvasRenderingContext2D,
  size: FigureSize,
  { replay, sweep }: Replayed,
  beta: number | null,
  metric: ObjectiveMetric,
  colours: ChartColours,
): void => {
  const known = sweep.map((point) => lostObjective(replay.before, point, metric))
  // Where nothing is trained to its end all is lost, which would set the scale.
  const scaleLeast = isMinimised(metric) ? 0.02 * Math.abs(replay.before.best?.objective ?? 1) || 1 : 0.02
  const lostMost = Math.max(
    scaleLeast,
    ...known.map((value, index) => (sweep[index]?.best === null ? 0 : (value ?? 0))),
  )
  const lost = known.map((value) => value ?? (replay.before.best === null ? 0 : 2 * lostMost))
  const x = linearAxis('β', 0, 1, percent)
  const y = linearAxis('Training saved', 0, 1, percent)
  // Betas are denser near zero, where rules are.
  const root: PlotAxis = {
    ...x,
    scale: { unit: Math.sqrt, value: (unit) => unit ** 2 },
    ticks: () => [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 1],
  }
  const area = drawFrame(context, size, { x: root, y, right: 58 }, colours)
  const px = (value: number): number => pixelX(area, Math.sqrt(value))
  const trace = (value: (index: number) => number): void => {
    for (const [index, point] of sweep.entries()) {
      const py = pixelY(area, value(index))
      if (index === 0) context.moveTo(px(point.beta), py)
      else context.lineTo(px(point.beta), py)
    }
  }
  const savedAt = (index: number, end: 'timeMs' | 'timeAtMostMs'): number =>
    Math.max(0, savedShare(sweep[index]?.[end] ?? 0, replay.wholeMs))
  clipped(context, area, () => {
    context.beginPath()
    trace((index) => savedAt(index, 'timeMs'))
    for (let index = sweep.length - 1; index >= 0; index--) {
      context.lineTo(px(sweep[index]?.beta ?? 0), pixelY(area, savedAt(index, 'timeAtMostMs')))
    }
    context.globalAlpha = 0.18
    context.fillStyle = colours.series.feasible
    context.fill()
    context.globalAlpha = 1
    context.lineWidth = 2
    context.strokeStyle = colours.series.feasible
    context.beginPath()
    trace((index) => savedAt(index, 'timeAtMostMs'))
    context.stroke()
    context.strokeStyle = colours.threshold
    context.setLineDash([6, 3])
    context.beginPath()
    trace((index) => (lost[index] ?? 0) / lostMost)
    context.stroke()
    context.setLineDash([])
  })
  if (beta !== null) line(context, px(beta), area.top, px(beta), area.top + area.height, colours.text, 1.25)
  context.font = `10px ${colours.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillStyle = colours.threshold
  for (const share of [0, 0.5, 1]) {
    context.fillText(String(Number((share * lostMost).toPrecision(2))), area.left + area.width + 5, pixelY(area, share))
  }
  context.save()
  context.translate(size.width - 9, area.top + area.height / 2)
  context.rotate(Math.PI / 2)
  context.textAlign = 'center'
  context.font = `11px ${colours.font}`
  if (area.height > 70) context.fillText(lostTitle(metric), 0, 0)
  context.restore()
}
