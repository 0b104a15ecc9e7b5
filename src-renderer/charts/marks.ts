import { type PointKind, pointKinds } from './pointKinds.ts'

/** Trials as points of a chart, by rising number, in typed arrays of the same length, so that 10,000 cost little. */
export interface Marks {
  readonly count: number
  readonly numbers: Int32Array
  /** Values of the axes; NaN: not drawn. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Places in `pointKinds`. */
  readonly kinds: Uint8Array
  /** Standard errors in units of the axes, NaN: none; absent: no mark has any. */
  readonly errors?: { readonly x: Float64Array; readonly y: Float64Array }
}

const placeOfKind = Object.fromEntries(pointKinds.map((kind, place) => [kind, place])) as Record<PointKind, number>
const runningKind = placeOfKind.running
export const failedKind = placeOfKind.failed

export const markKind = (place: number): PointKind => pointKinds[place] ?? 'failed'

/** Whether a mark may move at every update. */
export const isLive = (kind: number): boolean => kind === runningKind

/** Gathers marks by rising number, at most `capacity`. */
export class MarkBuilder {
  readonly #numbers: Int32Array
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #kinds: Uint8Array
  #errors: { x: Float64Array; y: Float64Array } | null = null
  #count = 0

  constructor(capacity: number) {
    this.#numbers = new Int32Array(capacity)
    this.#x = new Float64Array(capacity)
    this.#y = new Float64Array(capacity)
    this.#kinds = new Uint8Array(capacity)
  }

  add(number: number, kind: PointKind, x: number, y: number): void {
    this.addPlace(number, placeOfKind[kind], x, y)
  }

  /** @param kind place in `pointKinds` */
  addPlace(number: number, kind: number, x: number, y: number): void {
    const at = this.#count++
    this.#numbers[at] = number
    this.#x[at] = x
    this.#y[at] = y
    this.#kinds[at] = kind
  }

  /** The standard errors of the mark that was added last; NaN: none. */
  addErrors(x: number, y: number): void {
    if (Number.isNaN(x) && Number.isNaN(y)) return
    const none = (): Float64Array => new Float64Array(this.#x.length).fill(NaN)
    this.#errors ??= { x: none(), y: none() }
    this.#errors.x[this.#count - 1] = x
    this.#errors.y[this.#count - 1] = y
  }

  build(): Marks {
    const count = this.#count
    const errors = this.#errors
    return {
      count,
      numbers: this.#numbers.subarray(0, count),
      x: this.#x.subarray(0, count),
      y: this.#y.subarray(0, count),
      kinds: this.#kinds.subarray(0, count),
      ...(errors && { errors: { x: errors.x.subarray(0, count), y: errors.y.subarray(0, count) } }),
    }
  }
}

/** Places of a trial among the marks, which lie together: several where a plot has several marks of each trial. */
export const placesOfTrial = ({ numbers }: Marks, number: number): number[] => {
  const places: number[] = []
  for (let at = numbers.indexOf(number); at >= 0 && numbers[at] === number; at++) places.push(at)
  return places
}
