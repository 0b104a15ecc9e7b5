/**
 * The Diehl & Cook network with STDP, event-driven, four neurons at a time. What is computed is defined by the plain model,
 * test/oracles/diehlCook/referenceDiehlCook.ts; this agrees with it bit by bit.
 *
 * Order of calls: layOut, (memory grown, what parameters.ts has is set, tables copied,) prepare; then for every sample present,
 * or begin, step for step, normalise.
 */
import { encode, prepareGuide } from './encoder'
import { excite, stepExcitatory } from './excitatory'
import {
  inhibit,
  inhibitorySpikeCount,
  inhibitorySpikeTotal,
  inhibitoryRefractoryOf,
  resetInhibitory,
  resetInhibitoryCount,
  stepInhibitory,
} from './inhibitory'
import * as layout from './layout'
import { findOutside, normalise } from './normalisation'
import * as parameters from './parameters'
import { learn, prepareTraces, resetPlasticity } from './plasticity'
import { excitatorySpikeCount, excitatorySpikeTotal, forgetSpikes, keepSpikes, resetSpikes } from './spikes'

export {
  layOut,
  weights,
  weightRowBytes,
  theta,
  excitatoryPotential,
  excitatoryRefractory,
  excitatoryLastSpike,
  excitatoryCounts,
  inhibitoryPotential,
  inhibitorySpikes,
  image,
  inputSpikes,
  inputRowBytes,
  inputSpikeCounts,
  cumulative,
  audible,
  traceAfter,
  unnormalised,
  spikeNeurons,
  spikeSteps,
} from './layout'
export * from './parameters'
export { encode } from './encoder'
export { findOutside, normalise } from './normalisation'
export { inhibitoryRefractoryOf, inhibitorySpikeCount, inhibitorySpikeTotal } from './inhibitory'
export { excitatorySpikeCount, excitatorySpikeTotal } from './spikes'

let learning: bool = false
let now: i32 = 0
/** Step in which the local state was reset last. */
let lastReset: i32 = 0

/** Fills what follows from parameters and tables, and the padding. */
export function prepare(): void {
  prepareGuide()
  prepareTraces()
  for (let neuron = layout.neurons; neuron < layout.padded; neuron++) {
    store<f32>(layout.theta + ((<usize>neuron) << 2), f32.POSITIVE_INFINITY)
  }
}

/** Resets what does not outlive a sample; the seed is that of the one-spike draws. */
export function begin(seedHigh: u32, seedLow: u32, adapts: bool): void {
  learning = adapts
  now = 0
  resetSpikes(seedHigh, seedLow)
  resetInhibitoryCount()
  resetLocalState()
}

/** Resets what neither outlives a sample nor, if there is one, the reset interval. */
function resetLocalState(): void {
  lastReset = now
  for (let neuron = 0; neuron < layout.padded; neuron++) {
    store<f32>(layout.excitatoryPotential + ((<usize>neuron) << 2), parameters.restExcitatoryMv)
  }
  memory.fill(layout.excitatoryRefractory, 0, (<usize>layout.padded) << 2)
  forgetSpikes()
  resetInhibitory()
  resetPlasticity()
}

export function step(): void {
  if (parameters.resetInterval > 0 && now - lastReset == parameters.resetInterval) resetLocalState()
  excite(now == lastReset ? layout.never : now - 1)
  const crossed = stepExcitatory(learning)
  const inhibited = inhibitorySpikeCount > 0
  stepInhibitory(now)
  inhibit(inhibited)
  keepSpikes(crossed, now)
  if (learning) learn(now)
  now++
}

/** Runs the steps after `begin`. */
export function run(steps: i32): void {
  for (let count = 0; count < steps; count++) step()
}

/** One sample, from the image in memory to normalised weights. */
export function present(encodingHigh: u32, encodingLow: u32, oneSpikeHigh: u32, oneSpikeLow: u32, adapts: bool): void {
  encode(encodingHigh, encodingLow)
  begin(oneSpikeHigh, oneSpikeLow, adapts)
  run(layout.steps)
  normalise()
}

export function inputSpikeTotal(): i32 {
  let total = 0
  for (let step = 0; step < layout.steps; step++) total += load<u32>(layout.inputSpikeCounts + ((<usize>step) << 2))
  return total
}

/** False when a weight, a threshold or a potential is NaN or infinite. */
export function allFinite(): bool {
  let finite = finiteRange(layout.theta, layout.neurons) && finiteRange(layout.excitatoryPotential, layout.neurons)
  finite = finite && finiteRange(layout.inhibitoryPotential, layout.neurons)
  for (let input = 0; finite && input < layout.inputSize; input++) {
    finite = finiteRange(layout.weights + <usize>input * layout.weightRowBytes, layout.neurons)
  }
  return finite
}

function finiteRange(start: usize, count: i32): bool {
  for (let index = 0; index < count; index++) {
    if (!isFinite<f32>(load<f32>(start + ((<usize>index) << 2)))) return false
  }
  return true
}
