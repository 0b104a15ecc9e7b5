import { EonsTrial } from './eons/eonsTrial.ts'
import { StdpTrial } from './stdp/stdpTrial.ts'
import { SurrogateTrial } from './surrogate/surrogateTrial.ts'
import type { ActingParts, TrainingDevices, TrialParts, TrialTraining } from './trialTraining.ts'

/**
 * The network of a trial before any training.
 * @throws {ImpossibleNetwork | OutOfMemory}
 * @throws {SpiketuneError} encoding-unsuitable, definition-invalid
 */
export const createTrialTraining = (parts: TrialParts | ActingParts, devices: TrainingDevices): TrialTraining => {
  if ('studied' in parts) return new EonsTrial(parts, devices)
  switch (parts.request.definition.network.type) {
    case 'diehl-cook':
      return new StdpTrial(parts, devices.kernel)
    case 'layered':
      return new SurrogateTrial(parts, devices)
    case 'neuroprocessor':
      return new EonsTrial(parts, devices)
  }
}
