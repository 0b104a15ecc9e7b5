/**
 * Lists of the entries of an activity that are not 0: by row (a step of a sample) the inputs, and by input the rows.
 * Rows of `starts` hold where a list begins, one more than there are lists; indices and starts are u32.
 */

/** After `listRows`: whether an entry that is not 0 is not 1 either. */
export let valued: bool = false

/**
 * Lists `rows` rows of `width` numbers at `activity`.
 * @returns how many are listed; `capacity` + 1 when there are more: the lists are of no use then
 */
export function listRows(activity: usize, rows: i32, width: i32, starts: usize, indices: usize, capacity: u32): u32 {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  let other = i32x4.splat(0)
  let count: u32 = 0
  let at = activity
  const sixteens = width & ~15
  for (let row = 0; row < rows; row++) {
    store<u32>(starts + ((<usize>row) << 2), count)
    if (count + <u32>width > capacity && count + countRow(at, width) > capacity) return capacity + 1
    let to = indices + ((<usize>count) << 2)
    let index = 0
    for (; index < sixteens; index += 16) {
      const x0 = v128.load(at)
      const x1 = v128.load(at, 16)
      const x2 = v128.load(at, 32)
      const x3 = v128.load(at, 48)
      at += 64
      const n0 = f32x4.ne(x0, zero)
      const n1 = f32x4.ne(x1, zero)
      const n2 = f32x4.ne(x2, zero)
      const n3 = f32x4.ne(x3, zero)
      const low = i16x8.narrow_i32x4_s(n0, n1)
      const high = i16x8.narrow_i32x4_s(n2, n3)
      let bits = i8x16.bitmask(i8x16.narrow_i16x8_s(low, high))
      if (bits == 0) continue
      other = v128.or(other, v128.and(n0, f32x4.ne(x0, one)))
      other = v128.or(other, v128.and(n1, f32x4.ne(x1, one)))
      other = v128.or(other, v128.and(n2, f32x4.ne(x2, one)))
      other = v128.or(other, v128.and(n3, f32x4.ne(x3, one)))
      do {
        store<u32>(to, index + ctz(bits))
        to += 4
        bits &= bits - 1
      } while (bits)
    }
    for (; index < width; index++) {
      const x = load<f32>(at)
      at += 4
      if (x == 0) continue
      if (x != 1) other = i32x4.splat(-1)
      store<u32>(to, index)
      to += 4
    }
    count = <u32>((to - indices) >> 2)
  }
  store<u32>(starts + ((<usize>rows) << 2), count)
  valued = v128.any_true(other)
  return count
}

function countRow(at: usize, width: i32): u32 {
  let count: u32 = 0
  for (let index = 0; index < width; index++) {
    if (load<f32>(at + ((<usize>index) << 2)) != 0) count++
  }
  return count
}

/** The entries that `listRows` listed. */
export function listValues(activity: usize, rows: i32, width: i32, starts: usize, indices: usize, values: usize): void {
  let event: usize = load<u32>(starts)
  for (let row = 0; row < rows; row++) {
    const from = activity + ((<usize>row * <usize>width) << 2)
    const end: usize = load<u32>(starts + ((<usize>row + 1) << 2))
    for (; event < end; event++) {
      const index: usize = load<u32>(indices + (event << 2))
      store<f32>(values + (event << 2), load<f32>(from + (index << 2)))
    }
  }
}

/**
 * Lists the rows of each input, in pieces of `piece` rows: list `n * width + input` has the rows of piece n, counted from
 * its first. `values` 0: none.
 */
export function listColumns(
  rows: i32,
  width: i32,
  piece: i32,
  rowStarts: usize,
  rowIndices: usize,
  rowValues: usize,
  starts: usize,
  indices: usize,
  values: usize,
): void {
  let starting = starts
  for (let from = 0; from < rows; from += piece) {
    const to = min(from + piece, rows)
    const first = load<u32>(rowStarts + ((<usize>from) << 2))
    const last = load<u32>(rowStarts + ((<usize>to) << 2))
    memory.fill(starting, 0, (<usize>width + 1) << 2)
    for (let event = first; event < last; event++) {
      const count = starting + ((<usize>load<u32>(rowIndices + ((<usize>event) << 2)) + 1) << 2)
      store<u32>(count, load<u32>(count) + 1)
    }
    // The counts become the places where the lists end; each is moved to its start by what is entered before it.
    let sum = first
    for (let input = 0; input < width; input++) {
      const count = starting + ((<usize>input + 1) << 2)
      const length = load<u32>(count)
      store<u32>(count, sum)
      sum += length
    }
    let event = first
    for (let row = from; row < to; row++) {
      const end = load<u32>(rowStarts + ((<usize>row + 1) << 2))
      for (; event < end; event++) {
        const place = starting + ((<usize>load<u32>(rowIndices + ((<usize>event) << 2)) + 1) << 2)
        const at = <usize>load<u32>(place)
        store<u32>(place, <u32>at + 1)
        store<u32>(indices + (at << 2), row - from)
        if (values) store<f32>(values + (at << 2), load<f32>(rowValues + ((<usize>event) << 2)))
      }
    }
    store<u32>(starting, first)
    starting += (<usize>width) << 2
  }
}
