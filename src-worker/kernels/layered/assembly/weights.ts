/** What is done to weights before they are used; an output channel is a column. */

/** Nearest multiple of 2/64, ties to even ones, in [-256/64, 254/64] (lava-dl). */
export function quantise(weights: usize, count: i32, out: usize): void {
  const whole = (<usize>(count & ~3)) << 2
  let at: usize = 0
  for (; at < whole; at += 16) {
    const rounded = f32x4.nearest(f32x4.mul(v128.load(weights + at), f32x4.splat(32)))
    const clamped = f32x4.pmin(f32x4.pmax(rounded, f32x4.splat(-128)), f32x4.splat(127))
    v128.store(out + at, f32x4.mul(clamped, f32x4.splat(1.0 / 32)))
  }
  for (; at < (<usize>count) << 2; at += 4) {
    const rounded = nearest<f32>(load<f32>(weights + at) * 32)
    store<f32>(out + at, min<f32>(max<f32>(rounded, -128), 127) * (1.0 / 32))
  }
}

/** Sums of a[i][c] * b[i][c] over i, doubles, at `out`. */
function columnProducts(a: usize, b: usize, rows: i32, columns: i32, out: usize): void {
  memory.fill(out, 0, (<usize>columns) << 3)
  let at: usize = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const to = out + ((<usize>column) << 3)
      store<f64>(to, load<f64>(to) + <f64>load<f32>(a + at) * <f64>load<f32>(b + at))
    }
  }
}

/** normalised = lengths * directions / |directions|. @param scratch `columns` doubles */
export function normalise(
  directions: usize,
  lengths: usize,
  rows: i32,
  columns: i32,
  out: usize,
  scratch: usize,
): void {
  columnProducts(directions, directions, rows, columns, scratch)
  for (let column = 0; column < columns; column++) {
    const to = scratch + ((<usize>column) << 3)
    store<f64>(to, <f64>load<f32>(lengths + ((<usize>column) << 2)) / sqrt<f64>(load<f64>(to)))
  }
  let at: usize = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      store<f32>(out + at, <f32>(<f64>load<f32>(directions + at) * load<f64>(scratch + ((<usize>column) << 3))))
    }
  }
}

/**
 * Salimans & Kingma 2016, eq. 3: by the length g the gradient is (grad . v) / |v|, by the direction v it is
 * g / |v| grad - g (grad . v) / |v|^3 v. @param scratch 2 * `columns` doubles
 */
export function normaliseGradient(
  directions: usize,
  lengths: usize,
  gradient: usize,
  rows: i32,
  columns: i32,
  directionGradient: usize,
  lengthGradient: usize,
  scratch: usize,
): void {
  const squares = scratch
  const products = scratch + ((<usize>columns) << 3)
  columnProducts(directions, directions, rows, columns, squares)
  columnProducts(directions, gradient, rows, columns, products)
  for (let column = 0; column < columns; column++) {
    const at = (<usize>column) << 3
    const square = load<f64>(squares + at)
    const norm = sqrt<f64>(square)
    const product = load<f64>(products + at)
    const length = <f64>load<f32>(lengths + ((<usize>column) << 2))
    store<f32>(lengthGradient + ((<usize>column) << 2), <f32>(product / norm))
    store<f64>(squares + at, length / norm)
    store<f64>(products + at, (length * product) / (norm * square))
  }
  let at: usize = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const ofGradient = load<f64>(squares + ((<usize>column) << 3)) * <f64>load<f32>(gradient + at)
      const ofDirection = load<f64>(products + ((<usize>column) << 3)) * <f64>load<f32>(directions + at)
      store<f32>(directionGradient + at, <f32>(ofGradient - ofDirection))
    }
  }
}
