import { presentationOf } from '../../src-core/encoding/presentation.ts'
import type { InspectedNetwork, InspectedWeights } from '../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { DiehlCookNetwork } from '../../src-core/neuron/diehlCookNetwork.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { Decoder } from '../decoders/decoder.ts'
import type { KernelNetwork } from '../engines/diehlCook/network.ts'
import { takeTensor } from '../networkFile/takeTensor.ts'
import type { TrainingState } from '../training/stdp/describeNetwork.ts'
import { decodeHyperparameters, networkParameters } from '../training/stdp/hyperparameters.ts'
import type { NetworkSplits } from './networkSplits.ts'

/** What an inspector holds: a network as training left it, and what it needs to be shown samples. */
export interface InspectedSubject {
  readonly request: EvaluationRequest
  readonly dataset: Dataset
  readonly splits: NetworkSplits
  readonly network: KernelNetwork
  readonly decoder: Decoder
  readonly state: TrainingState
}

export const inputLayer = 'input'
export const excitatoryLayer = 'excitatory'
export const inhibitoryLayer = 'inhibitory'

export function describeSubject(
  { request, dataset, splits, network, state }: InspectedSubject,
  origin: InspectedNetwork['origin'],
): InspectedNetwork {
  const { neurons, inputSize, steps } = network
  const { rows, columns, classes } = dataset
  return {
    origin,
    layers: [
      { name: inputLayer, neurons: inputSize, shape: { channels: 1, rows, columns } },
      { name: excitatoryLayer, neurons, shape: null },
      { name: inhibitoryLayer, neurons, shape: null },
    ],
    steps,
    dtMs: presentationOf(request.definition.encoding).dtMs,
    classes,
    samples: {
      training: splits.training.indices.length,
      objective: splits.objective.indices.length,
      test: splits.test.indices.length,
    },
    samplesTrained: state.samplesTrained,
  }
}

/** The plastic weights, with the thresholds and the classes of the neurons that they lead to. */
export function weightsOf(network: DiehlCookNetwork, decoder: Decoder): InspectedWeights {
  const { inputSize, neurons } = network
  return {
    from: inputLayer,
    to: excitatoryLayer,
    inputs: inputSize,
    neurons,
    values: network.weights(),
    thetaMv: network.theta(),
    assignedClasses: Int16Array.from(takeTensor(decoder.tensors(), 'assignments', [Int32Array], [neurons])),
  }
}

/** Thresholds of a layer's neurons without what adapts of them, mV. */
export function fixedThresholdMv({ request, network }: InspectedSubject, layer: string): number {
  const parameters = networkParameters(
    decodeHyperparameters(request.hyperparameters),
    request.definition,
    network.inputSize,
  )
  return layer === excitatoryLayer ? parameters.thresholdExcitatoryMv : parameters.thresholdInhibitoryMv
}
