/** What is painted of a plot within its axes, in the window and into files alike. */
import { drawMark, drawRing } from './drawMark.ts'
import { paintErrorBars } from './errorBars.ts'
import { clipToArea, drawMarksOnce, type MarkLayer } from './markLayer.ts'
import { markKind, placesOfTrial } from './marks.ts'
import { paintGuideWords } from './plotLabels.ts'
import { paintNote } from './plotNote.ts'
import { faintOpacity, type Plot, type PlotEmphasis, type PlotFrame, type PlotGuide, type PlotLine } from './plot.ts'

const paintArea = (context: CanvasRenderingContext2D, frame: PlotFrame, guide: PlotGuide & { kind: 'area' }): void => {
  const { area, colours } = frame
  const along = (value: number): number => (guide.axis === 'x' ? frame.x(value) : frame.y(value))
  const ends = guide.axis === 'x' ? [area.left, area.right] : [area.bottom, area.top]
  const from = Number.isFinite(guide.from) ? along(guide.from) : (ends[0] ?? 0)
  const to = Number.isFinite(guide.to) ? along(guide.to) : (ends[1] ?? 0)
  context.fillStyle = guide.fill === 'feasible' ? colours.feasibleArea : colours.quietArea
  const [low, length] = [Math.min(from, to), Math.abs(to - from)]
  if (guide.axis === 'x') context.fillRect(low, area.top, length, area.bottom - area.top)
  else context.fillRect(area.left, low, area.right - area.left, length)
}

const paintThreshold = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { axis, at }: PlotGuide & { kind: 'line' },
): void => {
  const { area, colours } = frame
  const place = axis === 'x' ? frame.x(at) : frame.y(at)
  context.strokeStyle = colours.threshold
  context.lineWidth = 1.75
  context.setLineDash([5, 4])
  context.beginPath()
  if (axis === 'x') {
    context.moveTo(place, area.top)
    context.lineTo(place, area.bottom)
  } else {
    context.moveTo(area.left, place)
    context.lineTo(area.right, place)
  }
  context.stroke()
  context.setLineDash([])
}

const tracePath = (context: CanvasRenderingContext2D, frame: PlotFrame, { x, y, step }: PlotLine): void => {
  context.beginPath()
  let pen = false
  let lastY = 0
  for (let at = 0; at < x.length; at++) {
    const px = frame.x(x[at] ?? NaN)
    const py = frame.y(y[at] ?? NaN)
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      pen = false
      continue
    }
    if (!pen) context.moveTo(px, py)
    else {
      if (step === true) context.lineTo(px, lastY)
      context.lineTo(px, py)
    }
    pen = true
    lastY = py
  }
}

const paintDots = (context: CanvasRenderingContext2D, frame: PlotFrame, { x, y, colour }: PlotLine): void => {
  const side = frame.area.right - frame.area.left > 600 ? 2.5 : 1.5
  context.fillStyle = colour
  for (let at = 0; at < x.length; at++) {
    context.fillRect(frame.x(x[at] ?? NaN) - side / 2, frame.y(y[at] ?? NaN) - side / 2, side, side)
  }
}

const paintLine = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  line: PlotLine,
  { opacity, wider = 0 }: { readonly opacity: number; readonly wider?: number },
): void => {
  context.globalAlpha = opacity
  if (line.dots === true) {
    paintDots(context, frame, line)
    context.globalAlpha = 1
    return
  }
  tracePath(context, frame, line)
  context.strokeStyle = line.colour
  context.lineWidth = line.width + wider
  context.lineJoin = 'round'
  context.setLineDash([...(line.dash ?? [])])
  context.stroke()
  context.setLineDash([])
  context.globalAlpha = 1
}

const paintLines = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  plot: Plot,
  { brush, above }: { readonly brush: PlotEmphasis['brush']; readonly above: boolean },
): void => {
  for (const line of plot.lines ?? []) {
    if ((line.above ?? false) !== above) continue
    const faint = brush !== null && line.number !== undefined && !brush.has(line.number)
    paintLine(context, frame, line, { opacity: (line.opacity ?? 1) * (faint ? faintOpacity : 1) })
  }
}

const within = (context: CanvasRenderingContext2D, frame: PlotFrame, paint: () => void, room = 0): void => {
  context.save()
  clipToArea(context, frame, room)
  paint()
  context.restore()
}

/** Everything but what follows the pointer and the selection. `layer`: of this chart; null: into a file. */
export const paintPlot = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  plot: Plot,
  { emphasis, layer }: { readonly emphasis: PlotEmphasis; readonly layer: MarkLayer | null },
): void => {
  const { brush, best } = emphasis
  within(context, frame, () => {
    for (const guide of plot.guides ?? []) if (guide.kind === 'area') paintArea(context, frame, guide)
    plot.under?.(context, frame, emphasis)
  })
  within(context, frame, () => paintLines(context, frame, plot, { brush, above: false }), 2)
  within(context, frame, () => {
    for (const guide of plot.guides ?? []) if (guide.kind === 'line') paintThreshold(context, frame, guide)
  })
  if (plot.marks !== undefined) {
    const style = { brush, opacity: plot.markOpacity ?? 1, size: plot.markSize ?? 1 }
    paintErrorBars(context, frame, plot.marks, brush)
    if (layer === null) drawMarksOnce(context, frame, plot.marks, style)
    else layer.draw(context, frame, plot.marks, style)
    if (plot.live !== undefined) drawMarksOnce(context, frame, plot.live, style)
    paintRing(context, frame, plot, { number: best, radius: 8.5, width: 1.75, colour: frame.colours.text })
  }
  within(context, frame, () => {
    paintLines(context, frame, plot, { brush, above: true })
    paintGuideWords(context, frame, plot)
  })
  const { note } = plot
  if (note) within(context, frame, () => paintNote(context, frame, note, plot))
  if (plot.over !== undefined) within(context, frame, () => plot.over?.(context, frame, emphasis))
}

/** Size of a mark within a ring, at least. */
const leastRinged = 0.6

interface Ring {
  readonly number: number | null
  readonly radius: number
  readonly width: number
  readonly colour: string
}

const paintRing = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { marks, live, markSize = 1 }: Plot,
  { number, radius, width, colour }: Ring,
): void => {
  if (number === null) return
  // One alone has its shape.
  const size = Math.max(leastRinged, markSize)
  const paint = (): void => {
    for (const some of [marks, live]) {
      if (some === undefined) continue
      for (const place of placesOfTrial(some, number)) {
        const x = frame.x(some.x[place] ?? NaN)
        const y = frame.y(some.y[place] ?? NaN)
        if (!Number.isFinite(x) || !Number.isFinite(y)) continue
        // The mark itself again, lest it lie below its neighbours.
        drawMark(context, markKind(some.kinds[place] ?? 0), { x, y, size }, frame.colours)
        drawRing(context, { x, y, radius: radius * (0.25 + 0.75 * size), width, colour })
      }
    }
  }
  within(context, frame, paint, 14)
}

/** What follows the pointer and the selection: cheap, and drawn above the chart. */
export const paintEmphasis = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  plot: Plot,
  emphasis: PlotEmphasis,
): void => {
  const { hovered, selected } = emphasis
  within(context, frame, () => {
    plot.emphasise?.(context, frame, emphasis)
    for (const line of plot.lines ?? []) {
      if (line.number === undefined) continue
      if (line.number === hovered || line.number === selected)
        paintLine(context, frame, line, { opacity: 1, wider: 1.5 })
    }
  })
  paintRing(context, frame, plot, { number: hovered, radius: 9, width: 2, colour: frame.colours.mutedText })
  paintRing(context, frame, plot, { number: selected, radius: 10.5, width: 2.5, colour: frame.colours.accent })
}
