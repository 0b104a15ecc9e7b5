import { ImpossibleNetwork } from '../../src-core/diehlCook/networkFailure.ts'
import { StdpTrial } from './stdp/stdpTrial.ts'
import { SurrogateTrial } from './surrogate/surrogateTrial.ts'
import type { TrainingDevices, TrialParts, TrialTraining } from './trialTraining.ts'

/**
 * The network of a trial before any training.
 * @throws {ImpossibleNetwork | OutOfMemory}
 * @throws {SpiketuneError} encoding-unsuitable
 */
export const createTrialTraining = (parts: TrialParts, devices: TrainingDevices): TrialTraining => {
  switch (parts.request.definition.network.type) {
    case 'diehl-cook':
      return new StdpTrial(parts, devices.kernel)
    case 'layered':
      return new SurrogateTrial(parts, devices)
    case 'neuroprocessor':
      throw new ImpossibleNetwork('Networks that evolve are defined, but this version does not train them yet.')
  }
}
