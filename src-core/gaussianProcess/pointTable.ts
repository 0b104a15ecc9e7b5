import { type Arena, type Pointer, roundedUp, rowLength } from '../linearAlgebra/arena.ts'
import type { ModelColumns } from './hyperparameters.ts'

/**
 * Points in the kernel's memory, each coordinate divided by its lengthscale: by rows, and as a table by dimensions, in
 * which eight points lie side by side.
 */
export class PointTable {
  readonly columns: ModelColumns
  readonly rows: Pointer
  readonly table: Pointer
  /** Bytes from one row to the next, and from one dimension of the table to the next. */
  readonly rowStride: number
  readonly tableStride: number
  readonly #arena: Arena
  readonly #capacity: number
  #inverse: readonly number[] = []
  #filled = 0

  /** Room for `capacity` points. */
  constructor(arena: Arena, columns: ModelColumns, capacity: number) {
    this.#arena = arena
    this.columns = columns
    this.#capacity = capacity
    const dimensions = columns.groups.length
    this.rowStride = 8 * Math.max(1, dimensions)
    this.tableStride = 8 * rowLength(roundedUp(capacity))
    this.rows = arena.allocate(capacity * Math.max(1, dimensions))
    this.table = arena.allocate((this.tableStride / 8) * Math.max(1, dimensions))
  }

  get count(): number {
    return this.#filled
  }

  get dimensions(): number {
    return this.columns.groups.length
  }

  /** Replaces the points: `points` are row-major, not scaled. */
  fill(points: Float64Array, lengthscales: readonly number[]): void {
    this.#inverse = this.columns.groups.map((group) => 1 / (lengthscales[group] ?? 1))
    this.#filled = 0
    this.append(points)
  }

  /** Adds points behind the last. @throws {Error} when there is no room for them */
  append(points: Float64Array): void {
    const capacity = this.#capacity
    const inverse = this.#inverse
    const { dimensions } = this
    const added = dimensions === 0 ? 0 : points.length / dimensions
    if (this.#filled + added > capacity) throw new Error(`no room for ${added} points behind ${this.#filled}`)
    const rows = this.#arena.view(this.rows, capacity * dimensions)
    const length = this.tableStride / 8
    const table = this.#arena.view(this.table, length * dimensions)
    for (let point = 0; point < added; point++) {
      const row = this.#filled + point
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const scaled = (points[point * dimensions + dimension] ?? 0) * (inverse[dimension] ?? 1)
        rows[row * dimensions + dimension] = scaled
        table[dimension * length + row] = scaled
      }
    }
    this.#filled += added
  }

  /** Queries as the kernel wants them: row-major, scaled like the points. */
  scaled(queries: Float64Array): Float64Array {
    const inverse = this.#inverse
    const { dimensions } = this
    return queries.map((coordinate, index) => coordinate * (inverse[index % dimensions] ?? 1))
  }

  /** What a gradient by scaled coordinates is multiplied by to be one by coordinates. */
  get scales(): readonly number[] {
    return this.#inverse
  }
}
