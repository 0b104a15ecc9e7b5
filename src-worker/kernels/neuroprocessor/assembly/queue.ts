/** What is on its way: the ring of rows of layout.ts. */
import * as layout from './layout'
import { At } from './layout'
import * as state from './state'

/** The inner loops of both processors, in place. */
export class Queue {
  /** Adds an amount to what arrives at a neuron by a row. */
  // @ts-ignore: decorator
  @inline
  static arrive<Amount>(row: usize, cellsAt: usize, target: u32, amount: Amount): void {
    const word = row + (((<usize>target) >> 6) << 3)
    store<u64>(word, load<u64>(word, 8) | ((<u64>1) << (<u64>target)), 8)
    const cell = row + cellsAt + <usize>target * sizeof<Amount>()
    store<Amount>(cell, load<Amount>(cell) + amount)
  }

  /** The row of a step of this run. */
  // @ts-ignore: decorator
  @inline
  static rowOf(step: i32): u32 {
    return ((<u32>(state.origin + step)) << layout.rowShift) & layout.ringMask
  }

  /** Puts the input spikes of a step into its row; returns how many. */
  // @ts-ignore: decorator
  @inline
  static takeInputs<Amount>(row: usize, cellsAt: usize, step: i32): i32 {
    const to = state.inputTo
    const from = state.inputFrom
    let at = from
    while (at < to && load<i32>(at) == step) {
      const neuron = load<u32>(layout.inputNeurons + ((<usize>load<u32>(at, 4)) << 2))
      Queue.arrive<Amount>(row, cellsAt, neuron, load<Amount>(at, 8))
      at += 16
    }
    state.setInputs(at, to)
    return <i32>((at - from) >> 4)
  }

  /** The step to go on with: this one, or where the queue is empty that of the next input spike; `until` where there is none. */
  // @ts-ignore: decorator
  @inline
  static nextStep(step: i32, lastEvent: i32, until: i32): i32 {
    if (step <= lastEvent) return step
    return state.inputFrom < state.inputTo ? min(load<i32>(state.inputFrom), until) : until
  }
}

/**
 * Sends what a neuron sends when some of it arrives after the run.
 * @param keeps whether that is for a later run; otherwise it is dropped
 * @returns how many amounts arrive within the run
 */
export function sendLate<Amount>(record: usize, step: i32, rowNow: u32, keeps: bool): i32 {
  let added = 0
  const to = load<u32>(record, At.to)
  for (let at: usize = load<u32>(record, At.from); at < to; at += 16) {
    const delay = load<u32>(at)
    const arrival = step + <i32>(delay >> layout.rowShift)
    const row = layout.ring + ((rowNow + delay) & layout.ringMask)
    if (arrival < state.end) added++
    else if (keeps) store<u32>(row, load<u32>(row) + 1)
    else continue
    Queue.arrive<Amount>(row, layout.cellsAt, load<u32>(at, 4), load<Amount>(at, 8))
    if (arrival > state.lastEvent) state.setLastEvent(arrival)
  }
  return added
}
