import { readFileSync } from 'node:fs'
import type { NumericKernel } from '../../src-core/linearAlgebra/numericKernel.ts'
import { instantiateNumericKernel } from '../../src-worker/optimiser/numericKernel.ts'

/** The compiled numeric kernel, with a memory of its own. */
export const numericKernel = (): NumericKernel =>
  instantiateNumericKernel(readFileSync(new URL('../../out/kernels/numeric.wasm', import.meta.url)))
