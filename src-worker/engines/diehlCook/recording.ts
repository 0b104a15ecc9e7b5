import type { StdpKernel } from './kernel.ts'

/** Spikes by step, then by neuron. */
interface Spikes {
  readonly neurons: Uint32Array
  readonly steps: Uint32Array
}

/** Neurons whose state is written down at every step. */
export interface TracedNeurons {
  readonly excitatory: readonly number[]
  readonly inhibitory: readonly number[]
}

export interface PresentationRecord {
  readonly input: Spikes
  readonly excitatory: Spikes
  readonly inhibitory: Spikes
  /** [traced][steps], in the order of the request. */
  readonly excitatoryPotentialMv: readonly Float32Array[]
  readonly excitatoryThetaMv: readonly Float32Array[]
  readonly inhibitoryPotentialMv: readonly Float32Array[]
}

/**
 * Runs the steps of a presentation that has begun, and writes them down. Reads the kernel's memory in place; copies of
 * the whole state, as `readState` makes them, take far longer than the step.
 */
export const recordSteps = (
  kernel: StdpKernel,
  { neurons, steps }: { readonly neurons: number; readonly steps: number },
  traced: TracedNeurons,
): PresentationRecord => {
  const { buffer } = kernel.memory
  const floats = (pointer: number): Float32Array => new Float32Array(buffer, pointer, neurons)
  const potentials = floats(kernel.excitatoryPotential.value)
  const thetas = floats(kernel.theta.value)
  const inhibitoryPotentials = floats(kernel.inhibitoryPotential.value)
  const inhibitorySpikes = new Uint32Array(buffer, kernel.inhibitorySpikes.value, neurons)
  const excitatoryPotentialMv = traced.excitatory.map(() => new Float32Array(steps))
  const excitatoryThetaMv = traced.excitatory.map(() => new Float32Array(steps))
  const inhibitoryPotentialMv = traced.inhibitory.map(() => new Float32Array(steps))
  const inhibitory = new SpikeBuffer()
  for (let step = 0; step < steps; step++) {
    kernel.step()
    const count = kernel.inhibitorySpikeCount.value
    inhibitory.add(step, inhibitorySpikes, count)
    for (const [index, neuron] of traced.excitatory.entries()) {
      write(excitatoryPotentialMv[index], step, potentials[neuron])
      write(excitatoryThetaMv[index], step, thetas[neuron])
    }
    for (const [index, neuron] of traced.inhibitory.entries()) {
      write(inhibitoryPotentialMv[index], step, inhibitoryPotentials[neuron])
    }
  }
  const total = kernel.excitatorySpikeTotal.value
  return {
    input: inputSpikes(kernel, steps),
    excitatory: {
      neurons: new Uint32Array(buffer, kernel.spikeNeurons.value, total).slice(),
      steps: new Uint32Array(buffer, kernel.spikeSteps.value, total).slice(),
    },
    inhibitory: inhibitory.spikes(),
    excitatoryPotentialMv,
    excitatoryThetaMv,
    inhibitoryPotentialMv,
  }
}

const write = (trace: Float32Array | undefined, step: number, value: number | undefined): void => {
  if (trace !== undefined) trace[step] = value ?? NaN
}

const inputSpikes = (kernel: StdpKernel, steps: number): Spikes => {
  const { buffer } = kernel.memory
  const counts = new Uint32Array(buffer, kernel.inputSpikeCounts.value, steps)
  const rowLength = kernel.inputRowBytes.value / Uint32Array.BYTES_PER_ELEMENT
  const rows = new Uint32Array(buffer, kernel.inputSpikes.value, steps * rowLength)
  const total = kernel.inputSpikeTotal()
  const spikes = { neurons: new Uint32Array(total), steps: new Uint32Array(total) }
  let written = 0
  for (let step = 0; step < steps; step++) {
    const count = counts[step] ?? 0
    spikes.neurons.set(rows.subarray(step * rowLength, step * rowLength + count), written)
    spikes.steps.fill(step, written, written + count)
    written += count
  }
  return spikes
}

/** Spikes of a number not known before. */
class SpikeBuffer {
  readonly #neurons: number[] = []
  readonly #steps: number[] = []

  /** The first `count` of a list in any order. */
  add(step: number, list: Uint32Array, count: number): void {
    if (count === 0) return
    const sorted = [...list.subarray(0, count)].sort((a, b) => a - b)
    for (const neuron of sorted) {
      this.#neurons.push(neuron)
      this.#steps.push(step)
    }
  }

  spikes(): Spikes {
    return { neurons: Uint32Array.from(this.#neurons), steps: Uint32Array.from(this.#steps) }
  }
}
