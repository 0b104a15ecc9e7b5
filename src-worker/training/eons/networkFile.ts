import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import type { GenerationRecord } from '../../../src-core/evolution/fitness.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { InputRange } from '../../../src-core/neuroprocessor/spikeCounts.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { originMetadata } from '../networkMetadata.ts'

const formatVersion = 1

interface EvolvedNetwork {
  readonly request: EvaluationRequest
  readonly dataset: Pick<Dataset, 'sha256'>
  readonly network: NeuroNetwork
  /** Of the values that it is shown. */
  readonly ranges: readonly InputRange[]
  readonly records: readonly GenerationRecord[]
  readonly samplesTrained: number
}

/**
 * The file of an evolved network: tensors `neurons` of rows (id, threshold, leak, axonal delay), `synapses` of rows (from, to, weight,
 * delay), `inputs` and `outputs` of ids; metadata that say where it comes from, and how its generations were.
 */
export const describeEvolvedNetwork = (
  { request, dataset, network, ranges, records, samplesTrained }: EvolvedNetwork,
  application: string,
): NetworkFile => {
  const { neurons, synapses, inputs, outputs } = network
  const rows = (values: readonly (readonly number[])[]) => ({
    shape: [values.length, 4],
    values: Float64Array.from(values.flat()),
  })
  const ids = (values: readonly number[]) => ({ shape: [values.length], values: Int32Array.from(values) })
  return {
    tensors: {
      neurons: rows(neurons.map(({ id, threshold, leak, axonalDelay }) => [id, threshold, leak, axonalDelay])),
      synapses: rows(synapses.map(({ from, to, weight, delay }) => [from, to, weight, delay])),
      inputs: ids(inputs),
      outputs: ids(outputs),
    },
    metadata: {
      ...originMetadata(request, dataset, application),
      formatVersion: String(formatVersion),
      networkType: request.definition.network.type,
      samplesTrained: String(samplesTrained),
      inputRanges: JSON.stringify(ranges.map(({ low, high }) => [low, high])),
      generations: JSON.stringify(records),
    },
  }
}
