/** Where a run stands. Steps are counted from the start of the run. */
import * as layout from './layout'
import { At } from './layout'

/** The next step. */
export let now: i32 = 0
/** The step after the last one. */
export let end: i32 = 0
/** The last step that anything arrives or is tested at, as far as is known; before `now`: the queue is empty. */
export let lastEvent: i32 = -1
/** Steps since the last clearing, up to this run. */
export let origin: i32 = 0
/** Where the input spikes that are still to come begin and end. */
export let inputFrom: usize = 0
export let inputTo: usize = 0

/** Of this run: spikes, and amounts that were added. */
export let spikes: f64 = 0
export let accumulates: f64 = 0
/** Whether neurons that fire are listed, and how many did in the last step. */
export let recording: bool = false
export let firedCount: i32 = 0

export function setNow(step: i32): void {
  now = step
}
export function setLastEvent(step: i32): void {
  lastEvent = step
}
export function setInputs(from: usize, to: usize): void {
  inputFrom = from
  inputTo = to
}
export function count(fired: i32, added: i32): void {
  spikes += fired
  accumulates += added
}
export function forgetFired(): void {
  firedCount = 0
}

/** Forgets all that earlier runs left; the queue must be empty or is emptied with `clearQueue`. */
export function clearActivity(): void {
  origin = 0
  lastEvent = -1
  memory.fill(layout.flagged, 0, (<usize>layout.words) << 3)
  for (let neuron = 0, record = layout.neuronRecords; neuron < layout.neurons; neuron++, record += 64) {
    store<i64>(record + At.charge, 0)
    store<i32>(record + At.touched, 0)
  }
}

export function clearQueue(): void {
  memory.fill(layout.ring, 0, <usize>layout.ringMask + 1)
}

export function beginRun(steps: i32, records: bool): void {
  now = 0
  end = steps
  spikes = 0
  accumulates = 0
  recording = records
  for (let neuron = 0, record = layout.neuronRecords; neuron < layout.neurons; neuron++, record += 64) {
    store<i32>(record + At.count, 0)
    store<i32>(record + At.first, -1)
    store<i32>(record + At.last, -1)
  }
}

/** The next run goes on where this one ended. */
export function endRun(): void {
  origin += end
  lastEvent = max(-1, lastEvent - end)
}

export class Fires {
  /** Writes down that a neuron fired. */
  // @ts-ignore: decorator
  @inline
  static record(neuron: i32, record: usize, step: i32): void {
    store<i32>(record, load<i32>(record, At.count) + 1, At.count)
    // -1 is the greatest of unsigned numbers.
    store<u32>(record, min<u32>(load<u32>(record, At.first), <u32>step), At.first)
    store<i32>(record, step, At.last)
    if (recording) {
      store<i32>(layout.firedNow + ((<usize>firedCount) << 2), neuron)
      firedCount++
    }
  }
}
