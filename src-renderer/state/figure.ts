/** A figure that can be saved: drawn anew at any size, with the numbers behind it. */
export interface Figure {
  /** Of the file, without extension. */
  readonly name: string
  /** Draws it in the light or dark colours that `coloursNow` of charts/colours.ts would give; the context may write SVG. */
  draw(context: CanvasRenderingContext2D, size: FigureSize): void
  data(): FigureData
}

/** In CSS pixels. */
export interface FigureSize {
  readonly width: number
  readonly height: number
}

export interface FigureData {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}
