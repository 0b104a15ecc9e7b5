import { BasicPlatform, Chart } from 'chart.js'
import type { Plugin } from 'chart.js'
import { frameOf, optionsOf } from './plotAxes.ts'
import type { PlotState } from './plotAxes.ts'
import { paintPlot } from './plotPainting.ts'

const kept: ReadonlySet<string | symbol> = new Set(['setTransform', 'resetTransform', 'clearRect'])

/** The context for chart.js, which would else clear all of it and take it for one that it may turn as it likes. */
const within = (context: CanvasRenderingContext2D, canvas: object): CanvasRenderingContext2D =>
  new Proxy(context, {
    get: (target, name) => {
      if (kept.has(name)) return () => undefined
      if (name === 'canvas') return canvas
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  })

/** Draws a plot once into a part of any context, also one that writes SVG. Only its axes are left to chart.js. */
export const drawPlot = (
  context: CanvasRenderingContext2D,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  state: PlotState,
): void => {
  // chart.js asks its canvas for a context: this stand-in gives the one that there is.
  const standIn: { width: number; height: number; getContext(): CanvasRenderingContext2D } = {
    width,
    height,
    getContext: () => within(context, standIn),
  }
  const pixelRatio = context.getTransform().a
  const plugin: Plugin<'scatter'> = {
    id: 'plot',
    afterDatasetsDraw: (chart) => {
      const frame = frameOf(chart, state, pixelRatio, true)
      paintPlot(context, frame, state.plot, { ...state.emphasis, hovered: null }, null)
    },
  }
  context.save()
  context.translate(left, top)
  const chart = new Chart(standIn as unknown as HTMLCanvasElement, {
    type: 'scatter',
    platform: BasicPlatform,
    data: { datasets: [] },
    // Sizes of the drawing are what counts here: pixels belong to whoever made the context.
    options: optionsOf(state, 1),
    plugins: [plugin],
  })
  chart.destroy()
  context.restore()
}
