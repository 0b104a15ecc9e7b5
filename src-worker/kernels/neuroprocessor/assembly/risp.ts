/** RISP, event by event; what is computed is defined by test/oracles/neuroprocessor/referenceRisp.ts. */
import * as layout from './layout'
import { At } from './layout'
import { Queue, sendLate } from './queue'
import * as state from './state'

/** What a charge does not stay below. */
export let minPotential: f64 = 0
/** Whether a neuron counts as fired one step later. */
export let fireLikeRavens: bool = false

/** Runs the steps before `until`. @param keeps whether what arrives after the run is for a later one */
function advance<Amount>(until: i32, keeps: bool): void {
  const ring = layout.ring
  const ringMask = layout.ringMask
  const cellsAt = layout.cellsAt
  const records = layout.neuronRecords
  const words = (<usize>layout.words) << 3
  const end = state.end
  const ravens = fireLikeRavens
  const outlasts: i32 = ravens ? -1 : 0
  const least = <Amount>minPotential
  let spikes = 0
  let accumulates = 0

  let step = Queue.nextStep(state.now, state.lastEvent, until)
  while (step < until) {
    if (ravens) spikes += countAside(step)
    const rowNow = Queue.rowOf(step)
    const row = ring + rowNow
    accumulates += Queue.takeInputs<Amount>(row, cellsAt, step) + load<i32>(row)
    store<u32>(row, 0)
    for (let word: usize = 0; word < words; word += 8) {
      let touched = load<u64>(row + word, 8)
      if (touched == 0) continue
      store<u64>(row + word, 0, 8)
      const firstNeuron = word << 3
      let fired: u64 = 0
      do {
        const bit = ctz(touched)
        touched &= touched - 1
        const neuron = firstNeuron + <usize>bit
        const record = records + (neuron << 6)
        const cell = row + cellsAt + neuron * sizeof<Amount>()
        const amount = load<Amount>(cell)
        store<Amount>(cell, 0)
        if (isInteger<Amount>()) {
          let charge = max<i32>(load<i32>(record, At.charge) & load<i32>(record, At.keeps), <i32>least) + <i32>amount
          const crosses: i32 = i32(charge >= load<i32>(record, At.threshold))
          store<i32>(record, charge & ((crosses - 1) | outlasts), At.charge)
          fired |= (<u64>crosses) << bit
        } else {
          const before = load<i32>(record, At.keeps) != 0 ? load<f64>(record, At.charge) : 0
          const charge = max<f64>(before, <f64>least) + <f64>amount
          const crosses = charge >= load<f64>(record, At.threshold)
          store<f64>(record, crosses && !ravens ? 0 : charge, At.charge)
          fired |= (<u64>crosses) << bit
        }
      } while (touched != 0)
      if (fired == 0) continue
      if (ravens) {
        store<u64>(layout.flagged + word, fired)
        state.setLastEvent(max(state.lastEvent, step + 1))
      } else {
        spikes += <i32>popcnt(fired)
      }
      do {
        const neuron = firstNeuron + <usize>ctz(fired)
        fired &= fired - 1
        const record = records + (neuron << 6)
        if (!ravens) state.Fires.record(<i32>neuron, record, step)
        const latest = step + load<i32>(record, At.longest)
        if (latest < end) {
          let at: usize = load<u32>(record, At.from)
          const to: usize = load<u32>(record, At.to)
          accumulates += <i32>((to - at) >> 4)
          if (latest > state.lastEvent) state.setLastEvent(latest)
          for (; at < to; at += 16) {
            Queue.arrive<Amount>(
              ring + ((rowNow + load<u32>(at)) & ringMask),
              cellsAt,
              load<u32>(at, 4),
              load<Amount>(at, 8),
            )
          }
        } else {
          accumulates += sendLate<Amount>(record, step, rowNow, keeps)
        }
      } while (fired != 0)
    }
    step = Queue.nextStep(step + 1, state.lastEvent, until)
  }
  state.setNow(until)
  state.count(spikes, accumulates)
}

export function advanceDiscrete(until: i32, keeps: bool): void {
  advance<i32>(until, keeps)
}

export function advanceFloating(until: i32, keeps: bool): void {
  advance<f64>(until, keeps)
}

/** What fired in the step before counts as fired now; returns how many. */
function countAside(step: i32): i32 {
  let fires = 0
  for (let word: usize = 0; word < (<usize>layout.words) << 3; word += 8) {
    let aside = load<u64>(layout.flagged + word)
    store<u64>(layout.flagged + word, 0)
    fires += <i32>popcnt(aside)
    while (aside != 0) {
      const neuron = (word << 3) + <usize>ctz(aside)
      aside &= aside - 1
      const record = layout.neuronRecords + (neuron << 6)
      // As i32 or f64.
      store<i64>(record, 0, At.charge)
      state.Fires.record(<i32>neuron, record, step)
    }
  }
  return fires
}

/** Charges as they are reported after a run. */
export function settle(discrete: bool): void {
  for (let neuron = 0, record = layout.neuronRecords; neuron < layout.neurons; neuron++, record += 64) {
    if (load<i32>(record, At.keeps) == 0) store<i64>(record, 0, At.charge)
    if (discrete) store<i32>(record, max(load<i32>(record, At.charge), <i32>minPotential), At.charge)
    else store<f64>(record, max(load<f64>(record, At.charge), minPotential), At.charge)
  }
}
