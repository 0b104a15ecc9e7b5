import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { unchangedCount } from '../charts/unchanged.ts'

/** Trials that have begun by rising start, of equal ones the first before; kept from update to update. */
export class StartOrder {
  #trials: readonly TrialRow[] = []
  /** Places of trials. */
  #places = new Int32Array(0)

  /**
   * @param starts of each trial; NaN: it has not begun
   * @param kinds below 0: it has not begun
   * @returns places of trials
   */
  of(trials: readonly TrialRow[], starts: Float64Array, kinds: Float64Array): Int32Array {
    if (trials === this.#trials) return this.#places
    const from = unchangedCount(this.#trials, trials)
    const late: number[] = []
    for (let at = from; at < trials.length; at++) {
      if (!Number.isNaN(starts[at] ?? NaN) && (kinds[at] ?? -1) >= 0) late.push(at)
    }
    const startOf = (at: number): number => starts[at] ?? 0
    late.sort((a, b) => startOf(a) - startOf(b))
    this.#places = merged(this.#places, late, { from, startOf })
    this.#trials = trials
    return this.#places
  }
}

interface Merging {
  /** Places from here on are not as before. */
  readonly from: number
  readonly startOf: (at: number) => number
}

const merged = (known: Int32Array, late: readonly number[], { from, startOf }: Merging): Int32Array<ArrayBuffer> => {
  const places = new Int32Array(known.length + late.length)
  let count = 0
  let next = 0
  for (const place of known) {
    if (place >= from) continue
    for (let one = late[next]; one !== undefined && startOf(one) < startOf(place); one = late[++next])
      places[count++] = one
    places[count++] = place
  }
  for (; next < late.length; next++) places[count++] = late[next] ?? 0
  return places.subarray(0, count)
}
