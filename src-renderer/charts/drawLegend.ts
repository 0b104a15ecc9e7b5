import { kindWords, type PointKind, pointKinds } from './pointKinds.ts'
import type { ChartColours } from './colours.ts'
import { drawMark } from './drawMark.ts'
import type { Plot, PlotLine } from './plot.ts'

const gap = 14
const markWidth = 16
const dashWidth = 22

/** The kinds of trials that plots show, and their named lines: what a legend has to explain. */
export const legendOf = (plots: readonly Plot[]): { kinds: PointKind[]; lines: PlotLine[] } => {
  const found = new Set(
    plots.flatMap(({ kinds, marks, live }) => kinds ?? [marks, live].flatMap((some) => [...new Set(some?.kinds)])),
  )
  return {
    kinds: pointKinds.filter((_, place) => found.has(place)),
    lines: plots.flatMap(({ lines }) => (lines ?? []).filter(({ name }) => name !== undefined)),
  }
}

/** Draws a legend in one row from `left`, its middle at `middle`. */
export const drawLegend = (
  context: CanvasRenderingContext2D,
  { left, middle }: { left: number; middle: number },
  { kinds, lines }: ReturnType<typeof legendOf>,
  colours: ChartColours,
): void => {
  let x = left
  const word = (text: string): void => {
    context.font = `11px ${colours.font}`
    context.fillStyle = colours.text
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText(text, x, middle)
    x += context.measureText(text).width + gap
  }
  for (const kind of kinds) {
    drawMark(context, kind, { x: x + 6, y: middle }, colours)
    x += markWidth
    word(kindWords[kind])
  }
  for (const { name, colour, width, dash } of lines) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.setLineDash([...(dash ?? [])])
    context.beginPath()
    context.moveTo(x, middle)
    context.lineTo(x + dashWidth - 5, middle)
    context.stroke()
    context.setLineDash([])
    x += dashWidth
    word(name ?? '')
  }
}
