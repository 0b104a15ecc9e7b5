/**
 * What a chart shows, as a value: axes, trials as marks, lines, guides, and whatever else a view paints. The same value
 * is drawn in the window and into files.
 */
import type { ChartColours } from './colours.ts'
import type { Marks } from './marks.ts'
import type { PointKind } from './pointKinds.ts'

/** An axis that is even in units of its own, 0 to 1 from end to end, such as the scale of a hyperparameter. */
interface AxisScale {
  unit(value: number): number
  value(unit: number): number
}

export interface PlotAxis {
  readonly title: string
  readonly scale: 'linear' | 'log' | AxisScale
  /** Everything that there is to show, in values of the axis. */
  readonly min: number
  readonly max: number
  /** A value beside its tick. */
  label(value: number): string
  /** Where ticks go in the shown part, about `wanted` of them; absent: at round numbers. */
  ticks?(min: number, max: number, wanted: number): readonly number[]
  /** The hyperparameter that lies along it. */
  readonly field?: string
  /** Of whole numbers only. */
  readonly whole?: boolean
  /** Names of categories, at 0, 1, ...; they change what ticks say, so that a change of them is seen. */
  readonly categories?: readonly string[]
  /** The lowest value is on top, or on the right. */
  readonly reversed?: boolean
  /** False: always shown whole. */
  readonly zoomed?: boolean
  /** Whether lines run across the plot at its ticks; absent: of numbers they do, of categories not. */
  readonly grid?: boolean
}

export interface PlotLine {
  /** Values of the axes, by rising x; a y of NaN leaves a gap. */
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly colour: string
  /** In CSS pixels. */
  readonly width: number
  readonly dash?: readonly number[]
  /** Squares at its points instead of a line. */
  readonly dots?: boolean
  /** Goes on level to the next point, then jumps. */
  readonly step?: boolean
  readonly opacity?: number
  /** Drawn above the marks, not below. */
  readonly above?: boolean
  /** What it stands for, where a legend is to say it. */
  readonly name?: string
  /** The trial that it stands for: drawn strong when that is selected or under the pointer. */
  readonly number?: number
}

/** A line through points; a null y leaves a gap. */
export const pathOf = (points: readonly { readonly x: number; readonly y: number | null }[]) => ({
  x: Float64Array.from(points, ({ x }) => x),
  y: Float64Array.from(points, ({ y }) => y ?? NaN),
})

/** A threshold with its name, or a shaded part of the chart. */
export type PlotGuide =
  /** Without a word beside it where `text` is empty. */
  | { readonly kind: 'line'; readonly axis: 'x' | 'y'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'area'
      readonly axis: 'x' | 'y'
      /** From the end of the axis when infinite. */
      readonly from: number
      readonly to: number
      readonly fill: 'feasible' | 'quiet'
      readonly text?: string
    }

/** In CSS pixels of the canvas. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Two corners of a box, whichever they are. */
export interface PixelSpan {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

/** Where a drawing happens: pixels of values, and back. */
export interface PlotFrame {
  readonly area: PixelBox
  x(value: number): number
  y(value: number): number
  xAt(pixel: number): number
  yAt(pixel: number): number
  /** The same in the units in which the axes are even. */
  readonly units: {
    x(unit: number): number
    y(unit: number): number
    xAt(pixel: number): number
    yAt(pixel: number): number
  }
  readonly colours: ChartColours
  /** Device pixels of a CSS pixel. */
  readonly pixelRatio: number
  /** The drawing becomes a file: no cached bitmaps, nothing of the pointer. */
  readonly exported: boolean
}

export interface PlotNote {
  readonly kind: PointKind
  readonly text: string
}

export type Paint = (context: CanvasRenderingContext2D, frame: PlotFrame, emphasis: PlotEmphasis) => void

export interface Plot {
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly marks?: Marks
  /** Marks of trials under way, which move at each update: drawn above the others. */
  readonly live?: Marks
  /** Of marks that are there to show how many there are, not each. */
  readonly markOpacity?: number
  /** Of marks, where they are smaller than usual; the smallest are squares (drawMark.ts). */
  readonly markSize?: number
  /** What its marks have to say beside the legend, with a mark of its kind: told in a corner. */
  readonly note?: PlotNote | null
  /** Kinds of trials that it shows otherwise, as places in `pointKinds`. */
  readonly kinds?: readonly number[]
  readonly lines?: readonly PlotLine[]
  readonly guides?: readonly PlotGuide[]
  /** Room around the axes, in CSS pixels; absent: as much as their numbers and titles take. */
  readonly room?: Partial<PixelBox>
  /** Painted below the axes, not clipped to them, and kept until it is another function. */
  readonly ground?: Paint
  /** Painted within the axes below the marks, clipped to them. */
  readonly under?: Paint
  /** Painted above the marks, clipped to the axes. */
  readonly over?: Paint
  /** Painted for the selected trial and the one under the pointer, again and again above the same chart. */
  readonly emphasise?: Paint
  /** The trial at a pixel, where marks are not what is pointed at. */
  trialAt?(frame: PlotFrame, x: number, y: number): number | null
  /** The trials that a rectangle of pixels touches, where marks are not what is brushed. */
  trialsIn?(frame: PlotFrame, box: PixelBox): readonly number[]
}

/** What the trials of a chart are to the person at the moment. */
export interface PlotEmphasis {
  /** Trials drawn in full, the others faint; null: all. */
  readonly brush: ReadonlySet<number> | null
  /** Drawn with a ring in the text's colour. */
  readonly best: number | null
  readonly selected: number | null
  readonly hovered: number | null
}

export const noEmphasis: PlotEmphasis = { brush: null, best: null, selected: null, hovered: null }

/** How faint an unbrushed trial is drawn. */
export const faintOpacity = 0.14
