/**
 * A plot on a canvas: chart.js lays out and draws the axes, animation and parsing off; everything within them is
 * painted from typed arrays. One drawing for all updates of a frame, none while it is not seen.
 */
import { BasicPlatform, Chart } from 'chart.js'
import type { Plugin } from 'chart.js'
import { drawInFrame } from './frameQueue.ts'
import { MarkLayer } from './markLayer.ts'
import type { PlotFrame } from './plot.ts'
import { axesKey, frameOf, optionsOf } from './plotAxes.ts'
import type { PlotState } from './plotAxes.ts'
import { paintEmphasis, paintPlot } from './plotPainting.ts'

const copyOf = (canvas: HTMLCanvasElement): HTMLCanvasElement => {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  copy.getContext('2d')?.drawImage(canvas, 0, 0)
  return copy
}

export class PlotChart {
  readonly #canvas: HTMLCanvasElement
  readonly #overlay: HTMLCanvasElement
  readonly #layer = new MarkLayer()
  /** The axes alone, kept from the first repetition on: text costs more than all marks. Null: there is no such picture. */
  #axes: HTMLCanvasElement | null = null
  #keepAxes = false
  #chart: Chart<'scatter', []> | null = null
  #state: PlotState | null = null
  #drawn: { state: PlotState; key: string } | null = null
  #size = { width: 0, height: 0 }
  #visible = false
  #cancelDrawing: (() => void) | null = null
  #frame: PlotFrame | null = null

  constructor(canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#overlay = overlay
  }

  /** Where the last drawing went; null: nothing was drawn yet. */
  get frame(): PlotFrame | null {
    return this.#frame
  }

  /** Draws in the next frame in which it is seen; a later state wins. */
  update(state: PlotState): void {
    this.#state = state
    this.#request()
  }

  resize(width: number, height: number): void {
    this.#size = { width, height }
    this.#request()
  }

  set visible(visible: boolean) {
    this.#visible = visible
    if (visible) this.#request()
  }

  destroy(): void {
    this.#cancelDrawing?.()
    this.#chart?.destroy()
    this.#chart = null
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
    if (state === null || width < 40 || height < 40) return
    const pixelRatio = window.devicePixelRatio
    const key = axesKey(state)
    const before = this.#drawn
    const resized = this.#resizeCanvases(width, height, pixelRatio)
    if (this.#chart === null) {
      this.#drawn = { state, key }
      this.#chart = new Chart(this.#canvas, {
        type: 'scatter',
        platform: BasicPlatform,
        data: { datasets: [] },
        options: optionsOf(state, pixelRatio),
        plugins: [this.#plugin()],
      })
    } else if (resized || before?.key !== key || before.state.colours !== state.colours) {
      this.#drawn = { state, key }
      this.#axes = null
      this.#chart.options = optionsOf(state, pixelRatio)
      if (resized) this.#chart.resize(width, height)
      this.#chart.update('none')
    } else if (
      before.state.plot !== state.plot ||
      before.state.emphasis.brush !== state.emphasis.brush ||
      before.state.emphasis.best !== state.emphasis.best
    ) {
      this.#drawn = { state, key }
      this.#repeat(this.#chart)
    }
    this.#drawOverlay(state)
    // Says to whom waits for it that this many trials are drawn.
    this.#canvas.dataset['drawn'] = String(state.plot.marks?.count ?? state.plot.lines?.length ?? 0)
  }

  #resizeCanvases(width: number, height: number, pixelRatio: number): boolean {
    const wide = Math.round(width * pixelRatio)
    const high = Math.round(height * pixelRatio)
    if (this.#overlay.width === wide && this.#overlay.height === high && this.#chart !== null) return false
    this.#overlay.width = wide
    this.#overlay.height = high
    if (this.#chart === null) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    return true
  }

  /** Draws what lies within axes that stay as they are. */
  #repeat(chart: Chart<'scatter', []>): void {
    const { ctx } = chart
    if (this.#axes === null) {
      this.#keepAxes = true
      chart.draw()
      this.#keepAxes = false
      return
    }
    ctx.save()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    ctx.drawImage(this.#axes, 0, 0)
    ctx.restore()
    this.#paint(chart)
  }

  #paint(chart: Pick<Chart, 'chartArea' | 'ctx' | 'currentDevicePixelRatio'>): void {
    const state = this.#drawn?.state
    if (state === undefined) return
    const frame = frameOf(chart, state, chart.currentDevicePixelRatio, false)
    this.#frame = frame
    paintPlot(chart.ctx, frame, state.plot, state.emphasis, this.#layer)
  }

  #plugin(): Plugin<'scatter'> {
    return {
      id: 'plot',
      // Every layer of the axes lies below the data: optionsOf leaves it so.
      beforeDatasetsDraw: () => {
        if (this.#keepAxes) this.#axes = copyOf(this.#canvas)
      },
      afterDatasetsDraw: (chart) => {
        this.#paint(chart)
      },
    }
  }

  #drawOverlay({ plot, emphasis }: PlotState): void {
    const context = this.#overlay.getContext('2d')
    if (!context || this.#frame === null) return
    const { pixelRatio } = this.#frame
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.#overlay.width, this.#overlay.height)
    context.scale(pixelRatio, pixelRatio)
    paintEmphasis(context, this.#frame, plot, emphasis)
  }
}
