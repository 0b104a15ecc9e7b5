/**
 * RISP of integers, eight samples at a time: each vector has the same number of eight samples, in 16 bits. What is done for one
 * sample is done for all that need it, so that what a step costs beside its events is shared. The host sees to it that no sum
 * leaves 16 bits, and that runs are shorter than 2^15 steps.
 */
import * as layout from './layout'
import { At } from './layout'
import { minPotential } from './risp'

/** An input spike of up to eight samples: step, input (u32), amounts and which samples have it (v128 each). */
const spikeBytes: usize = 48
/** A neuron's record: charges, spikes, first steps (v128 each). */
const stateBytes: usize = 48

/** Since they were last forgotten: spikes, and amounts that were added. */
export let laneFires: f64 = 0
export let laneAccumulates: f64 = 0

export function clearLanes(): void {
  memory.fill(layout.laneRing, 0, (<usize>layout.slotMask + 1) * layout.laneRowBytes)
}

/** Shows the samples of groups of eight, from `first` on before `after`; writes what the outputs did. */
export function showInLanes(first: i32, after: i32, steps: i32): void {
  for (let group = first >> 3; group << 3 < after; group++) {
    const base = group << 3
    reset()
    run(group, chosen(first - base, after - base), steps)
    for (let sample = max(first, base); sample < min(after, base + 8); sample++) writeOutputs(sample, sample - base)
  }
}

export function forgetLaneTotals(): void {
  laneFires = 0
  laneAccumulates = 0
}

/** All bits of the lanes from `first` on before `after`. */
function chosen(first: i32, after: i32): v128 {
  const places = i16x8(0, 1, 2, 3, 4, 5, 6, 7)
  return v128.and(
    i16x8.ge_s(places, i16x8.splat(<i16>max(first, 0))),
    i16x8.lt_s(places, i16x8.splat(<i16>min(after, 8))),
  )
}

function reset(): void {
  const end = layout.laneStates + <usize>layout.neurons * stateBytes
  for (let state = layout.laneStates; state < end; state += stateBytes) {
    v128.store(state, i64x2.splat(0))
    v128.store(state, i64x2.splat(0), 16)
    v128.store(state, i64x2.splat(-1), 32)
  }
}

class Lanes {
  /** Adds amounts to what arrives at a neuron by a row, for the lanes of the mask. */
  // @ts-ignore: decorator
  @inline
  static arrive(row: usize, cellsAt: usize, target: u32, amounts: v128, lanes: v128): void {
    const word = row + (((<usize>target) >> 6) << 3)
    store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>target)))
    const cell = row + cellsAt + ((<usize>target) << 5)
    v128.store(cell, i16x8.add(v128.load(cell), v128.and(amounts, lanes)))
    v128.store(cell, v128.or(v128.load(cell, 16), lanes), 16)
  }
}

/** One group from no activity; the ring is empty before and after. */
function run(group: i32, lanesShown: v128, steps: i32): void {
  const ring = layout.laneRing
  const rowBytes = layout.laneRowBytes
  const cellsAt = layout.laneCellsAt
  const slotMask = layout.slotMask
  const states = layout.laneStates
  const records = layout.neuronRecords
  const words = (<usize>layout.words) << 3
  const firedList = layout.laneFired
  const least = i16x8.splat(<i16>minPotential)
  const zero = i64x2.splat(0)
  const none = i64x2.splat(-1)
  const offsets = layout.laneOffsets + ((<usize>group) << 2)
  let input = layout.laneSpikes + <usize>load<u32>(offsets) * spikeBytes
  const inputEnd = layout.laneSpikes + <usize>load<u32>(offsets, 4) * spikeBytes
  let lastEvent = -1
  let fires = 0
  let added = 0

  for (let step = 0; step < steps; step++) {
    if (step > lastEvent) {
      if (input >= inputEnd) break
      step = load<i32>(input)
      if (step >= steps) break
    }
    const row = ring + <usize>(step & slotMask) * rowBytes
    for (; input < inputEnd && load<i32>(input) == step; input += spikeBytes) {
      const lanes = v128.and(v128.load(input, 32), lanesShown)
      const neuron = load<u32>(layout.inputNeurons + ((<usize>load<u32>(input, 4)) << 2))
      Lanes.arrive(row, cellsAt, neuron, v128.load(input, 16), lanes)
      added += popcnt(i16x8.bitmask(lanes))
    }
    const stepInAll = i16x8.splat(<i16>step)
    let fired = firedList
    for (let word: usize = 0; word < words; word += 8) {
      let touched = load<u64>(row + word)
      if (touched == 0) continue
      store<u64>(row + word, 0)
      const firstNeuron = word << 3
      do {
        const neuron = firstNeuron + <usize>ctz(touched)
        touched &= touched - 1
        const record = records + (neuron << 6)
        const state = states + neuron * stateBytes
        const cell = row + cellsAt + (neuron << 5)
        const lanes = v128.load(cell, 16)
        const before = v128.load(state)
        const kept = v128.and(before, i16x8.splat(<i16>load<i32>(record, At.keeps)))
        const charge = i16x8.add(i16x8.max_s(kept, least), v128.load(cell))
        v128.store(cell, zero)
        v128.store(cell, zero, 16)
        const crosses = v128.and(i16x8.ge_s(charge, i16x8.splat(<i16>load<i32>(record, At.threshold))), lanes)
        v128.store(state, v128.andnot(v128.bitselect(charge, before, lanes), crosses))
        // Written down in any case, and kept if any lane fires: which is hard to foretell.
        v128.store(fired, crosses)
        store<u32>(fired, <u32>neuron, 16)
        fired += (<usize>i32(v128.any_true(crosses))) << 5
      } while (touched != 0)
    }
    for (let at = firedList; at < fired; at += 32) {
      const lanes = v128.load(at)
      const neuron = <usize>load<u32>(at, 16)
      const record = records + (neuron << 6)
      const state = states + neuron * stateBytes
      v128.store(state, i16x8.sub(v128.load(state, 16), lanes), 16)
      v128.store(state, i16x8.min_u(v128.load(state, 32), v128.bitselect(stepInAll, none, lanes)), 32)
      const many = popcnt(i16x8.bitmask(lanes))
      fires += many
      const latest = step + load<i32>(record, At.longest)
      let synapse: usize = load<u32>(record, At.from)
      const to: usize = load<u32>(record, At.to)
      if (latest < steps) {
        if (latest > lastEvent) lastEvent = latest
        added += many * <i32>((to - synapse) >> 4)
        for (; synapse < to; synapse += 16) {
          const slot = (step + load<i32>(synapse, 12)) & slotMask
          const amounts = v128.load16_splat(synapse, 8)
          Lanes.arrive(ring + <usize>slot * rowBytes, cellsAt, load<u32>(synapse, 4), amounts, lanes)
        }
      } else {
        for (; synapse < to; synapse += 16) {
          const arrival = step + load<i32>(synapse, 12)
          if (arrival >= steps) continue
          if (arrival > lastEvent) lastEvent = arrival
          added += many
          const amounts = v128.load16_splat(synapse, 8)
          Lanes.arrive(ring + <usize>(arrival & slotMask) * rowBytes, cellsAt, load<u32>(synapse, 4), amounts, lanes)
        }
      }
    }
  }
  laneFires += fires
  laneAccumulates += added
}

function writeOutputs(sample: i32, lane: i32): void {
  let at = (<usize>sample * <usize>layout.outputs) << 2
  for (let output = 0; output < layout.outputs; output++, at += 4) {
    const neuron = <usize>load<u32>(layout.outputNeurons + ((<usize>output) << 2))
    const state = layout.laneStates + neuron * stateBytes + ((<usize>lane) << 1)
    store<u32>(layout.sampleCounts + at, load<u16>(state, 16))
    store<i32>(layout.sampleFirsts + at, load<i16>(state, 32))
  }
}
