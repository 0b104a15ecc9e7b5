import type { InspectedWeights, Projection } from '../../../src-core/contracts/inspection.ts'
import type { DiehlCookNetwork } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { Decoder } from '../../decoders/decoder.ts'
import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import type { TrainingState } from '../../training/stdp/describeNetwork.ts'
import type { TrialSubject } from '../../training/stdp/trialSubject.ts'
import { inputLayer, type SubjectParts } from '../inspectedSubject.ts'

export const excitatoryLayer = 'excitatory'
export const inhibitoryLayer = 'inhibitory'
/** The projection that learns. */
export const plastic: Projection = { from: inputLayer, to: excitatoryLayer }

/** A network of Diehl & Cook as training left it, and what it needs to be shown samples. */
export interface StdpParts extends SubjectParts, TrialSubject {
  readonly state: TrainingState
}

/** The plastic weights, with the thresholds and the classes of the neurons that they lead to. */
export const weightsOf = (network: DiehlCookNetwork, decoder: Decoder): InspectedWeights => {
  const { inputSize, neurons } = network
  return {
    ...plastic,
    type: 'dense',
    inputs: inputSize,
    neurons,
    field: null,
    values: network.weights(),
    signed: false,
    thetas: network.theta(),
    assignedClasses: Int16Array.from(takeTensor(decoder.tensors(), 'assignments', [Int32Array], [neurons])),
    delays: null,
    currentDecays: null,
    voltageDecays: null,
  }
}
