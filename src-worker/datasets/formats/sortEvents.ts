import type { EventSample } from '../../../src-core/encoding/eventSample.ts'

/** Events by rising time, those of the same time in the order in which they came; the given ones where they already are. */
export const sortEvents = (timesUs: Uint32Array, inputs: Uint16Array): EventSample => {
  const isRising = timesUs.every((timeUs, event) => event === 0 || timeUs >= (timesUs[event - 1] ?? 0))
  if (isRising) return { timesUs, inputs }
  const order = Uint32Array.from(timesUs.keys()).sort(
    (left, right) => (timesUs[left] ?? 0) - (timesUs[right] ?? 0) || left - right,
  )
  return {
    timesUs: Uint32Array.from(order, (event) => timesUs[event] ?? 0),
    inputs: Uint16Array.from(order, (event) => inputs[event] ?? 0),
  }
}
