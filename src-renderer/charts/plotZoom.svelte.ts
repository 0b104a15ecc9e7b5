import { areaBetween, centreOf, zoomAround } from '../model/zoom.ts'
import type { ChartArea } from '../model/zoom.ts'
import { shownOf, wholeOf } from './axes.ts'
import type { Plot } from './plot.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** What part of a chart is shown: a person's choice, which outlives every update of the chart. In units of the axes. */
export class PlotZoom {
  area = $state.raw<ChartArea | null>(null)
  readonly #plot: () => Plot

  constructor(plot: () => Plot) {
    this.#plot = plot
  }

  get zoomed(): boolean {
    return this.area !== null
  }

  /** Zooms by `factor` (below 1: closer) around a point, the middle unless another is given. */
  by(factor: number, centre?: Point): void {
    const plot = this.#plot()
    const shown = shownOf(plot, this.area)
    this.area = zoomAround(shown, factor, centre ?? centreOf(shown), wholeOf(plot))
  }

  between(a: Point, b: Point): void {
    const plot = this.#plot()
    const { x, y } = areaBetween(a, b, wholeOf(plot))
    const shown = shownOf(plot, this.area)
    this.area = { x: plot.x.zoomed === false ? shown.x : x, y: plot.y.zoomed === false ? shown.y : y }
  }

  /** Moves what is shown by shares of its size, within the whole. */
  pan(byX: number, byY: number): void {
    if (this.area === null) return
    const whole = wholeOf(this.#plot())
    const move = (shown: ChartArea['x'], all: ChartArea['x'], share: number): ChartArea['x'] => {
      const span = shown.max - shown.min
      const min = Math.min(Math.max(all.min, shown.min + span * share), Math.max(all.min, all.max - span))
      return { min, max: min + span }
    }
    this.area = { x: move(this.area.x, whole.x, byX), y: move(this.area.y, whole.y, byY) }
  }

  all(): void {
    this.area = null
  }
}
