import { dot } from './vector'

/**
 * Minus the inverse of a small lower triangular block, as rows: `-inverse[j][k]` at `out + j * outStride + 8 k`, zero
 * above the diagonal.
 */
export function negativeInverse(block: usize, width: i32, stride: usize, out: usize, outStride: usize): void {
  // Column by column of the inverse, kept as a row of its transpose in `out` while it grows; transposed at the end.
  for (let column = 0; column < width; column++) {
    const row = out + <usize>column * outStride
    memory.fill(row, 0, (<usize>width) << 3)
    for (let index = column; index < width; index++) {
      const line = block + <usize>index * stride
      const from = (<usize>column) << 3
      const right = index == column ? -1.0 : 0.0
      const sum = dot(line + from, row + from, index - column)
      store<f64>(row + ((<usize>index) << 3), (right - sum) / load<f64>(line + ((<usize>index) << 3)))
    }
  }
  for (let row = 0; row < width; row++) {
    for (let column = row + 1; column < width; column++) {
      const upper = out + <usize>row * outStride + ((<usize>column) << 3)
      const lower = out + <usize>column * outStride + ((<usize>row) << 3)
      store<f64>(lower, load<f64>(upper))
      store<f64>(upper, 0)
    }
  }
}
