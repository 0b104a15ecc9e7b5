/**
 * Float64 linear algebra and Gaussian-process sums, two numbers at a time. Pointers are byte offsets into the memory;
 * strides are in bytes, counts in numbers. Matrices are row-major; of symmetric and triangular ones the lower triangle
 * counts, unless it says otherwise. A table of points is dimension-major: coordinate d of point j at `d * stride + 8 j`,
 * with room for a multiple of eight points, so that eight of them are handled at once.
 */
export { allocate, release } from './memory'
export { appendRow, cholesky } from './cholesky'
export { solveLower, solveLowerRows, solveLowerTransposed } from './triangular'
export { inverseTransposed, multiplyInverse } from './inverse'
export { symmetricProduct } from './product'
export { maternMatrix, maternRows } from './matern'
export { likelihoodGradient } from './likelihood'
export { evaluatePath } from './path'
export { pathGradient } from './pathGradient'
