/** The exports of the kernel `layered`, decoded once: src-worker/kernels/layered/assembly/index.ts. */

const functionNames = [
  'addConstant',
  'addDecayGradients',
  'adam',
  'allFinite',
  'convForward',
  'convForwardEvents',
  'convInputGradient',
  'convInputGradientFourier',
  'convWeightGradient',
  'convWeightGradientEvents',
  'convWeightGradientFourier',
  'delayBackward',
  'delayForward',
  'denseForwardEvents',
  'denseProduct',
  'denseProductTransposed',
  'denseTransposedProduct',
  'denseWeightGradientEvents',
  'fill',
  'listColumns',
  'listRows',
  'listValues',
  'maskSteps',
  'meanOverSteps',
  'neuronsBackward',
  'neuronsForward',
  'normalise',
  'normaliseGradient',
  'poolForward',
  'poolInputGradient',
  'quantise',
  'repeatOverSteps',
  'setConv',
  'setNeurons',
  'setSurrogate',
  'squaredNorm',
  'sumSamples',
  'tabulateKept',
  'tabulateKeptSingle',
] as const
const globalNames = ['heapStart', 'valued'] as const

/** Numbers and booleans go in as numbers; what a function without a result returns is of no meaning. */
type KernelFunctions = Readonly<Record<(typeof functionNames)[number], (...numbers: number[]) => number>>
type KernelGlobals = Readonly<Record<(typeof globalNames)[number], { readonly value: number }>>

export type LayeredKernel = KernelFunctions & KernelGlobals & { readonly memory: WebAssembly.Memory }

/**
 * Instantiates the kernel, with a memory of its own.
 * @throws {Error} when the module is not this kernel, or an older one
 */
export const instantiateLayeredKernel = (kernel: WebAssembly.Module | BufferSource): LayeredKernel => {
  const module = kernel instanceof WebAssembly.Module ? kernel : new WebAssembly.Module(kernel)
  const { exports } = new WebAssembly.Instance(module, {})
  if (!isLayeredKernel(exports))
    throw new Error('the layered kernel is not of this version: run `npm run build:kernels`')
  return exports
}

const isLayeredKernel = (exports: unknown): exports is LayeredKernel => {
  const found = exports as Record<string, unknown>
  return (
    found['memory'] instanceof WebAssembly.Memory &&
    functionNames.every((name) => typeof found[name] === 'function') &&
    globalNames.every((name) => found[name] instanceof WebAssembly.Global)
  )
}
