import type { DiehlCookParameters } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import type { StepState } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { StdpKernel } from './kernel.ts'

/** Copies the state that the kernel's last step left. */
export const readState = (kernel: StdpKernel, { neurons }: DiehlCookParameters, step: number): StepState => {
  const { buffer } = kernel.memory
  const floats = (pointer: number): Float32Array => new Float32Array(buffer, pointer, neurons).slice()
  const inputRow = kernel.inputSpikes.value + step * kernel.inputRowBytes.value
  const inputCount = new Uint32Array(buffer, kernel.inputSpikeCounts.value, step + 1)[step] ?? 0
  const lastSpikes = new Int32Array(buffer, kernel.excitatoryLastSpike.value, neurons)
  const traces = new Float32Array(buffer, kernel.traceAfter.value, step + 1)
  const spikesEnd = kernel.spikeNeurons.value + 4 * kernel.excitatorySpikeTotal.value
  const spikeCount = kernel.excitatorySpikeCount.value
  return {
    step,
    inputSpikes: new Uint32Array(buffer, inputRow, inputCount).slice(),
    excitatoryPotentialMv: floats(kernel.excitatoryPotential.value),
    excitatoryThetaMv: floats(kernel.theta.value),
    excitatoryRefractoryMs: floats(kernel.excitatoryRefractory.value),
    excitatoryTrace: Float32Array.from(lastSpikes, (last) => (last < 0 ? 0 : (traces[step - last] ?? NaN))),
    excitatorySpikes: new Uint32Array(buffer, spikesEnd - 4 * spikeCount, spikeCount).slice(),
    inhibitoryPotentialMv: floats(kernel.inhibitoryPotential.value),
    inhibitoryRefractoryMs: Float32Array.from({ length: neurons }, (_, neuron) =>
      kernel.inhibitoryRefractoryOf(neuron),
    ),
    inhibitorySpikes: new Uint32Array(buffer, kernel.inhibitorySpikes.value, kernel.inhibitorySpikeCount.value)
      .slice()
      .sort(),
  }
}
