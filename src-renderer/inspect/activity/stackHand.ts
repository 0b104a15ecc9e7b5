/** What the pointer does on the strips. */
import type { ActivityLook } from './activityLook.svelte.ts'
import type { StackView } from './stackDrawing.ts'
import { type StackLayout, stripAt } from './stackLayout.ts'
import { stepAt } from './stripParts.ts'
import { wheelFactor } from './timeView.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** What is under the pointer now. */
interface Shown {
  readonly look: ActivityLook
  readonly layout: StackLayout
  readonly view: StackView
  /** Neurons of each layer. */
  readonly neurons: readonly number[]
}

interface Drag extends Point {
  /** Else it brushes. */
  readonly pans: boolean
  /** The raster it began in. */
  readonly strip: number | null
  readonly moved: boolean
}

/** Pixels that make a drag of a click. */
const dragAtLeast = 4

/** A hand that zooms, pans and brushes a stack of strips. Points are in CSS pixels from the corner of the drawing. */
export class StackHand {
  readonly #shown: () => Shown
  #drag: Drag | null = null

  constructor(shown: () => Shown) {
    this.#shown = shown
  }

  /** Zooms time; with Alt the rows of the raster under the pointer; sideways or with Shift it pans. */
  turnWheel(
    { x, y }: Point,
    { altKey, shiftKey, deltaX, deltaY }: Pick<WheelEvent, 'altKey' | 'shiftKey' | 'deltaX' | 'deltaY'>,
  ): void {
    const { look, layout, view, neurons } = this.#shown()
    const at = this.#rasterAt(y)
    const perPixel = (look.time.to - look.time.from) / layout.plotWidth
    if (altKey && at !== null) look.zoomRows(neurons, at.index, at.row, wheelFactor(deltaY))
    else if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY))
      look.panTime((shiftKey && deltaX === 0 ? deltaY : deltaX) * perPixel)
    else look.zoomTime(stepAt(layout, view, x), wheelFactor(deltaY))
  }

  /** False: nothing begins here. */
  press(at: Point, { button, altKey }: Pick<PointerEvent, 'button' | 'altKey'>): boolean {
    const { layout } = this.#shown()
    const strip = stripAt(layout, at.y)
    const pans = button === 1 || altKey || strip?.kind === 'axis' || strip?.kind === 'samples'
    if (button > 1 || at.x < layout.left) return false
    this.#drag = { ...at, pans, strip: strip?.kind === 'raster' ? strip.index : null, moved: false }
    return true
  }

  move(at: Point): void {
    const { look, layout, view, neurons } = this.#shown()
    const step = stepAt(layout, view, at.x)
    look.cursor = at.x >= layout.left && at.x <= layout.left + layout.plotWidth ? step : null
    if (this.#drag === null) return
    const drag = {
      ...this.#drag,
      moved: this.#drag.moved || Math.hypot(at.x - this.#drag.x, at.y - this.#drag.y) >= dragAtLeast,
    }
    this.#drag = drag
    if (!drag.moved) return
    if (!drag.pans) {
      look.brushBetween(stepAt(layout, view, drag.x), step)
      return
    }
    look.panTime(((drag.x - at.x) * (look.time.to - look.time.from)) / layout.plotWidth)
    const strip = layout.strips.find(({ kind, index }) => kind === 'raster' && index === drag.strip)
    const own = drag.strip === null ? undefined : view.rows[drag.strip]
    if (drag.strip !== null && strip !== undefined && own !== undefined) {
      look.panRows(neurons, drag.strip, ((drag.y - at.y) * (own.to - own.from)) / strip.height)
    }
    this.#drag = { ...drag, ...at }
  }

  /** The layer and the row that were clicked; null after a drag or elsewhere. */
  release({ y }: Point): { readonly index: number; readonly row: number } | null {
    const ended = this.#drag
    this.#drag = null
    return ended === null || ended.moved ? null : this.#rasterAt(y)
  }

  #rasterAt(y: number): { readonly index: number; readonly row: number } | null {
    const { layout, view } = this.#shown()
    const strip = stripAt(layout, y)
    if (strip?.kind !== 'raster') return null
    const own = view.rows[strip.index] ?? { from: 0, to: 1 }
    return { index: strip.index, row: own.from + ((y - strip.top) / strip.height) * (own.to - own.from) }
  }
}
