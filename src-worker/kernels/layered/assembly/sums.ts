/**
 * Sums of rows of a panel, the rows named in a list: what products with sparse activity are made of. A panel is 12, 8, 4,
 * 2 or 1 groups of four numbers wide, its rows `stride` bytes apart: in one piece, or a part of a matrix. The sums stay in
 * registers, which must have names: hence one function for each width.
 *
 * F f32: every row is multiplied by the value that lies `values` bytes after its index; i32: all values are 1.
 */

/** The width of the next panel where `groups` groups of four numbers are left. */
export function panelWidth(groups: i32): i32 {
  // Sixteen make two of eight: a narrow panel costs as much for its list as a wide one.
  if (groups > 12 && groups <= 16) return 8
  if (groups > 8) return 12
  if (groups > 4) return 8
  if (groups > 2) return 4
  return groups
}

/** Sums the rows of `panel` that the list from `first` up to `last` names, in its order, into `out`; `add`: onto `out`. */
export function addRows<F>(
  width: i32,
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  if (width == 12) addRows12<F>(first, last, values, panel, stride, out, add)
  else if (width == 8) addRows8<F>(first, last, values, panel, stride, out, add)
  else if (width == 4) addRows4<F>(first, last, values, panel, stride, out, add)
  else if (width == 2) addRows2<F>(first, last, values, panel, stride, out, add)
  else addRows1<F>(first, last, values, panel, stride, out, add)
}

function addRows12<F>(
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  let s4 = f32x4.splat(0)
  let s5 = f32x4.splat(0)
  let s6 = f32x4.splat(0)
  let s7 = f32x4.splat(0)
  let s8 = f32x4.splat(0)
  let s9 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  if (add) {
    s0 = v128.load(out)
    s1 = v128.load(out, 16)
    s2 = v128.load(out, 32)
    s3 = v128.load(out, 48)
    s4 = v128.load(out, 64)
    s5 = v128.load(out, 80)
    s6 = v128.load(out, 96)
    s7 = v128.load(out, 112)
    s8 = v128.load(out, 128)
    s9 = v128.load(out, 144)
    s10 = v128.load(out, 160)
    s11 = v128.load(out, 176)
  }
  for (let event = first; event < last; event += 4) {
    const row = panel + <usize>load<u32>(event) * stride
    if (isFloat<F>()) {
      const x = v128.load32_splat(event + values)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)))
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)))
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)))
      s4 = f32x4.add(s4, f32x4.mul(x, v128.load(row, 64)))
      s5 = f32x4.add(s5, f32x4.mul(x, v128.load(row, 80)))
      s6 = f32x4.add(s6, f32x4.mul(x, v128.load(row, 96)))
      s7 = f32x4.add(s7, f32x4.mul(x, v128.load(row, 112)))
      s8 = f32x4.add(s8, f32x4.mul(x, v128.load(row, 128)))
      s9 = f32x4.add(s9, f32x4.mul(x, v128.load(row, 144)))
      s10 = f32x4.add(s10, f32x4.mul(x, v128.load(row, 160)))
      s11 = f32x4.add(s11, f32x4.mul(x, v128.load(row, 176)))
    } else {
      s0 = f32x4.add(s0, v128.load(row))
      s1 = f32x4.add(s1, v128.load(row, 16))
      s2 = f32x4.add(s2, v128.load(row, 32))
      s3 = f32x4.add(s3, v128.load(row, 48))
      s4 = f32x4.add(s4, v128.load(row, 64))
      s5 = f32x4.add(s5, v128.load(row, 80))
      s6 = f32x4.add(s6, v128.load(row, 96))
      s7 = f32x4.add(s7, v128.load(row, 112))
      s8 = f32x4.add(s8, v128.load(row, 128))
      s9 = f32x4.add(s9, v128.load(row, 144))
      s10 = f32x4.add(s10, v128.load(row, 160))
      s11 = f32x4.add(s11, v128.load(row, 176))
    }
  }
  v128.store(out, s0)
  v128.store(out, s1, 16)
  v128.store(out, s2, 32)
  v128.store(out, s3, 48)
  v128.store(out, s4, 64)
  v128.store(out, s5, 80)
  v128.store(out, s6, 96)
  v128.store(out, s7, 112)
  v128.store(out, s8, 128)
  v128.store(out, s9, 144)
  v128.store(out, s10, 160)
  v128.store(out, s11, 176)
}

function addRows8<F>(
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  let s4 = f32x4.splat(0)
  let s5 = f32x4.splat(0)
  let s6 = f32x4.splat(0)
  let s7 = f32x4.splat(0)
  if (add) {
    s0 = v128.load(out)
    s1 = v128.load(out, 16)
    s2 = v128.load(out, 32)
    s3 = v128.load(out, 48)
    s4 = v128.load(out, 64)
    s5 = v128.load(out, 80)
    s6 = v128.load(out, 96)
    s7 = v128.load(out, 112)
  }
  for (let event = first; event < last; event += 4) {
    const row = panel + <usize>load<u32>(event) * stride
    if (isFloat<F>()) {
      const x = v128.load32_splat(event + values)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)))
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)))
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)))
      s4 = f32x4.add(s4, f32x4.mul(x, v128.load(row, 64)))
      s5 = f32x4.add(s5, f32x4.mul(x, v128.load(row, 80)))
      s6 = f32x4.add(s6, f32x4.mul(x, v128.load(row, 96)))
      s7 = f32x4.add(s7, f32x4.mul(x, v128.load(row, 112)))
    } else {
      s0 = f32x4.add(s0, v128.load(row))
      s1 = f32x4.add(s1, v128.load(row, 16))
      s2 = f32x4.add(s2, v128.load(row, 32))
      s3 = f32x4.add(s3, v128.load(row, 48))
      s4 = f32x4.add(s4, v128.load(row, 64))
      s5 = f32x4.add(s5, v128.load(row, 80))
      s6 = f32x4.add(s6, v128.load(row, 96))
      s7 = f32x4.add(s7, v128.load(row, 112))
    }
  }
  v128.store(out, s0)
  v128.store(out, s1, 16)
  v128.store(out, s2, 32)
  v128.store(out, s3, 48)
  v128.store(out, s4, 64)
  v128.store(out, s5, 80)
  v128.store(out, s6, 96)
  v128.store(out, s7, 112)
}

function addRows4<F>(
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  if (add) {
    s0 = v128.load(out)
    s1 = v128.load(out, 16)
    s2 = v128.load(out, 32)
    s3 = v128.load(out, 48)
  }
  for (let event = first; event < last; event += 4) {
    const row = panel + <usize>load<u32>(event) * stride
    if (isFloat<F>()) {
      const x = v128.load32_splat(event + values)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)))
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)))
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)))
    } else {
      s0 = f32x4.add(s0, v128.load(row))
      s1 = f32x4.add(s1, v128.load(row, 16))
      s2 = f32x4.add(s2, v128.load(row, 32))
      s3 = f32x4.add(s3, v128.load(row, 48))
    }
  }
  v128.store(out, s0)
  v128.store(out, s1, 16)
  v128.store(out, s2, 32)
  v128.store(out, s3, 48)
}

function addRows2<F>(
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  if (add) {
    s0 = v128.load(out)
    s1 = v128.load(out, 16)
  }
  for (let event = first; event < last; event += 4) {
    const row = panel + <usize>load<u32>(event) * stride
    if (isFloat<F>()) {
      const x = v128.load32_splat(event + values)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)))
    } else {
      s0 = f32x4.add(s0, v128.load(row))
      s1 = f32x4.add(s1, v128.load(row, 16))
    }
  }
  v128.store(out, s0)
  v128.store(out, s1, 16)
}

function addRows1<F>(
  first: usize,
  last: usize,
  values: usize,
  panel: usize,
  stride: usize,
  out: usize,
  add: bool,
): void {
  let s0 = f32x4.splat(0)
  if (add) {
    s0 = v128.load(out)
  }
  for (let event = first; event < last; event += 4) {
    const row = panel + <usize>load<u32>(event) * stride
    if (isFloat<F>()) {
      const x = v128.load32_splat(event + values)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)))
    } else {
      s0 = f32x4.add(s0, v128.load(row))
    }
  }
  v128.store(out, s0)
}
