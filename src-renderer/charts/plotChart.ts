/**
 * A plot on a canvas. Its axes and its ground are kept as a picture while they stay as they are: text costs more than all
 * marks. One drawing for all updates of a frame, none while it is not seen.
 */
import { axesKey, drawAxes, frameOf, type PlotState } from './drawAxes.ts'
import { MarkLayer } from './markLayer.ts'
import type { PlotFrame } from './plot.ts'
import { paintEmphasis, paintPlot } from './plotPainting.ts'

/**
 * Drawings of the charts of a page, in the next frame: as many as fit into it, the others in those that follow. So a page that
 * opens with many trials shows each chart as soon as it is drawn, and a pointer is never kept waiting by all of them.
 */

/** Of a frame of 16 ms; a drawing that has begun is not broken off. */
const budgetMs = 8

let queue: (() => void)[] = []
let requested = false

const drawSome = (): void => {
  const begun = performance.now()
  const waiting = queue
  queue = []
  let done = 0
  requested = false
  try {
    do waiting[done++]?.()
    while (done < waiting.length && performance.now() - begun < budgetMs)
  } finally {
    queue = [...waiting.slice(done), ...queue]
    if (queue.length > 0) request()
  }
}

const request = (): void => {
  if (requested) return
  requested = true
  requestAnimationFrame(drawSome)
}

/** Calls `draw` in a coming frame. Returns what takes it back. */
const drawInFrame = (draw: () => void): (() => void) => {
  queue.push(draw)
  request()
  return () => {
    queue = queue.filter((other) => other !== draw)
  }
}

interface Drawn {
  readonly state: PlotState
  readonly frame: PlotFrame
  readonly key: string
}

export class PlotChart {
  readonly #canvas: HTMLCanvasElement
  readonly #overlay: HTMLCanvasElement
  readonly #axes = document.createElement('canvas')
  readonly #layer = new MarkLayer()
  #state: PlotState | null = null
  #drawn: Drawn | null = null
  #size = { width: 0, height: 0 }
  #visible = false
  #cancelDrawing: (() => void) | null = null

  constructor(canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#overlay = overlay
  }

  /** Where the last drawing went, the first made at once: a hand may be quicker than the queue. Null: there is no room yet. */
  get frame(): PlotFrame | null {
    if (this.#drawn === null) this.#draw()
    return this.#drawn?.frame ?? null
  }

  /** Draws in the next frame in which it is seen; a later state wins. */
  update(state: PlotState): void {
    this.#state = state
    this.#request()
  }

  resize(width: number, height: number): void {
    this.#size = { width, height }
    // What is still to be drawn can be pressed already; else a press beside so small a canvas marks the words of the page.
    if (this.#drawn === null) this.#fit(this.#canvas)
    this.#request()
  }

  set visible(visible: boolean) {
    this.#visible = visible
    if (visible) this.#request()
  }

  destroy(): void {
    this.#cancelDrawing?.()
  }

  #request(): void {
    if (this.#cancelDrawing !== null || !this.#visible) return
    this.#cancelDrawing = drawInFrame(() => {
      this.#cancelDrawing = null
      this.#draw()
    })
  }

  #draw(): void {
    const state = this.#state
    const { width, height } = this.#size
    const context = this.#canvas.getContext('2d')
    if (context === null || state === null || width < 40 || height < 40) return
    const pixelRatio = window.devicePixelRatio
    const before = this.#drawn
    const frame = this.#frameFor(state, pixelRatio)
    if (
      before?.frame !== frame ||
      before.state.plot !== state.plot ||
      before.state.emphasis.brush !== state.emphasis.brush ||
      before.state.emphasis.best !== state.emphasis.best
    ) {
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
      context.drawImage(this.#axes, 0, 0)
      context.scale(pixelRatio, pixelRatio)
      paintPlot(context, frame, state.plot, { emphasis: state.emphasis, layer: this.#layer })
    }
    this.#drawOverlay(state, frame)
    // Says to whom waits for it that this many trials are drawn.
    const { marks, live, lines } = state.plot
    this.#canvas.dataset['drawn'] = String(
      marks === undefined ? (lines?.length ?? 0) : marks.count + (live?.count ?? 0),
    )
  }

  /** Where the plot is drawn: that of before, while the axes and the ground that were drawn for it stay. */
  #frameFor(state: PlotState, pixelRatio: number): PlotFrame {
    const before = this.#drawn
    const key = axesKey(state)
    const resized = this.#resizeCanvases(pixelRatio)
    const { plot, colours } = state
    if (
      before?.key === key &&
      !resized &&
      before.state.colours === colours &&
      before.state.plot.ground === plot.ground &&
      before.frame.pixelRatio === pixelRatio
    ) {
      this.#drawn = { state, key, frame: before.frame }
      return before.frame
    }
    const context = this.#axes.getContext('2d')
    if (context === null) throw new Error('a canvas has no context')
    context.reset()
    context.scale(pixelRatio, pixelRatio)
    const frame = frameOf(context, this.#size, state, { pixelRatio, exported: false })
    plot.ground?.(context, frame, state.emphasis)
    drawAxes(context, this.#size, frame, state)
    this.#drawn = { state, key, frame }
    return frame
  }

  #resizeCanvases(pixelRatio: number): boolean {
    const wide = Math.round(this.#size.width * pixelRatio)
    const high = Math.round(this.#size.height * pixelRatio)
    if (this.#canvas.width === wide && this.#canvas.height === high && this.#drawn !== null) return false
    for (const canvas of [this.#canvas, this.#overlay, this.#axes]) {
      canvas.width = wide
      canvas.height = high
      this.#fit(canvas)
    }
    return true
  }

  /** Never stretched to a part of a pixel, which blurs. */
  #fit({ style }: HTMLCanvasElement): void {
    style.width = `${this.#size.width}px`
    style.height = `${this.#size.height}px`
  }

  #drawOverlay({ plot, emphasis }: PlotState, frame: PlotFrame): void {
    const context = this.#overlay.getContext('2d')
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.#overlay.width, this.#overlay.height)
    context.scale(frame.pixelRatio, frame.pixelRatio)
    paintEmphasis(context, frame, plot, emphasis)
  }
}
