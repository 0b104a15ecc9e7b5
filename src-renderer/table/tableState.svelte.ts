/** The trial table's own state: what it shows of a board, in which order and columns. */
import { untrack } from 'svelte'
import { z } from 'zod'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { Board } from '../state/board.svelte.ts'
import { preference } from '../state/preferences.svelte.ts'
import { definitionOf } from '../trials/studyDefinition.ts'
import {
  type ColumnLayout,
  columnLayoutSchema,
  constantHyperparameters,
  initialLayout,
  placeColumns,
  type PlacedColumn,
} from './columnLayout.ts'
import { type TableColumn, tableColumns } from './columns.ts'
import {
  byColumn,
  type ColumnStatistics,
  constantAmong,
  constantColumns,
  LiveStatistics,
  type StatisticsByColumn,
} from './columnStatistics.ts'
import { latestFirst, nextSorting, type Sorting, TrialOrder } from './trialOrder.ts'

const sortingSchema = z.array(z.strictObject({ key: z.string(), descending: z.boolean() })).min(1)

/** Statistics of the heads are of all trials: made again at most so often while a study runs, large ones less often. */
const statisticsEveryMs = (trials: number): number => Math.max(2000, trials / 20)

export class TableState {
  readonly board: Board
  readonly #layout = preference('table.columns', columnLayoutSchema, initialLayout)
  readonly #sorting = preference('table.sorting', sortingSchema, [...latestFirst])
  readonly #order = new TrialOrder()
  readonly #liveStatistics = new WeakMap<TableColumn, LiveStatistics>()
  #statistics = $state.raw<StatisticsByColumn>(byColumn([]))
  /** Until there are statistics, so that no constant column flashes. */
  #constantAtFirst = $state.raw<ReadonlySet<string>>(constantAmong([], []))

  readonly space = $derived.by(() => definitionOf(this.board.view).space)
  // Read apart from the rest of the view, so that a live update leaves the columns as they are.
  readonly #names = $derived.by(() => this.board.view.names)
  readonly #constraints = $derived.by(() => this.board.constraints)
  readonly #limits = $derived.by(() => this.board.limits)
  readonly #objective = $derived.by(() => this.board.objective)
  readonly #network = $derived.by(() => this.board.view.summary.network)
  /** Every column that there can be. */
  readonly columns: readonly TableColumn[] = $derived.by(() =>
    tableColumns({
      ...this.#names,
      constraints: this.#constraints,
      limits: this.#limits,
      objective: this.#objective,
      network: this.#network,
      space: this.space,
    }),
  )
  readonly constant: ReadonlySet<string> = $derived.by(() =>
    this.#statistics.size === 0 ? this.#constantAtFirst : constantColumns(this.#statistics),
  )
  /** The columns to draw. */
  readonly placed: readonly PlacedColumn[] = $derived.by(() => placeColumns(this.columns, this.layout, this.constant))
  readonly constantHyperparameters: readonly TableColumn[] = $derived.by(() =>
    constantHyperparameters(this.columns, this.layout, this.constant),
  )
  /** Trial numbers in the order of the rows. */
  readonly order: Uint32Array = $derived.by(() => this.#order.update(this.board.trials, this.columns, this.sorting))

  constructor(board: Board) {
    this.board = board
  }

  get layout(): ColumnLayout {
    return this.#layout.value
  }

  set layout(layout: ColumnLayout) {
    this.#layout.value = layout
  }

  get sorting(): Sorting {
    return this.#sorting.value
  }

  toggleConstant(): void {
    this.layout = { ...this.layout, hideConstant: !this.layout.hideConstant }
  }

  sortBy(key: string, add: boolean): void {
    this.#sorting.value = [...nextSorting(this.sorting, key, add)]
  }

  sortOnly(key: string, descending: boolean): void {
    this.#sorting.value = [{ key, descending }]
  }

  /** Of all trials, filtered or not: so a range can be widened again. */
  statisticsOf(key: string): ColumnStatistics | null {
    return this.#statistics.get(key) ?? null
  }

  /** The trial of a row; null: there is no such row. */
  at(position: number): TrialRow | null {
    const number = this.order[position]
    return number === undefined ? null : (this.#order.row(number) ?? null)
  }

  rows(first: number, last: number): TrialRow[] {
    const rows: TrialRow[] = []
    for (const number of this.order.subarray(first, last)) {
      const row = this.#order.row(number)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  /** Place of a trial among the rows; -1: it is not shown. */
  positionOf(number: number): number {
    return this.order.indexOf(number)
  }

  #live(column: TableColumn): LiveStatistics {
    const known = this.#liveStatistics.get(column)
    if (known !== undefined) return known
    const made = new LiveStatistics(column)
    this.#liveStatistics.set(column, made)
    return made
  }

  /** Keeps the statistics up to date; to be called once, while a component is made. */
  followStatistics(): void {
    let readAt = -Infinity
    let waiting: ReturnType<typeof setTimeout> | null = null
    let idle: number | null = null
    let changed = false
    const plan = (): void => {
      const left = readAt + statisticsEveryMs(this.board.view.trials.length) - performance.now()
      if (left <= 0) read()
      else waiting = setTimeout(read, left)
    }
    const read = (): void => {
      waiting = null
      changed = false
      readAt = performance.now()
      const { trials } = this.board.view
      const placed = this.placed.map(({ column }) => column.key)
      const left = this.columns.filter(({ key, kind, initial }) => kind !== 'text' && (initial || placed.includes(key)))
      const found: [string, ColumnStatistics][] = []
      const finish = (hasTime: () => boolean): void => {
        for (const column of left.splice(0)) {
          if (hasTime()) found.push([column.key, this.#live(column).of(trials)])
          else left.push(column)
        }
        idle = left.length === 0 ? null : requestIdleCallback(whenIdle)
        if (idle !== null) return
        this.#statistics = byColumn(found)
        if (changed) plan()
      }
      const whenIdle = (deadline: IdleDeadline): void => {
        const size = found.length
        // One column at least, or a busy window would never see the end of it.
        finish(() => found.length === size || deadline.timeRemaining() > 5)
      }
      if (this.#statistics.size === 0) this.#constantAtFirst = constantAmong(left, trials)
      idle = requestIdleCallback(whenIdle)
    }
    $effect.pre(() => {
      void this.board.view.trials
      void this.placed.length
      untrack(() => {
        changed = true
        if (waiting === null && idle === null) plan()
      })
    })
    $effect(() => () => {
      if (waiting !== null) clearTimeout(waiting)
      if (idle !== null) cancelIdleCallback(idle)
    })
  }
}
