import type { ActivitySize, Block, KernelSet, NeuronRecord } from './kernelSet.ts'
import type { LayerRecording } from './layeredNetwork.ts'

/** What the neurons of a layer did for one sample. @throws {RangeError} for a neuron that is not there */
export const recordLayer = (
  kernels: KernelSet,
  size: ActivitySize,
  record: NeuronRecord,
  sample: number,
  traced: readonly number[],
): LayerRecording => {
  const [voltages, margins] = [kernels.read(record.voltage), kernels.read(record.margin)]
  const trace = (value: (place: number) => number): Float32Array[] =>
    traced.map((neuron) => {
      if (!Number.isInteger(neuron) || neuron < 0 || neuron >= size.neurons) {
        throw new RangeError(`The layer has ${size.neurons} neurons.`)
      }
      return Float32Array.from({ length: size.steps }, (_, step) =>
        value((step * size.batch + sample) * size.neurons + neuron),
      )
    })
  const voltageAt = (place: number): number => voltages[place] ?? 0
  return {
    spikes: spikesOf(kernels, size, record.spikes, sample),
    voltage: trace(voltageAt),
    threshold: trace((place) => voltageAt(place) - (margins[place] ?? 0)),
  }
}

/** By rising step, then by rising neuron: where a block is not 0. */
export const spikesOf = (
  kernels: KernelSet,
  { steps, batch, neurons }: ActivitySize,
  block: Block,
  sample: number,
): LayerRecording['spikes'] => {
  const values = kernels.read(block)
  const [spiking, at]: [number[], number[]] = [[], []]
  for (let step = 0; step < steps; step++) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      if (values[(step * batch + sample) * neurons + neuron] === 0) continue
      spiking.push(neuron)
      at.push(step)
    }
  }
  return { neurons: Uint32Array.from(spiking), steps: Uint32Array.from(at) }
}
