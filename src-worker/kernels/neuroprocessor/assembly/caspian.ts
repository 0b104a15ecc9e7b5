/** Caspian, event by event; what is computed is defined by test/oracles/neuroprocessor/referenceCaspian.ts. */
import * as layout from './layout'
import { At } from './layout'
import { Queue, sendLate } from './queue'
import * as state from './state'

/** Whether a neuron that fires loses its threshold rather than all of its charge. */
export let softReset: bool = false

/** About 1024 * 2^(i / 16 - 1). */
const fractions = memory.data<u16>([512, 535, 558, 583, 609, 636, 664, 693, 724, 756, 790, 825, 861, 899, 939, 981])

/** What is left of a charge after `steps` with the time constant 2^leak. */
export function leaked(charge: i32, leak: i32, steps: i32): i32 {
  if (leak < 0 || steps == 0) return charge
  const rest = steps & ((1 << leak) - 1)
  let size = abs(charge)
  if (rest > 0) size = (size * <i32>load<u16>(fractions + ((<usize>(((1 << leak) - rest) << (4 - leak))) << 1))) >> 10
  // A charge has 16 bits.
  size >>= min(steps >> leak, 16)
  return charge < 0 ? -size : size
}

/** Runs the steps before `until`. @param keeps whether what arrives after the run is for a later one */
export function advanceCaspian(until: i32, keeps: bool): void {
  const ring = layout.ring
  const cellsAt = layout.cellsAt
  const words = (<usize>layout.words) << 3
  let spikes = 0
  let accumulates = 0

  let step = Queue.nextStep(state.now, state.lastEvent, until)
  while (step < until) {
    const rowNow = Queue.rowOf(step)
    const row = ring + rowNow
    for (let word: usize = 0; word < words; word += 8) {
      let flagged = load<u64>(layout.flagged + word)
      if (flagged == 0) continue
      store<u64>(layout.flagged + word, 0)
      do {
        const neuron = (word << 3) + <usize>ctz(flagged)
        flagged &= flagged - 1
        const record = layout.neuronRecords + (neuron << 6)
        const charge = load<i32>(record, At.charge)
        const threshold = load<i32>(record, At.threshold)
        if (charge <= threshold) continue
        spikes++
        state.Fires.record(<i32>neuron, record, step)
        store<i32>(record, softReset ? charge - threshold : 0, At.charge)
        accumulates += sendFrom(record, step, rowNow, keeps)
      } while (flagged != 0)
    }
    accumulates += Queue.takeInputs<i32>(row, cellsAt, step) + load<i32>(row)
    store<u32>(row, 0)
    const steps = state.origin + step
    for (let word: usize = 0; word < words; word += 8) {
      let touched = load<u64>(row + word, 8)
      if (touched == 0) continue
      store<u64>(row + word, 0, 8)
      store<u64>(layout.flagged + word, touched)
      state.setLastEvent(max(state.lastEvent, step + 1))
      do {
        const neuron = (word << 3) + <usize>ctz(touched)
        touched &= touched - 1
        const record = layout.neuronRecords + (neuron << 6)
        const cell = row + cellsAt + (neuron << 2)
        const left = leaked(
          load<i32>(record, At.charge),
          load<i32>(record, At.leak),
          steps - load<i32>(record, At.touched),
        )
        store<i32>(record, min(max(left + load<i32>(cell), -32768), 32767), At.charge)
        store<i32>(record, steps, At.touched)
        store<i32>(cell, 0)
      } while (touched != 0)
    }
    step = Queue.nextStep(step + 1, state.lastEvent, until)
  }
  state.setNow(until)
  state.count(spikes, accumulates)
}

function sendFrom(record: usize, step: i32, rowNow: u32, keeps: bool): i32 {
  const latest = step + load<i32>(record, At.longest)
  if (latest >= state.end) return sendLate<i32>(record, step, rowNow, keeps)
  const from: usize = load<u32>(record, At.from)
  const to: usize = load<u32>(record, At.to)
  if (latest > state.lastEvent) state.setLastEvent(latest)
  for (let at = from; at < to; at += 16) {
    Queue.arrive<i32>(
      layout.ring + ((rowNow + load<u32>(at)) & layout.ringMask),
      layout.cellsAt,
      load<u32>(at, 4),
      load<i32>(at, 8),
    )
  }
  return <i32>((to - from) >> 4)
}
