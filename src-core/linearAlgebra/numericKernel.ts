/**
 * The numeric kernel as the core sees it: compiled elsewhere (src-worker/kernels/numeric/assembly, where each function is
 * described), loaded elsewhere, used here. Numbers lie in its memory; pointers and strides are bytes.
 */

/** The functions that the kernel exports; all arguments are numbers. */
export const numericKernelFunctions = [
  'allocate',
  'release',
  'cholesky',
  'appendRow',
  'solveLower',
  'solveLowerTransposed',
  'solveLowerRows',
  'inverseTransposed',
  'multiplyInverse',
  'symmetricProduct',
  'maternMatrix',
  'maternRows',
  'likelihoodGradient',
  'evaluatePath',
  'pathGradient',
] as const

/** What a function without a result returns is of no meaning. */
export type NumericKernel = Readonly<
  Record<(typeof numericKernelFunctions)[number], (...numbers: number[]) => number>
> & {
  /** Views of the buffer are lost when it grows, which any allocation may cause. */
  readonly memory: { readonly buffer: ArrayBuffer }
}
