/** svgcanvas has no types of its own. */
declare module 'svgcanvas' {
  interface ContextOptions {
    readonly width: number
    readonly height: number
    /** The document that the elements are made in; absent: the page. */
    readonly document?: Document
    /** Measures text. */
    readonly ctx?: CanvasRenderingContext2D
  }
  /** A 2D context, as far as drawing goes, that writes SVG. */
  export const Context: new (options: ContextOptions) => CanvasRenderingContext2D & { getSvg(): SVGSVGElement }
}
