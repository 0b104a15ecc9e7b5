import { type NumericKernel, numericKernelFunctions } from '../../src-core/linearAlgebra/numericKernel.ts'

/**
 * Instantiates the numeric kernel, out/kernels/numeric.wasm, with a memory of its own.
 * @throws {Error} when the module is not this kernel, or an older one
 */
export const instantiateNumericKernel = (bytes: BufferSource): NumericKernel => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {})
  if (!isNumericKernel(exports))
    throw new Error('the numeric kernel is not of this version: run `npm run build:kernels`')
  return exports
}

const isNumericKernel = (exports: unknown): exports is NumericKernel => {
  const found = exports as Record<string, unknown>
  return (
    found['memory'] instanceof WebAssembly.Memory &&
    numericKernelFunctions.every((name) => typeof found[name] === 'function')
  )
}
