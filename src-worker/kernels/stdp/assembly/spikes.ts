/** The one-spike rule and the excitatory spike train. */
import { wake } from './inhibitory'
import * as layout from './layout'
import * as parameters from './parameters'
import { advanced, output, seeded } from './random'

let state: u64 = 0
/** Excitatory spikes of this presentation, and how many of them the last step added. */
export let excitatorySpikeTotal: i32 = 0
export let excitatorySpikeCount: i32 = 0

export function resetSpikes(seedHigh: u32, seedLow: u32): void {
  state = seeded(seedHigh, seedLow)
  excitatorySpikeTotal = 0
  excitatorySpikeCount = 0
  memory.fill(layout.excitatoryCounts, 0, (<usize>layout.padded) << 2)
}

/** No neuron has spiked so far, as far as others can tell. */
export function forgetSpikes(): void {
  // Every byte of `never` is 0xff.
  memory.fill(layout.excitatoryLastSpike, <u8>layout.never, (<usize>layout.padded) << 2)
}

/** Of the `count` neurons that crossed in `step`, notes those that keep their spikes. */
export function keepSpikes(count: i32, step: i32): void {
  excitatorySpikeCount = 0
  if (count == 0) return
  if (parameters.oneSpike == 0) {
    for (let index = 0; index < count; index++) keep(index, step)
  } else {
    keep(count > 1 && parameters.oneSpike == 2 ? draw(count) : 0, step)
  }
}

function draw(count: i32): i32 {
  const drawn = output(state)
  state = advanced(state)
  return <i32>((<u64>drawn * <u64>count) >> 32)
}

function keep(index: i32, step: i32): void {
  const neuron = load<u32>(layout.crossed + ((<usize>index) << 2))
  const at = (<usize>neuron) << 2
  store<i32>(layout.excitatoryLastSpike + at, step)
  store<u32>(layout.excitatoryCounts + at, load<u32>(layout.excitatoryCounts + at) + 1)
  store<u32>(layout.spikeNeurons + ((<usize>excitatorySpikeTotal) << 2), neuron)
  store<u32>(layout.spikeSteps + ((<usize>excitatorySpikeTotal) << 2), step)
  excitatorySpikeTotal++
  excitatorySpikeCount++
  wake(neuron)
}
