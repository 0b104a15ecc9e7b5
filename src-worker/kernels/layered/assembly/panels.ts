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
 * Packs the transposed rows from `from` on, eight of them, of `rows` rows of `depth` numbers: row k of the panel has entry k
 * of each; rows that are not there are 0.
 */
export function packTransposed(matrix: usize, rows: i32, depth: i32, from: i32, panel: usize): void {
  packFourTransposed(matrix, rows, depth, from, panel)
  packFourTransposed(matrix, rows, depth, from + 4, panel + 16)
}

/** Half a panel: its rows are 32 bytes apart. */
function packFourTransposed(matrix: usize, rows: i32, depth: i32, from: i32, panel: usize): void {
  const stride = (<usize>depth) << 2
  const whole = from + 4 <= rows ? depth & ~3 : 0
  let source = matrix + <usize>from * stride
  let to = panel
  for (let k = 0; k < whole; k += 4, source += 16, to += 128) {
    const r0 = v128.load(source)
    const r1 = v128.load(source + stride)
    const r2 = v128.load(source + 2 * stride)
    const r3 = v128.load(source + 3 * stride)
    const low01 = v128.shuffle<u32>(r0, r1, 0, 4, 1, 5)
    const high01 = v128.shuffle<u32>(r0, r1, 2, 6, 3, 7)
    const low23 = v128.shuffle<u32>(r2, r3, 0, 4, 1, 5)
    const high23 = v128.shuffle<u32>(r2, r3, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<u64>(low01, low23, 0, 2))
    v128.store(to, v128.shuffle<u64>(low01, low23, 1, 3), 32)
    v128.store(to, v128.shuffle<u64>(high01, high23, 0, 2), 64)
    v128.store(to, v128.shuffle<u64>(high01, high23, 1, 3), 96)
  }
  for (let k = whole; k < depth; k++, source += 4, to += 32) {
    for (let row = 0; row < 4; row++) {
      const x = from + row < rows ? load<f32>(source + <usize>row * stride) : 0
      store<f32>(to + ((<usize>row) << 2), x)
    }
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
