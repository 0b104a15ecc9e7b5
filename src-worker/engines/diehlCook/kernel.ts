/** The exports of the kernel `stdp`, decoded once: src-worker/kernels/stdp/assembly/index.ts. */
import { constantNames } from '../../../src-core/diehlCook/diehlCookConstants.ts'

const functionNames = [
  'layOut',
  'prepare',
  'encode',
  'begin',
  'step',
  'run',
  'normalise',
  'present',
  'findOutside',
  'inputSpikeTotal',
  'inhibitoryRefractoryOf',
  'allFinite',
] as const
/** What is set before `prepare`. */
const settingNames = [...constantNames, 'oneSpike', 'byDistance', 'resetInterval'] as const
const globalNames = [
  'weights',
  'weightRowBytes',
  'theta',
  'excitatoryPotential',
  'excitatoryRefractory',
  'excitatoryLastSpike',
  'excitatoryCounts',
  'excitatorySpikeCount',
  'excitatorySpikeTotal',
  'inhibitoryPotential',
  'inhibitorySpikes',
  'inhibitorySpikeCount',
  'inhibitorySpikeTotal',
  'image',
  'inputSpikes',
  'inputRowBytes',
  'inputSpikeCounts',
  'cumulative',
  'audible',
  'traceAfter',
  'unnormalised',
  'spikeNeurons',
  'spikeSteps',
] as const

/** Numbers and booleans go in as numbers; what a function without a result returns is of no meaning. */
type KernelFunctions = Readonly<Record<(typeof functionNames)[number], (...numbers: number[]) => number>>
type KernelGlobals = Readonly<Record<(typeof globalNames)[number], { readonly value: number }>>

type KernelSettings = Readonly<Record<(typeof settingNames)[number], { value: number }>>

export type StdpKernel = KernelFunctions & KernelGlobals & KernelSettings & { readonly memory: WebAssembly.Memory }

/**
 * Instantiates the kernel.
 * @throws {Error} when the module is not this kernel, or an older one
 */
export const instantiateKernel = (kernel: WebAssembly.Module | BufferSource): StdpKernel => {
  const module = kernel instanceof WebAssembly.Module ? kernel : new WebAssembly.Module(kernel)
  const { exports } = new WebAssembly.Instance(module, {})
  if (!isStdpKernel(exports)) throw new Error('the stdp kernel is not of this version: run `npm run build:kernels`')
  return exports
}

const isStdpKernel = (exports: unknown): exports is StdpKernel => {
  const found = exports as Record<string, unknown>
  return (
    found['memory'] instanceof WebAssembly.Memory &&
    functionNames.every((name) => typeof found[name] === 'function') &&
    [...globalNames, ...settingNames].every((name) => found[name] instanceof WebAssembly.Global)
  )
}
