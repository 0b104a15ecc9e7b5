import { z } from 'zod'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { type GenerationRecord, generationRecordSchema } from '../../../src-core/evolution/fitness.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { MalformedNetworkFile, type NetworkFile } from '../../networkFile/safetensors.ts'
import { takeTensor } from '../../networkFile/takeTensor.ts'
import { originMetadata } from '../networkMetadata.ts'

const formatVersion = 1

interface EvolvedNetwork {
  readonly request: EvaluationRequest
  readonly dataset: Pick<Dataset, 'sha256'>
  readonly network: NeuroNetwork
  readonly records: readonly GenerationRecord[]
  readonly samplesTrained: number
}

/**
 * The file of an evolved network: tensors `neurons` of rows (id, threshold, leak, axonal delay), `synapses` of rows (from, to, weight,
 * delay), `inputs` and `outputs` of ids; metadata that say where it comes from, and how its generations were.
 */
export const describeEvolvedNetwork = (
  { request, dataset, network, records, samplesTrained }: EvolvedNetwork,
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
      generations: JSON.stringify(records),
    },
  }
}

const recordsSchema = z.array(generationRecordSchema)

/**
 * What a file says of an evolved network.
 * @throws {MalformedNetworkFile | RangeError} when it holds none
 */
export const readEvolvedNetwork = ({ tensors, metadata }: NetworkFile) => {
  if (metadata['networkType'] !== 'neuroprocessor') throw new MalformedNetworkFile('it holds no evolved network')
  const rows = (name: string): (readonly [number, number, number, number])[] => {
    const values = takeTensor(tensors, name, [Float64Array], [null, 4])
    return Array.from({ length: values.length / 4 }, (_, row) => {
      const [one = 0, two = 0, three = 0, four = 0] = values.subarray(4 * row, 4 * row + 4)
      return [one, two, three, four]
    })
  }
  const ids = (name: string): number[] => Array.from(takeTensor(tensors, name, [Int32Array], [null]))
  const network: NeuroNetwork = {
    neurons: rows('neurons').map(([id, threshold, leak, axonalDelay]) => ({ id, threshold, leak, axonalDelay })),
    synapses: rows('synapses').map(([from, to, weight, delay]) => ({ from, to, weight, delay })),
    inputs: ids('inputs'),
    outputs: ids('outputs'),
  }
  const samplesTrained = Number(metadata['samplesTrained'])
  if (!Number.isSafeInteger(samplesTrained) || samplesTrained < 0) {
    throw new MalformedNetworkFile('it does not say how many networks were judged')
  }
  return { network, records: recordsOf(metadata['generations']), samplesTrained }
}

const recordsOf = (text = ''): readonly GenerationRecord[] => {
  try {
    return recordsSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new MalformedNetworkFile('its generations cannot be read', { cause })
  }
}
