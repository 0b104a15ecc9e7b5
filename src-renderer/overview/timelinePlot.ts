import type { ChartColours } from '../charts/colours.ts'
import { markKind } from '../charts/marks.ts'
import { faintOpacity, type PixelBox, type Plot, type PlotEmphasis, type PlotFrame } from '../charts/plot.ts'
import { categoryAxis } from '../charts/axes.ts'
import { durationAxis, steadyEnd } from '../charts/timeAxis.ts'
import { formatDuration } from '../trials/format.ts'
import type { PointKind } from '../charts/pointKinds.ts'
import { cssColour, mixAt } from '../charts/ramp.ts'
import { type BarSet, type TimelineBars, type TimelineColouring, trialAtTime } from './timelineBars.ts'

/** Heights as shares of a lane: what became of a trial shows without colour too. */
const heights: Readonly<Record<PointKind, number>> = {
  feasible: 0.72,
  infeasible: 0.72,
  stopped: 0.44,
  failed: 0.24,
  running: 0.72,
}
const shades = 64

type Painter = (bars: BarSet, at: number) => { fill: string; hollow: boolean }

const painterOf = ({ low, high }: TimelineBars['range'], by: TimelineColouring, colours: ChartColours): Painter => {
  const scale = Array.from({ length: shades }, (_, shade) => cssColour(mixAt(colours.ramp, shade / (shades - 1))))
  return (bars, at) => {
    const kind = markKind(bars.kinds[at] ?? 0)
    const hollow = kind === 'running' || kind === 'infeasible'
    if (by === 'state') return { fill: colours.series[kind], hollow }
    const value = bars.values[at] ?? NaN
    if (Number.isNaN(value)) return { fill: colours.mutedText, hollow: true }
    const share = high > low ? (value - low) / (high - low) : 0.5
    return { fill: scale[Math.round(share * (shades - 1))] ?? colours.text, hollow: kind === 'running' }
  }
}

const paintPauses = (context: CanvasRenderingContext2D, frame: PlotFrame, { pauses }: TimelineBars): void => {
  const { area, colours } = frame
  context.font = `10px ${colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'top'
  for (const { fromMs, toMs, lastedMs } of pauses) {
    const left = frame.x(fromMs)
    const width = Math.max(3, frame.x(toMs) - left)
    context.fillStyle = colours.quietArea
    context.fillRect(left, area.top, width, area.bottom - area.top)
    context.strokeStyle = colours.line
    context.lineWidth = 1
    context.setLineDash([2, 3])
    context.beginPath()
    context.moveTo(left + width / 2, area.top)
    context.lineTo(left + width / 2, area.bottom)
    context.stroke()
    context.setLineDash([])
    const text = formatDuration(lastedMs)
    if (context.measureText(text).width > width + 40) continue
    context.fillStyle = colours.mutedText
    context.fillText(text, left + width / 2, area.top + 1)
  }
}

const paintBars = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { ended, live, workers, range }: TimelineBars,
  { by, brush }: { readonly by: TimelineColouring; readonly brush: PlotEmphasis['brush'] },
): void => {
  const look = { paint: painterOf(range, by, frame.colours), brush }
  // Bars that end within a pixel that is painted already add nothing to see.
  const painted = new Float64Array(workers.length).fill(-Infinity)
  for (const bars of [ended, live]) paintSet(context, frame, bars, { ...look, painted })
  context.globalAlpha = 1
}

interface SetLook {
  readonly paint: Painter
  readonly brush: PlotEmphasis['brush']
  /** Up to where, by lane. */
  readonly painted: Float64Array
}

const paintSet = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  bars: BarSet,
  { paint, brush, painted }: SetLook,
): void => {
  const laneHeight = Math.abs(frame.y(1) - frame.y(0))
  const { left, right } = frame.area
  for (let at = 0; at < bars.count; at++) {
    const x0 = frame.x(bars.from[at] ?? 0)
    const x1 = frame.x(bars.to[at] ?? 0)
    const lane = bars.lanes[at] ?? 0
    if (x1 < left || x0 > right || x1 < (painted[lane] ?? 0) + 0.5) continue
    painted[lane] = x1
    const kind = markKind(bars.kinds[at] ?? 0)
    const height = Math.min(56, laneHeight) * heights[kind]
    const gap = x1 - x0 > 3 ? 1 : 0
    const width = Math.max(1, x1 - x0 - gap)
    const top = frame.y(lane) - height / 2
    const { fill, hollow } = paint(bars, at)
    const number = bars.numbers[at] ?? 0
    context.globalAlpha = brush === null || brush.has(number) ? 1 : faintOpacity
    if (hollow && width > 4) {
      context.strokeStyle = fill
      context.lineWidth = 1.5
      context.strokeRect(x0 + 0.75, top + 0.75, width - 1.5, height - 1.5)
    } else {
      context.fillStyle = fill
      context.fillRect(x0, top, width, height)
    }
  }
}

const paintEmphasised = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  bars: TimelineBars,
  { hovered, selected }: PlotEmphasis,
): void => {
  const laneHeight = Math.abs(frame.y(1) - frame.y(0))
  for (const [number, colour] of [
    [hovered, frame.colours.mutedText],
    [selected, frame.colours.accent],
  ] as const) {
    for (const { numbers, from, to, lanes } of [bars.ended, bars.live]) {
      const at = number === null ? -1 : numbers.indexOf(number)
      if (at < 0) continue
      const x0 = frame.x(from[at] ?? 0)
      const height = Math.min(60, laneHeight) * 0.95
      context.strokeStyle = colour
      context.lineWidth = 2
      context.strokeRect(x0 - 1.5, frame.y(lanes[at] ?? 0) - height / 2, frame.x(to[at] ?? 0) - x0 + 3, height)
    }
  }
}

const barsIn = (bars: BarSet, frame: PlotFrame, { left, top, right, bottom }: PixelBox): number[] => {
  const [fromMs, toMs] = [frame.xAt(left), frame.xAt(right)]
  const numbers: number[] = []
  for (let at = 0; at < bars.count; at++) {
    const y = frame.y(bars.lanes[at] ?? 0)
    if (y >= top && y <= bottom && (bars.to[at] ?? 0) >= fromMs && (bars.from[at] ?? 0) <= toMs) {
      numbers.push(bars.numbers[at] ?? 0)
    }
  }
  return numbers
}

export const timelinePlot = (bars: TimelineBars, by: TimelineColouring): Plot => ({
  x: durationAxis('Time since the first trial', steadyEnd(bars.lengthMs)),
  y: { ...categoryAxis('', bars.workers), reversed: true },
  kinds: by === 'state' ? [...new Set([...bars.ended.present, ...bars.live.present])] : [],
  under: (context, frame, { brush }) => {
    paintPauses(context, frame, bars)
    paintBars(context, frame, bars, { by, brush })
  },
  emphasise: (context, frame, emphasis) => paintEmphasised(context, frame, bars, emphasis),
  trialAt: (frame, x, y) => {
    const { left, right, top, bottom } = frame.area
    if (x < left || x > right || y < top || y > bottom) return null
    const slackMs = Math.abs(frame.xAt(x + 3) - frame.xAt(x))
    return trialAtTime(bars, Math.round(frame.yAt(y)), frame.xAt(x), slackMs)
  },
  trialsIn: (frame, box) => [...barsIn(bars.ended, frame, box), ...barsIn(bars.live, frame, box)],
})
