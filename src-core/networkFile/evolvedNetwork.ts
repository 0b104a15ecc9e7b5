/** Networks that evolved, out of the files that hold them. */
import { z } from 'zod'
import { generationRecordSchema } from '../evolution/fitness.ts'
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { InputRange } from '../neuroprocessor/spikeCounts.ts'
import { MalformedNetworkFile, type NetworkFile } from './safetensors.ts'
import { takeTensor } from './takeTensor.ts'

const recordsSchema = z.array(generationRecordSchema)
const rangesSchema = z.array(z.tuple([z.number(), z.number()]))

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
  return {
    network,
    records: parse(recordsSchema, metadata['generations'], 'its generations'),
    samplesTrained,
    ranges: rangesOf(metadata['inputRanges']),
  }
}

/** Of the values that a network is shown; null: of a file of an older version, which does not say them. */
const rangesOf = (text: string | undefined): readonly InputRange[] | null =>
  text === undefined ? null : parse(rangesSchema, text, 'its ranges').map(([low, high]) => ({ low, high }))

const parse = <Value>(schema: z.ZodType<Value>, text = '', what: string): Value => {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new MalformedNetworkFile(`${what} cannot be read`, { cause })
  }
}
