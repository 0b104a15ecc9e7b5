/**
 * PostPre plasticity, test/oracles/diehlCook/plasticity.ts, only where something happens: an input spike touches the neurons that
 * have spiked in this presentation, a spike of a neuron touches the inputs that have. Traces are looked up by the time
 * since the last spike; the table holds the same products that decay step by step gives.
 */
import * as layout from './layout'
import * as parameters from './parameters'
import { excitatorySpikeCount, excitatorySpikeTotal } from './spikes'

let activeInputCount: i32 = 0
let activeNeuronCount: i32 = 0
/** Whether some weight lies outside the bounds. */
let someOutside: bool = false
/** Share of the neurons, as a divisor, above which an input spike walks a whole row. */
const denseDivisor: i32 = 10

export function setOutside(some: bool): void {
  someOutside = some
}

/** Fills the tables of traces. */
export function prepareTraces(): void {
  let trace: f32 = 1
  for (let after = 0; after <= layout.steps; after++) {
    const at = (<usize>after) << 2
    store<f32>(layout.traceAfter + at, trace)
    store<f32>(layout.preChange + at, parameters.learningRatePre * trace)
    store<f32>(layout.postChange + at, parameters.learningRatePost * trace)
    trace *= parameters.traceDecay
  }
}

export function resetPlasticity(): void {
  activeInputCount = 0
  activeNeuronCount = 0
  memory.fill(layout.neuronActive, 0, layout.neurons)
  memory.fill(layout.inputLastSpike, <u8>layout.never, (<usize>layout.inputSize) << 2)
}

/** One learning step, after both layers. */
export function learn(step: i32): void {
  const inputCount = <i32>load<u32>(layout.inputSpikeCounts + ((<usize>step) << 2))
  const inputs = layout.inputSpikes + <usize>step * layout.inputRowBytes
  noteInputs(inputs, inputCount, step)
  if (inputCount > 0 && activeNeuronCount > 0) weaken(inputs, inputCount, step)
  if (excitatorySpikeCount > 0) strengthen(step)
  if (step == 0 && someOutside) clampOutside()
}

function noteInputs(inputs: usize, count: i32, step: i32): void {
  for (let spike = 0; spike < count; spike++) {
    const input = load<u32>(inputs + ((<usize>spike) << 2))
    const at = layout.inputLastSpike + ((<usize>input) << 2)
    if (load<i32>(at) == layout.never) {
      store<u32>(layout.activeInputs + ((<usize>activeInputCount) << 2), input)
      activeInputCount++
    }
    store<i32>(at, step)
  }
}

/** Weakens the synapses from the inputs that spiked; neurons that spiked in this very step are left to `strengthen`. */
function weaken(inputs: usize, inputCount: i32, step: i32): void {
  let count = 0
  for (let entry = 0; entry < activeNeuronCount; entry++) {
    const neuron = load<u32>(layout.activeNeurons + ((<usize>entry) << 2))
    const after = step - load<i32>(layout.excitatoryLastSpike + ((<usize>neuron) << 2))
    if (after == 0) continue
    store<u32>(layout.weakenedOffsets + ((<usize>count) << 2), neuron << 2)
    store<f32>(layout.weakenedChanges + ((<usize>count) << 2), load<f32>(layout.preChange + ((<usize>after) << 2)))
    count++
  }
  if (count * denseDivisor > layout.neurons) weakenRows(inputs, inputCount, count)
  else weakenSynapses(inputs, inputCount, count)
}

function weakenSynapses(inputs: usize, inputCount: i32, count: i32): void {
  const minimum = parameters.weightMinimum
  const maximum = parameters.weightMaximum
  const end = (<usize>count) << 2
  for (let spike = 0; spike < inputCount; spike++) {
    const row = layout.weights + <usize>load<u32>(inputs + ((<usize>spike) << 2)) * layout.weightRowBytes
    for (let entry: usize = 0; entry < end; entry += 4) {
      const at = row + <usize>load<u32>(layout.weakenedOffsets + entry)
      const weight = load<f32>(at) - load<f32>(layout.weakenedChanges + entry)
      store<f32>(at, min<f32>(max<f32>(weight, minimum), maximum))
    }
  }
}

/** The same for many neurons: a change of 0 leaves a weight as it is. */
function weakenRows(inputs: usize, inputCount: i32, count: i32): void {
  const bytes = (<usize>layout.padded) << 2
  memory.fill(layout.weakenedDense, 0, bytes)
  for (let entry = 0; entry < count; entry++) {
    const offset = <usize>load<u32>(layout.weakenedOffsets + ((<usize>entry) << 2))
    store<f32>(layout.weakenedDense + offset, load<f32>(layout.weakenedChanges + ((<usize>entry) << 2)))
  }
  const zero = f32x4.splat(0)
  const minimum = f32x4.splat(parameters.weightMinimum)
  const maximum = f32x4.splat(parameters.weightMaximum)
  for (let spike = 0; spike < inputCount; spike++) {
    const row = layout.weights + <usize>load<u32>(inputs + ((<usize>spike) << 2)) * layout.weightRowBytes
    for (let at: usize = 0; at < bytes; at += 16) {
      const change = v128.load(layout.weakenedDense + at)
      const weight = v128.load(row + at)
      const clamped = f32x4.pmin(f32x4.pmax(f32x4.sub(weight, change), minimum), maximum)
      v128.store(row + at, v128.bitselect(weight, clamped, f32x4.eq(change, zero)))
    }
  }
}

/**
 * Strengthens the synapses onto the neurons that spiked in `step`, input by input: where several neurons spiked, the row of
 * an input is fetched once for all of them.
 */
function strengthen(step: i32): void {
  const first = excitatorySpikeTotal - excitatorySpikeCount
  for (let spike = first; spike < excitatorySpikeTotal; spike++) {
    const neuron = load<u32>(layout.spikeNeurons + ((<usize>spike) << 2))
    noteNeuron(neuron)
    store<u32>(layout.strengthenedOffsets + ((<usize>(spike - first)) << 2), neuron << 2)
  }
  const offsets = layout.strengthenedOffsets
  const end = offsets + ((<usize>excitatorySpikeCount) << 2)
  const minimum = parameters.weightMinimum
  const maximum = parameters.weightMaximum
  const weakening = load<f32>(layout.preChange)
  for (let entry = 0; entry < activeInputCount; entry++) {
    const input = load<u32>(layout.activeInputs + ((<usize>entry) << 2))
    const after = step - load<i32>(layout.inputLastSpike + ((<usize>input) << 2))
    const row = layout.weights + <usize>input * layout.weightRowBytes
    const change = load<f32>(layout.postChange + ((<usize>after) << 2))
    for (let offset = offsets; offset < end; offset += 4) {
      const at = row + <usize>load<u32>(offset)
      let weight = load<f32>(at)
      if (after == 0) weight -= weakening
      weight += change
      store<f32>(at, min<f32>(max<f32>(weight, minimum), maximum))
    }
  }
}

/** Notes a neuron that spiked while learning. */
function noteNeuron(neuron: u32): void {
  // `unnormalised` cannot tell whether it is the first time: it may be set from before this presentation.
  if (load<u8>(layout.neuronActive + neuron) != 0) return
  store<u8>(layout.neuronActive + neuron, 1)
  store<u32>(layout.activeNeurons + ((<usize>activeNeuronCount) << 2), neuron)
  activeNeuronCount++
  store<u8>(layout.unnormalised + neuron, 1)
}

/** Clamps the weights that normalisation or loading left outside the bounds: the first learning step clamps all. */
function clampOutside(): void {
  for (let neuron = 0; neuron < layout.neurons; neuron++) {
    if (!load<u8>(layout.outside + neuron)) continue
    store<u8>(layout.outside + neuron, 0)
    store<u8>(layout.unnormalised + neuron, 1)
    let at = layout.weights + ((<usize>neuron) << 2)
    for (let input = 0; input < layout.inputSize; input++) {
      store<f32>(at, min<f32>(max<f32>(load<f32>(at), parameters.weightMinimum), parameters.weightMaximum))
      at += layout.weightRowBytes
    }
  }
  someOutside = false
}
