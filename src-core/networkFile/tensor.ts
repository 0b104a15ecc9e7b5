/** A tensor of a network file, row by row. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float32Array | Float64Array | Int32Array
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>
