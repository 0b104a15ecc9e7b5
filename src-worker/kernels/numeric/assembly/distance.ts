/** Squared distances of one point to eight points of a table: at `squared`, `squared` + 16, ... */
export const squared = memory.data(64, 16)

/** Eight points at a time. */
export abstract class Eight {
  // @ts-ignore: decorator
  @inline
  static squaredDistances(query: usize, table: usize, stride: usize, dimensions: i32): void {
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let column = table
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const coordinate = v128.load64_splat(query + ((<usize>dimension) << 3))
      const d0 = f64x2.sub(v128.load(column), coordinate)
      const d1 = f64x2.sub(v128.load(column, 16), coordinate)
      const d2 = f64x2.sub(v128.load(column, 32), coordinate)
      const d3 = f64x2.sub(v128.load(column, 48), coordinate)
      s0 = f64x2.add(s0, f64x2.mul(d0, d0))
      s1 = f64x2.add(s1, f64x2.mul(d1, d1))
      s2 = f64x2.add(s2, f64x2.mul(d2, d2))
      s3 = f64x2.add(s3, f64x2.mul(d3, d3))
      column += stride
    }
    v128.store(squared, s0)
    v128.store(squared, s1, 16)
    v128.store(squared, s2, 32)
    v128.store(squared, s3, 48)
  }
}
