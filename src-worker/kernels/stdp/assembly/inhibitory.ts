/**
 * The inhibitory layer: test/oracles/diehlCook/neurons.ts, for the neurons that are awake. A neuron that has had no
 * input in this presentation rests exactly, so it sleeps until its excitatory partner spikes; when resting is enough
 * to cross the threshold, all are awake from the start.
 */
import * as layout from './layout'
import * as parameters from './parameters'

let awakeCount: i32 = 0
/** Refractory counter of the sleepers. */
let idle: f32 = 0
/** Inhibitory neurons that spiked in the last step. */
export let inhibitorySpikeCount: i32 = 0
export let inhibitorySpikeTotal: i32 = 0

export function resetInhibitoryCount(): void {
  inhibitorySpikeTotal = 0
}

export function resetInhibitory(): void {
  for (let neuron = 0; neuron < layout.neurons; neuron++) {
    store<f32>(layout.inhibitoryPotential + ((<usize>neuron) << 2), parameters.restInhibitoryMv)
  }
  memory.fill(layout.inhibitoryAwake, 0, layout.neurons)
  memory.fill(layout.inhibition, 0, (<usize>layout.padded) << 2)
  awakeCount = 0
  idle = 0
  inhibitorySpikeCount = 0
  if (parameters.restInhibitoryMv >= parameters.thresholdInhibitoryMv) {
    for (let neuron = 0; neuron < layout.neurons; neuron++) wake(neuron)
  }
}

/** Refractory counter of a neuron, awake or not. */
export function inhibitoryRefractoryOf(neuron: i32): f32 {
  return load<u8>(layout.inhibitoryAwake + neuron)
    ? load<f32>(layout.inhibitoryRefractory + ((<usize>neuron) << 2))
    : idle
}

/** Wakes the neuron whose partner spiked: its input arrives in the next step. */
export function wake(neuron: i32): void {
  if (load<u8>(layout.inhibitoryAwake + neuron)) return
  store<u8>(layout.inhibitoryAwake + neuron, 1)
  store<f32>(layout.inhibitoryRefractory + ((<usize>neuron) << 2), idle)
  store<u32>(layout.inhibitoryAwakeList + ((<usize>awakeCount) << 2), neuron)
  awakeCount++
}

/** Moves the layer on by one step; the excitatory spikes of `step` must not be noted yet, those of before drive it. */
export function stepInhibitory(step: i32): void {
  const rest = parameters.restInhibitoryMv
  inhibitorySpikeCount = 0
  for (let entry = 0; entry < awakeCount; entry++) {
    const neuron = <usize>load<u32>(layout.inhibitoryAwakeList + ((<usize>entry) << 2))
    const at = neuron << 2
    const refractory = load<f32>(layout.inhibitoryRefractory + at)
    let potential = parameters.membraneDecayInhibitory * (load<f32>(layout.inhibitoryPotential + at) - rest) + rest
    if (step > 0 && load<i32>(layout.excitatoryLastSpike + at) == step - 1 && !(refractory > 0)) {
      potential += parameters.strengthExcitatory
    }
    if (potential >= parameters.thresholdInhibitoryMv) {
      store<f32>(layout.inhibitoryPotential + at, parameters.resetInhibitoryMv)
      store<f32>(layout.inhibitoryRefractory + at, parameters.refractoryInhibitoryMs)
      store<u32>(layout.inhibitorySpikes + ((<usize>inhibitorySpikeCount) << 2), <u32>neuron)
      inhibitorySpikeCount++
    } else {
      store<f32>(layout.inhibitoryPotential + at, potential)
      store<f32>(layout.inhibitoryRefractory + at, refractory - parameters.dtMs)
    }
  }
  idle -= parameters.dtMs
  inhibitorySpikeTotal += inhibitorySpikeCount
}

/** Sets the inhibition of the next step from the spikes of this one; `hadSpikes`: some was set for this step. */
export function inhibit(hadSpikes: bool): void {
  if (inhibitorySpikeCount == 0) {
    if (hadSpikes) memory.fill(layout.inhibition, 0, (<usize>layout.padded) << 2)
    return
  }
  if (parameters.byDistance) {
    inhibitByDistance()
    return
  }
  // All get the sum over all spikes, and the partners of those that spiked the sum without the own one.
  let others: f32 = 0
  for (let spike = 1; spike < inhibitorySpikeCount; spike++) others -= parameters.strengthInhibitory
  const all = f32x4.splat(others - parameters.strengthInhibitory)
  for (let at: usize = 0; at < (<usize>layout.padded) << 2; at += 16) v128.store(layout.inhibition + at, all)
  for (let spike = 0; spike < inhibitorySpikeCount; spike++) {
    const neuron = <usize>load<u32>(layout.inhibitorySpikes + ((<usize>spike) << 2))
    store<f32>(layout.inhibition + (neuron << 2), others)
  }
}

/**
 * The sum of distances to the neurons that spiked grows, from one neuron to the next, by one for each of them that is left
 * behind and shrinks by one for each that is still ahead.
 */
function inhibitByDistance(): void {
  const spiked = layout.inhibitorySpiked
  const count = inhibitorySpikeCount
  let places: u64 = 0
  for (let spike = 0; spike < count; spike++) {
    const neuron = <usize>load<u32>(layout.inhibitorySpikes + ((<usize>spike) << 2))
    places += neuron
    store<u8>(spiked + neuron, 1)
  }
  let behind = 0
  for (let neuron: usize = 0; neuron < <usize>layout.neurons; neuron++) {
    store<f32>(layout.inhibition + (neuron << 2), <f32>(-parameters.inhibitionPerPlace * <f64>places))
    behind += <i32>load<u8>(spiked + neuron)
    store<u8>(spiked + neuron, 0)
    places += <u64>(<i64>(2 * behind - count))
  }
}
