import type { KernelSet } from '../engines/layered/kernelSet.ts'
import { StdpTrial } from './stdp/stdpTrial.ts'
import { SurrogateTrial } from './surrogate/surrogateTrial.ts'
import type { TrialParts, TrialTraining } from './trialTraining.ts'

/** What networks compute with. */
export interface TrainingDevices {
  /** The compiled kernel `stdp`. */
  readonly kernel: WebAssembly.Module
  /** A new kernel set for one layered network. */
  readonly kernels: () => KernelSet
}

/**
 * The network of a trial before any training.
 * @throws {ImpossibleNetwork | OutOfMemory}
 * @throws {SpiketuneError} encoding-unsuitable
 */
export function createTrialTraining(parts: TrialParts, { kernel, kernels }: TrainingDevices): TrialTraining {
  switch (parts.request.definition.network.type) {
    case 'diehl-cook':
      return new StdpTrial(parts, kernel)
    case 'layered':
      return withKernels(kernels(), (own) => new SurrogateTrial(parts, own))
  }
}

/** Kernels of a network that cannot be made are ended at once: their memory may be a device's. */
function withKernels<Made>(kernels: KernelSet, make: (kernels: KernelSet) => Made): Made {
  try {
    return make(kernels)
  } catch (error) {
    kernels.dispose()
    throw error
  }
}
