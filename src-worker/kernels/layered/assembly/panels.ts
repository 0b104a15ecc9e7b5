/** Panels: some columns of a matrix in one piece, padded with zeros. */

/**
 * Packs columns from `from` on, `groups` groups of four, of `rows` rows of `width` numbers; the columns that are not there
 * are 0.
 */
export function packColumns(matrix: usize, rows: i32, width: i32, from: i32, groups: i32, panel: usize): void {
  const stride = (<usize>width) << 2
  const wanted = groups << 2
  const have = min(wanted, width - from)
  const whole = have & ~3
  let source = matrix + ((<usize>from) << 2)
  let to = panel
  for (let row = 0; row < rows; row++) {
    let column = 0
    for (; column < whole; column += 4)
      v128.store(to + ((<usize>column) << 2), v128.load(source + ((<usize>column) << 2)))
    for (; column < have; column++) store<f32>(to + ((<usize>column) << 2), load<f32>(source + ((<usize>column) << 2)))
    for (; column < wanted; column++) store<f32>(to + ((<usize>column) << 2), 0)
    source += stride
    to += (<usize>wanted) << 2
  }
}

/**
 * Packs the transposed rows from `from` on, `wanted` of them, of `rows` rows of `depth` numbers: row k of the panel has
 * entry k of each; rows that are not there are 0.
 */
export function packTransposed(matrix: usize, rows: i32, depth: i32, from: i32, wanted: i32, panel: usize): void {
  const step = (<usize>wanted) << 2
  for (let column = 0; column < wanted; column++) {
    let to = panel + ((<usize>column) << 2)
    if (from + column >= rows) {
      for (let k = 0; k < depth; k++, to += step) store<f32>(to, 0)
      continue
    }
    let source = matrix + ((<usize>(from + column) * <usize>depth) << 2)
    for (let k = 0; k < depth; k++, to += step, source += 4) store<f32>(to, load<f32>(source))
  }
}

/** Copies `count` numbers, one by one: fewer than there are to a piece. */
export function copyFew(from: usize, to: usize, count: i32): void {
  for (let index = 0; index < count; index++) {
    store<f32>(to + ((<usize>index) << 2), load<f32>(from + ((<usize>index) << 2)))
  }
}

/** Adds or writes `count` numbers, as `copyFew`. */
export function putFew(from: usize, to: usize, count: i32, add: bool): void {
  if (!add) return copyFew(from, to, count)
  for (let index = 0; index < count; index++) {
    const at = to + ((<usize>index) << 2)
    store<f32>(at, load<f32>(at) + load<f32>(from + ((<usize>index) << 2)))
  }
}
