/** A figure that can be saved: drawn anew at any size, with the numbers behind it. */
export interface Figure {
  /** Of the file, without extension. */
  readonly name: string
  /** Draws it in the light or dark colours that `coloursNow` of charts/colours.ts would give; the context may write SVG. */
  draw(context: CanvasRenderingContext2D, size: FigureSize): void
  data(): FigureData
  /** What else can be saved of it. */
  readonly files?: readonly FigureFile[]
}

/** A file of what a figure shows, whatever part of it is in view. */
export interface FigureFile {
  readonly word: string
  readonly kind: 'csv' | 'npz'
  /** Without extension. */
  readonly name: string
  /** @throws {RangeError} when it would be too large */
  content(): string | Uint8Array<ArrayBuffer>
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
