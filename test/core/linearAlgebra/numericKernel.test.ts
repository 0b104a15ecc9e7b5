import { describe, expect, it } from 'vitest'
import { Arena, rowLength } from '../../../src-core/linearAlgebra/arena.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { numericKernel } from '../../support/numericKernel.ts'

/** Sizes around the blocks of 4, 8 and 64. */
const sizes = [1, 2, 3, 5, 63, 64, 65, 130, 257]

/** Matrices in the kernel's memory. */
class Bench {
  readonly kernel = numericKernel()
  readonly arena = new Arena(this.kernel)

  /** A matrix of `rows` by `columns` from a function of the indices; returns where it lies and how to read it. */
  matrix(rows: number, columns: number, entry: (row: number, column: number) => number) {
    const length = rowLength(columns)
    const pointer = this.arena.allocate(rows * length)
    const numbers = this.arena.view(pointer, rows * length)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) numbers[row * length + column] = entry(row, column)
    }
    const at = (row: number, column: number): number =>
      this.arena.view(pointer, rows * length)[row * length + column] ?? NaN
    return { pointer, stride: 8 * length, at }
  }
}

/** min(i, j) + 1 is L L^T for the L of ones; its inverse is tridiagonal with 2, -1 and a last 1. */
const minimum = (row: number, column: number): number => Math.min(row, column) + 1

const inverseOfMinimum = (n: number, row: number, column: number): number => {
  if (row === column) return row === n - 1 ? 1 : 2
  return Math.abs(row - column) === 1 ? -1 : 0
}

describe.each(sizes)('the numeric kernel on matrices of %i rows', (n) => {
  it('factorises min(i, j) + 1 into ones', () => {
    const bench = new Bench()
    const a = bench.matrix(n, n, minimum)
    expect(bench.kernel.cholesky(a.pointer, n, a.stride)).toBe(0)
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) expect(a.at(row, column)).toBeCloseTo(1, 12)
    }
  })

  it('appends rows to the same factor', () => {
    const bench = new Bench()
    const half = Math.ceil(n / 2)
    const a = bench.matrix(n, n, minimum)
    expect(bench.kernel.cholesky(a.pointer, half, a.stride)).toBe(0)
    for (let row = half; row < n; row++) expect(bench.kernel.appendRow(a.pointer, row, a.stride)).toBe(0)
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) expect(a.at(row, column)).toBeCloseTo(1, 12)
    }
  })

  it('inverts', () => {
    const bench = new Bench()
    const a = bench.matrix(n, n, minimum)
    const x = bench.matrix(n, n, () => NaN)
    bench.kernel.cholesky(a.pointer, n, a.stride)
    bench.kernel.inverseTransposed(a.pointer, n, a.stride, x.pointer, x.stride)
    bench.kernel.multiplyInverse(x.pointer, n, x.stride, a.pointer, a.stride)
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        expect(a.at(row, column)).toBeCloseTo(inverseOfMinimum(n, row, column), 9)
      }
    }
  })

  it('solves with one and with many right-hand sides', () => {
    const bench = new Bench()
    const l = bench.matrix(n, n, (row, column) => (column <= row ? 1 : NaN))
    // L of ones takes a vector to its running sums.
    const solution = (right: number, row: number): number => Math.sin(1 + right + 3 * row)
    const runningSum = (right: number, row: number): number =>
      Array.from({ length: row + 1 }, (_, index) => solution(right, index)).reduce((sum, value) => sum + value, 0)
    const many = bench.matrix(7, n, runningSum)
    bench.kernel.solveLowerRows(l.pointer, n, l.stride, many.pointer, 7, many.stride)
    const one = bench.matrix(1, n, runningSum)
    bench.kernel.solveLower(l.pointer, n, l.stride, one.pointer)
    const sumToEnd = (row: number): number =>
      Array.from({ length: n - row }, (_, index) => solution(0, row + index)).reduce((sum, value) => sum + value, 0)
    const transposed = bench.matrix(1, n, (_, row) => sumToEnd(row))
    bench.kernel.solveLowerTransposed(l.pointer, n, l.stride, transposed.pointer)
    for (let row = 0; row < n; row++) {
      expect(one.at(0, row)).toBeCloseTo(solution(0, row), 10)
      expect(transposed.at(0, row)).toBeCloseTo(solution(0, row), 10)
      for (let right = 0; right < 7; right++) expect(many.at(right, row)).toBeCloseTo(solution(right, row), 10)
    }
  })

  it('multiplies a matrix with itself', () => {
    const bench = new Bench()
    const depth = 70
    const entry = (row: number, column: number): number => Math.cos(row + 2 * column)
    const a = bench.matrix(n, depth, entry)
    const c = bench.matrix(n, n, () => NaN)
    bench.kernel.symmetricProduct(a.pointer, a.stride, n, depth, c.pointer, c.stride)
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        const expected = Array.from({ length: depth }, (_, index) => entry(row, index) * entry(column, index))
        const total = expected.reduce((sum, value) => sum + value, 0)
        expect(Math.abs(c.at(row, column) - total)).toBeLessThan(1e-11)
      }
    }
  })
})

describe('the numeric kernel', () => {
  it.each([0, 1, 63, 64, 100])('says which pivot is not positive: %i', (pivot) => {
    const bench = new Bench()
    const a = bench.matrix(101, 101, (row, column) => (row === column ? (row === pivot ? -1 : 2) : 0))
    expect(bench.kernel.cholesky(a.pointer, 101, a.stride)).toBe(pivot + 1)
  })

  it('says so of a matrix with something that is no number', () => {
    const bench = new Bench()
    const a = bench.matrix(70, 70, (row, column) => (row === 66 && column === 3 ? NaN : row === column ? 1 : 0))
    expect(bench.kernel.cholesky(a.pointer, 70, a.stride)).toBe(67)
  })

  it('has covariances of Matern, nu = 5/2, as the formula says', () => {
    const bench = new Bench()
    const generator = createGenerator(3)
    const dimensions = 3
    const count = 21
    const points = Array.from({ length: count }, () =>
      Array.from({ length: dimensions }, () => 40 * generator.next() ** 3),
    )
    const rows = bench.arena.place(points.flat())
    const length = rowLength(count)
    const table = bench.arena.allocate(dimensions * length)
    const numbers = bench.arena.view(table, dimensions * length)
    for (const [index, point] of points.entries()) {
      for (const [dimension, coordinate] of point.entries()) numbers[dimension * length + index] = coordinate
    }
    const out = bench.matrix(count, count, () => NaN)
    const { kernel } = bench
    kernel.maternRows(table, 8 * length, count, dimensions, rows, count, 24, 1.7, out.pointer, out.stride)
    for (const [row, a] of points.entries()) {
      for (const [column, b] of points.entries()) {
        const s = Math.sqrt(5 * a.reduce((sum, x, dimension) => sum + (x - (b[dimension] ?? 0)) ** 2, 0))
        const expected = 1.7 * (1 + s + (s * s) / 3) * Math.exp(-s)
        expect(Math.abs(out.at(row, column) - expected)).toBeLessThanOrEqual(4e-15 * expected)
      }
    }
  })

  it('gives memory back', () => {
    const kernel = numericKernel()
    const use = (): void => {
      const arena = new Arena(kernel)
      for (let block = 1; block < 20; block++) arena.allocate(1000 * block)
      arena.dispose()
    }
    use()
    const used = kernel.memory.buffer.byteLength
    for (let round = 0; round < 100; round++) use()
    expect(kernel.memory.buffer.byteLength).toBe(used)
  })
})
