import { areaBetween, centreOf, type ChartArea, zoomAround } from './zoom.ts'
import { shownOf, wholeOf } from './axes.ts'
import type { Plot } from './plot.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** What parts of plots beside each other are shown, by their names: a person's choice, which outlives every update. */
export class PlotZooms {
  /** In units of the axes; of what is shown whole there is none. */
  #areas = $state.raw<Readonly<Record<string, ChartArea>>>({})
  readonly #zooms: Record<string, PlotZoom> = {}
  readonly #sharesX: boolean

  /** @param sharesX whether all show the same part of the horizontal axis */
  constructor(sharesX = false) {
    this.#sharesX = sharesX
  }

  /** The zoom of one of them. */
  of(name: string, plot: () => Plot): PlotZoom {
    const zoom = this.#zooms[name] ?? new PlotZoom(plot, this, name)
    zoom.plot = plot
    this.#zooms[name] = zoom
    return zoom
  }

  areaOf(name: string): ChartArea | null {
    return this.#areas[name] ?? null
  }

  show(name: string, area: ChartArea | null): void {
    const others = this.#sharesX ? Object.entries(this.#zooms).filter(([other]) => other !== name) : []
    const touched = [name, ...others.map(([other]) => other)]
    const next = Object.fromEntries(Object.entries(this.#areas).filter(([other]) => !touched.includes(other)))
    if (area !== null) {
      next[name] = area
      for (const [other, { plot }] of others) {
        next[other] = { x: area.x, y: shownOf(plot(), this.areaOf(other)).y }
      }
    }
    this.#areas = next
  }

  get zoomed(): boolean {
    return Object.keys(this.#areas).length > 0
  }

  by(factor: number): void {
    const zooms = Object.values(this.#zooms)
    for (const zoom of this.#sharesX ? zooms.slice(0, 1) : zooms) zoom.by(factor)
  }

  all(): void {
    this.#areas = {}
  }
}

/** What part of a chart is shown. */
export class PlotZoom {
  plot: () => Plot
  readonly #zooms: PlotZooms
  readonly #name: string

  constructor(plot: () => Plot, zooms = new PlotZooms(), name = '') {
    this.plot = plot
    this.#zooms = zooms
    this.#name = name
  }

  get area(): ChartArea | null {
    return this.#zooms.areaOf(this.#name)
  }

  get zoomed(): boolean {
    return this.area !== null
  }

  /** Zooms by `factor` (below 1: closer) around a point, the middle unless another is given. */
  by(factor: number, centre?: Point): void {
    const plot = this.plot()
    const shown = shownOf(plot, this.area)
    this.#zooms.show(this.#name, zoomAround(shown, factor, centre ?? centreOf(shown), wholeOf(plot)))
  }

  between(a: Point, b: Point): void {
    const plot = this.plot()
    const { x, y } = areaBetween(a, b, wholeOf(plot))
    const shown = shownOf(plot, this.area)
    this.#zooms.show(this.#name, {
      x: plot.x.zoomed === false ? shown.x : x,
      y: plot.y.zoomed === false ? shown.y : y,
    })
  }

  /** Moves what is shown by shares of its size, within the whole. */
  pan(byX: number, byY: number): void {
    if (this.area === null) return
    const whole = wholeOf(this.plot())
    const move = (shown: ChartArea['x'], all: ChartArea['x'], share: number): ChartArea['x'] => {
      const span = shown.max - shown.min
      const min = Math.min(Math.max(all.min, shown.min + span * share), Math.max(all.min, all.max - span))
      return { min, max: min + span }
    }
    this.#zooms.show(this.#name, { x: move(this.area.x, whole.x, byX), y: move(this.area.y, whole.y, byY) })
  }

  all(): void {
    this.#zooms.show(this.#name, null)
  }
}
