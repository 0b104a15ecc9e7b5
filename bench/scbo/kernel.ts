import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NumericKernel } from '../../src-core/linearAlgebra/numericKernel.ts'
import { instantiateNumericKernel } from '../../src-worker/optimiser/numericKernel.ts'

/** A numeric kernel with a memory of its own; `npm run bench` has built it. */
export const createKernel = (): NumericKernel =>
  instantiateNumericKernel(readFileSync(join('out', 'kernels', 'numeric.wasm')))
