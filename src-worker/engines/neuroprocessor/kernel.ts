/** The exports of the kernel `neuroprocessor`, decoded once: src-worker/kernels/neuroprocessor/assembly/index.ts. */
const functionNames = ['layOut', 'prepare', 'clear', 'begin', 'advance', 'finish', 'runSamples', 'leaked'] as const
const globalNames = [
  'neuronRecords',
  'synapses',
  'inputNeurons',
  'outputNeurons',
  'firedNow',
  'rowShift',
  'runSpikes',
  'sampleSpikes',
  'sampleOffsets',
  'sampleCounts',
  'sampleFirsts',
  'laneSpikes',
  'laneOffsets',
  'spikes',
  'accumulates',
  'firedCount',
  'totalSpikes',
  'totalAccumulates',
] as const
/** What is set before runs. */
const settingNames = ['processor', 'minPotential', 'fireLikeRavens', 'softReset', 'inLanes'] as const

/** Numbers and booleans go in as numbers; what a function without a result returns is of no meaning. */
export type NeuroprocessorKernel = Readonly<Record<(typeof functionNames)[number], (...numbers: number[]) => number>> &
  Readonly<Record<(typeof globalNames)[number], { readonly value: number }>> &
  Readonly<Record<(typeof settingNames)[number], { value: number }>> & { readonly memory: WebAssembly.Memory }

/**
 * Instantiates the kernel.
 * @throws {Error} when the module is not this kernel, or an older one
 */
export const instantiateKernel = (kernel: WebAssembly.Module | BufferSource): NeuroprocessorKernel => {
  const module = kernel instanceof WebAssembly.Module ? kernel : new WebAssembly.Module(kernel)
  const { exports } = new WebAssembly.Instance(module, {})
  if (!isNeuroprocessorKernel(exports)) {
    throw new Error('the neuroprocessor kernel is not of this version: run `npm run build:kernels`')
  }
  return exports
}

const isNeuroprocessorKernel = (exports: unknown): exports is NeuroprocessorKernel => {
  const found = exports as Record<string, unknown>
  return (
    found['memory'] instanceof WebAssembly.Memory &&
    functionNames.every((name) => typeof found[name] === 'function') &&
    [...globalNames, ...settingNames].every((name) => found[name] instanceof WebAssembly.Global)
  )
}
