/** Where the words within a plot go: where they hide no mark, as far as there is such a place. */
import type { Marks } from './marks.ts'
import type { PixelBox, Plot, PlotFrame, PlotGuide } from './plot.ts'

const font = (frame: PlotFrame): string => `11px ${frame.colours.font}`

/** Around a mark's centre. */
const markRadius = 6
/** Of so many marks each counts; of more every second, third ..., which tells full places from free ones as well. */
const counted = 20_000

/** Counts of marks that stay from drawing to drawing, by their boxes. */
const kept = new WeakMap<Marks, { readonly frame: PlotFrame; readonly counts: Map<string, readonly number[]> }>()

/** As `countMarks`, counted once for as long as marks and frame stay. */
const countKept = (marks: Marks, frame: PlotFrame, boxes: readonly PixelBox[]): readonly number[] => {
  const known = kept.get(marks)
  const { counts } = known?.frame === frame ? known : { counts: new Map<string, readonly number[]>() }
  if (known?.frame !== frame) kept.set(marks, { frame, counts })
  const key = boxes.map(({ left, top, right, bottom }) => [left, top, right, bottom].join()).join(' ')
  const found = counts.get(key) ?? countMarks(marks, frame, boxes)
  counts.set(key, found)
  return found
}

/** How many marks lie in each of the boxes. */
const countMarks = ({ count, x, y }: Marks, frame: PlotFrame, boxes: readonly PixelBox[]): number[] => {
  const ranges = boxes.map(({ left, right, top, bottom }) => {
    const [x1, x2] = [frame.xAt(left - markRadius), frame.xAt(right + markRadius)]
    const [y1, y2] = [frame.yAt(top - markRadius), frame.yAt(bottom + markRadius)]
    return { x1: Math.min(x1, x2), x2: Math.max(x1, x2), y1: Math.min(y1, y2), y2: Math.max(y1, y2) }
  })
  const counts = boxes.map(() => 0)
  for (let at = 0; at < count; at += Math.ceil(count / counted)) {
    const [px, py] = [x[at] ?? NaN, y[at] ?? NaN]
    ranges.forEach(({ x1, x2, y1, y2 }, box) => {
      if (px >= x1 && px <= x2 && py >= y1 && py <= y2) counts[box] = (counts[box] ?? 0) + 1
    })
  }
  return counts
}

/** The first of the boxes with the fewest marks in it. */
export const freestBox = (
  frame: PlotFrame,
  { marks, live }: Pick<Plot, 'marks' | 'live'>,
  boxes: readonly PixelBox[],
): PixelBox => {
  const [first] = boxes
  if (first === undefined) throw new RangeError('at least one box')
  const [some = [], others = []] = [marks, live].map((each) => each && countKept(each, frame, boxes))
  const counts = boxes.map((_, box) => (some[box] ?? 0) + (others[box] ?? 0))
  return boxes[counts.indexOf(Math.min(...counts))] ?? first
}

interface Words {
  readonly text: string
  readonly colour: string
}

const lineHeight = 15

/** Words with a rim, so that what lies below them is still seen. */
const paintWords = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  { left, top }: PixelBox,
  { text, colour }: Words,
): void => {
  context.textAlign = 'left'
  context.textBaseline = 'top'
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = frame.colours.surface
  context.strokeText(text, left + 2, top + 2)
  context.fillStyle = colour
  context.fillText(text, left + 2, top + 2)
}

/** Places from the top down, each on the first side before the other. */
const rows = ({ top, bottom }: PixelBox): number[] => {
  const [first, last] = [top + 2, bottom - lineHeight - 2]
  return [0, 1, 0.5, 0.25, 0.75].map((part) => first + part * (last - first))
}

const boxAt = (left: number, top: number, width: number): PixelBox => ({
  left,
  top,
  right: left + width,
  bottom: top + lineHeight,
})

/** Where the words of a guide may be, the best place first, all of them within the axes. */
const placesOf = (frame: PlotFrame, guide: PlotGuide, width: number): PixelBox[] => {
  const { area } = frame
  const inside = (left: number): number => Math.max(area.left + 2, Math.min(left, area.right - width - 2))
  if (guide.kind === 'area') {
    const from = Number.isFinite(guide.from) ? frame.x(guide.from) : area.left
    return rows(area).map((top) => boxAt(inside(Math.max(from, area.left) + 3), top, width))
  }
  if (guide.axis === 'x') {
    const place = frame.x(guide.at)
    // Beside the line; where there is no room on one side, on the other.
    const sides = [place + 3, place - width - 3].filter((left) => left >= area.left && left + width <= area.right)
    const lefts = sides.length === 0 ? [inside(place + 3)] : sides
    return rows(area).flatMap((top) => lefts.map((left) => boxAt(left, top, width)))
  }
  const place = frame.y(guide.at)
  const tops = [place - lineHeight - 2, place + 2].filter((top) => top >= area.top && top + lineHeight <= area.bottom)
  const middle = inside((area.left + area.right - width) / 2)
  return [area.right - width - 2, area.left + 2, middle].flatMap((left) =>
    (tops.length === 0 ? [area.top + 2] : tops).map((top) => boxAt(left, top, width)),
  )
}

/** The words beside the guides of a plot. */
export const paintGuideWords = (context: CanvasRenderingContext2D, frame: PlotFrame, plot: Plot): void => {
  context.font = font(frame)
  const { threshold, mutedText } = frame.colours
  for (const guide of plot.guides ?? []) {
    if (guide.text === undefined || guide.text === '' || (guide.kind === 'area' && guide.axis === 'y')) continue
    const width = context.measureText(guide.text).width + 4
    const place = freestBox(frame, plot, placesOf(frame, guide, width))
    paintWords(context, frame, place, { text: guide.text, colour: guide.kind === 'line' ? threshold : mutedText })
  }
}
