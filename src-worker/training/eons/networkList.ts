import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../../src-core/networkFile/tensor.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'

/**
 * Networks as tensors, one after the other: `neurons` and `synapses` of rows as in the file of one network, `inputs` and `outputs` of
 * ids, and `sizes` [networks][4], how many of each a network has.
 */
export const networkTensors = (networks: readonly NeuroNetwork[]): Tensors => {
  const neurons = networks.flatMap((one) => one.neurons.map((of) => [of.id, of.threshold, of.leak, of.axonalDelay]))
  const synapses = networks.flatMap((one) => one.synapses.map((of) => [of.from, of.to, of.weight, of.delay]))
  const inputs = networks.flatMap((one) => one.inputs)
  const outputs = networks.flatMap((one) => one.outputs)
  const sizes = networks.flatMap((one) => [
    one.neurons.length,
    one.synapses.length,
    one.inputs.length,
    one.outputs.length,
  ])
  return {
    neurons: { shape: [neurons.length, 4], values: Float64Array.from(neurons.flat()) },
    synapses: { shape: [synapses.length, 4], values: Float64Array.from(synapses.flat()) },
    inputs: { shape: [inputs.length], values: Int32Array.from(inputs) },
    outputs: { shape: [outputs.length], values: Int32Array.from(outputs) },
    sizes: { shape: [networks.length, 4], values: Int32Array.from(sizes) },
  }
}

/** Gives the rows of a tensor out, a number of them at a time. */
const takingRows = (values: ArrayLike<number>, width: number) => {
  let next = 0
  return (rows: number): number[][] =>
    Array.from({ length: rows }, () => Array.from({ length: width }, () => values[next++] ?? NaN))
}

/** @throws {RangeError} when these are no such tensors */
export const networksOf = (tensors: Tensors): NeuroNetwork[] => {
  const sizes = takeTensor(tensors, 'sizes', [Int32Array], [null, 4])
  const neurons = takingRows(takeTensor(tensors, 'neurons', [Float64Array], [null, 4]), 4)
  const synapses = takingRows(takeTensor(tensors, 'synapses', [Float64Array], [null, 4]), 4)
  const inputs = takingRows(takeTensor(tensors, 'inputs', [Int32Array], [null]), 1)
  const outputs = takingRows(takeTensor(tensors, 'outputs', [Int32Array], [null]), 1)
  return Array.from({ length: sizes.length / 4 }, (_, place) => {
    const [ofNeurons = 0, ofSynapses = 0, ofInputs = 0, ofOutputs = 0] = sizes.subarray(4 * place, 4 * place + 4)
    return {
      neurons: neurons(ofNeurons).map(([id = 0, threshold = 0, leak = 0, axonalDelay = 0]) => ({
        id,
        threshold,
        leak,
        axonalDelay,
      })),
      synapses: synapses(ofSynapses).map(([from = 0, to = 0, weight = 0, delay = 0]) => ({ from, to, weight, delay })),
      inputs: inputs(ofInputs).flat(),
      outputs: outputs(ofOutputs).flat(),
    }
  })
}
