import type { StepRange } from '../../../src-core/activity/activity.ts'
import type { NeuronOrder } from './neuronOrder.ts'
import type { SpikeColouring } from './stackModel.ts'
import { brushBetween, keepInside, pan, zoomAbout } from './timeView.ts'

/** Steps in view at least. */
const narrowest = 5
const fewestRows = 4

/** How a person looks at recordings: what is in view, what is brushed, in which order and colours. */
export class ActivityLook {
  order = $state<NeuronOrder>('index')
  colouring = $state<SpikeColouring>('layer')
  brush = $state.raw<StepRange | null>(null)
  wholePotential = $state(false)
  /** Layers that are not drawn. */
  hidden = $state.raw<readonly string[]>([])
  cursor = $state<number | null>(null)
  #extent = $state.raw<StepRange>({ from: 0, to: 1 })
  /** null: all of it. */
  #time = $state.raw<StepRange | null>(null)
  #rows = $state.raw<readonly StepRange[]>([])

  get extent(): StepRange {
    return this.#extent
  }

  get time(): StepRange {
    return this.#time ?? this.#extent
  }

  get zoomed(): boolean {
    return this.#time !== null || this.#rows.length > 0
  }

  /** Tells how many steps there are; more of the same recordings leave what is in view as it is. */
  setSteps(steps: number): void {
    const to = Math.max(1, steps)
    if (to === this.#extent.to) return
    this.#extent = { from: 0, to }
    if (this.#time !== null && this.#time.to > to) this.#time = keepInside(this.#time, this.#extent)
    if (this.brush !== null && this.brush.to > to) this.brush = null
  }

  /** Draws a layer, or draws it no longer; which neurons of the others are in view begins anew. */
  toggleLayer(name: string): void {
    this.hidden = this.hidden.includes(name) ? this.hidden.filter((one) => one !== name) : [...this.hidden, name]
    this.#rows = []
  }

  rowsOf(index: number, neurons: number): StepRange {
    return this.#rows[index] ?? { from: 0, to: neurons }
  }

  zoomTime(about: number, factor: number): void {
    this.#show(zoomAbout(this.time, this.#extent, { about, factor, narrowest }))
  }

  zoomRows(layers: readonly number[], index: number, about: number, factor: number): void {
    const neurons = layers[index] ?? 1
    const zoom = { about, factor, narrowest: fewestRows }
    const own = zoomAbout(this.rowsOf(index, neurons), { from: 0, to: neurons }, zoom)
    this.#rows = layers.map((count, place) => (place === index ? own : this.rowsOf(place, count)))
  }

  panTime(by: number): void {
    this.#show(pan(this.time, this.#extent, by))
  }

  panRows(layers: readonly number[], index: number, by: number): void {
    const neurons = layers[index] ?? 1
    const own = pan(this.rowsOf(index, neurons), { from: 0, to: neurons }, by)
    this.#rows = layers.map((count, place) => (place === index ? own : this.rowsOf(place, count)))
  }

  showAll(): void {
    this.#time = null
    this.#rows = []
  }

  showBrush(): void {
    if (this.brush === null) return
    const { from, to } = this.brush
    const margin = (to - from) * 0.05
    this.#show(keepInside({ from: from - margin, to: to + margin }, this.#extent))
  }

  brushBetween(a: number, b: number): void {
    this.brush = brushBetween(a, b, this.#extent)
  }

  /** A brush over the middle of what is in view. */
  brushMiddle(): void {
    const { from, to } = this.time
    this.brushBetween(from + (to - from) * 0.4, from + (to - from) * 0.6)
  }

  moveBrush(by: number): void {
    if (this.brush === null) this.brushMiddle()
    else {
      const { from, to } = pan(this.brush, this.#extent, Math.round(by))
      this.brush = { from, to }
    }
  }

  /** Moves one end of the brush; the other stays. */
  moveEnd(end: 'from' | 'to', to: number): void {
    if (this.brush === null) return
    const step = Math.round(to)
    if (end === 'from') this.brushBetween(Math.min(step, this.brush.to - 1), this.brush.to)
    else this.brushBetween(this.brush.from, Math.max(step, this.brush.from + 1))
  }

  #show(time: StepRange): void {
    this.#time = time.from <= 0 && time.to >= this.#extent.to ? null : time
  }
}
