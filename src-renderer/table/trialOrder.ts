/**
 * The order of rows in the trial table, off typed keys: a number for each trial and sorted column, in a typed array by
 * trial number. A live update reads the changed trials only, and merges them into the order that is there.
 */
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { TableColumn } from './columns.ts'
import { sortByColumns } from './radixSort.ts'

/** How the table is sorted: by the first column, where equal by the second, and so on. */
export type Sorting = readonly { readonly key: string; readonly descending: boolean }[]

export const latestFirst: Sorting = [{ key: 'number', descending: true }]

/** Columns that a person may sort by at once. */
const sortedAtMost = 4

/**
 * A click on a header. Alone: sorts by it, largest first; a second click turns the direction. With Shift (`add`): sorts by
 * it within what is equal so far, turns it, and takes it away at the third click.
 */
export const nextSorting = (current: Sorting, key: string, add: boolean): Sorting => {
  const before = current.find((entry) => entry.key === key)
  if (!add) return [{ key, descending: before === undefined || current.length > 1 || !before.descending }]
  if (before === undefined) return [...current, { key, descending: true }].slice(-sortedAtMost)
  if (before.descending) return current.map((entry) => (entry.key === key ? { key, descending: false } : entry))
  const left = current.filter((entry) => entry.key !== key)
  return left.length === 0 ? latestFirst : left
}

interface SortedColumn {
  readonly column: TableColumn
  readonly sign: 1 | -1
  /** By trial number; what is missing is Infinity, so that it comes last either way. */
  keys: Float64Array
  /** Ranks of texts; null: the column is of numbers. */
  ranks: Map<string, number> | null
}

const collator = new Intl.Collator('en', { numeric: true })

const ranksOf = ({ order, value }: TableColumn, trials: readonly TrialRow[]): Map<string, number> => {
  const texts = new Set<string>(order)
  const known = texts.size
  for (const trial of trials) {
    const text = value(trial)
    if (typeof text === 'string') texts.add(text)
  }
  const all = [...texts]
  const sorted = [...all.slice(0, known), ...all.slice(known).sort((a, b) => collator.compare(a, b))]
  return new Map(sorted.map((text, rank) => [text, rank]))
}

export class TrialOrder {
  #sorted: SortedColumn[] = []
  #sorting: Sorting = []
  #columns: readonly TableColumn[] = []
  #trials: readonly TrialRow[] = []
  #order: Uint32Array = new Uint32Array(0)
  #rows: (TrialRow | undefined)[] = []

  /** Trial numbers in the order of the rows. Not to be changed; a new one after every change. */
  get order(): Uint32Array {
    return this.#order
  }

  /**
   * Brings the order up to date.
   * @param trials shown ones, by rising number
   */
  update(trials: readonly TrialRow[], columns: readonly TableColumn[], sorting: Sorting): Uint32Array {
    const anew = sorting !== this.#sorting || columns !== this.#columns
    if (!anew && trials === this.#trials) return this.#order
    const changed = anew ? null : this.#changed(trials)
    this.#trials = trials
    const moved =
      changed === null || changed.numbers.length > trials.length / 4 ? null : this.#readKeys(changed.numbers)
    if (changed === null || moved === null) this.#sortAll(trials, columns, sorting)
    else this.#merge(new Set([...changed.comeOrGone, ...moved]))
    return this.#order
  }

  /** The row of a trial that is shown. */
  row(number: number): TrialRow | undefined {
    return this.#rows[number]
  }

  /** Numbers of trials that differ from before: come, gone or measured anew. */
  #changed(trials: readonly TrialRow[]): Record<'numbers' | 'comeOrGone', readonly number[]> {
    const changed: number[] = []
    const comeOrGone: number[] = []
    const before = this.#trials
    const rows = this.#rows
    let at = 0
    for (const trial of trials) {
      if (before[at] === trial) {
        at += 1
        continue
      }
      while (at < before.length && (before[at]?.number ?? 0) < trial.number) {
        const gone = before[at]?.number ?? 0
        rows[gone] = undefined
        changed.push(gone)
        comeOrGone.push(gone)
        at += 1
      }
      const old = before[at]
      if (old?.number === trial.number) at += 1
      else comeOrGone.push(trial.number)
      if (old !== trial) {
        rows[trial.number] = trial
        changed.push(trial.number)
      }
    }
    for (; at < before.length; at += 1) {
      const gone = before[at]?.number ?? 0
      rows[gone] = undefined
      changed.push(gone)
      comeOrGone.push(gone)
    }
    return { numbers: changed, comeOrGone }
  }

  #sortAll(trials: readonly TrialRow[], columns: readonly TableColumn[], sorting: Sorting): void {
    this.#sorting = sorting
    this.#columns = columns
    this.#rows = []
    for (const trial of trials) this.#rows[trial.number] = trial
    const size = (trials.at(-1)?.number ?? 0) + 1024
    this.#sorted = sorting.flatMap(({ key, descending }) => {
      const column = columns.find((candidate) => candidate.key === key)
      if (column === undefined) return []
      const ranks = column.kind === 'number' ? null : ranksOf(column, trials)
      return [{ column, sign: descending ? -1 : 1, keys: new Float64Array(size), ranks } as const]
    })
    const numbers = Uint32Array.from(trials, ({ number }) => number)
    this.#readKeys(numbers)
    this.#order = sortByColumns(
      numbers.reverse(),
      this.#sorted.map(({ keys }) => keys),
    )
  }

  /** Numbers whose keys are others than before; null: a text has no rank yet, so that all must be ranked anew. */
  #readKeys(numbers: Iterable<number>): readonly number[] | null {
    const moved: number[] = []
    for (const number of numbers) {
      const trial = this.#rows[number]
      if (trial === undefined) continue
      for (const sorted of this.#sorted) {
        if (number >= sorted.keys.length) {
          const longer = new Float64Array(Math.max(number + 1, sorted.keys.length * 2))
          longer.set(sorted.keys)
          sorted.keys = longer
        }
        const value = sorted.column.value(trial)
        const key = typeof value === 'string' ? sorted.ranks?.get(value) : (value ?? Infinity)
        if (key === undefined) return null
        const signed = key === Infinity || Number.isNaN(key) ? Infinity : key * sorted.sign
        if (sorted.keys[number] === signed) continue
        sorted.keys[number] = signed
        moved.push(number)
      }
    }
    return moved
  }

  /** By the sorted columns; equal ones by falling number. */
  #compare(): (a: number, b: number) => number {
    const all = this.#sorted.map(({ keys }) => keys)
    const [first] = all
    if (first === undefined) return (a, b) => b - a
    const later = all.slice(1)
    return (a, b) => {
      const x = first[a] ?? Infinity
      const y = first[b] ?? Infinity
      if (x < y) return -1
      if (x > y) return 1
      for (const keys of later) {
        const u = keys[a] ?? Infinity
        const v = keys[b] ?? Infinity
        if (u < v) return -1
        if (u > v) return 1
      }
      return b - a
    }
  }

  /** @param changed numbers of trials that came, went or have another place */
  #merge(changed: ReadonlySet<number>): void {
    if (changed.size === 0) {
      // Rows have changed though they stay where they are.
      this.#order = this.#order.slice()
      return
    }
    const compare = this.#compare()
    const moved = new Uint8Array(this.#rows.length)
    for (const number of changed) moved[number] = 1
    const coming = Uint32Array.from([...changed].filter((number) => this.#rows[number] !== undefined)).sort(compare)
    const merged = new Uint32Array(this.#trials.length)
    let from = 0
    let at = 0
    for (const number of this.#order) {
      if (moved[number] === 1) continue
      for (let next = coming[from]; next !== undefined && compare(next, number) < 0; next = coming[from]) {
        merged[at++] = next
        from += 1
      }
      merged[at++] = number
    }
    merged.set(coming.subarray(from), at)
    this.#order = merged
  }
}
