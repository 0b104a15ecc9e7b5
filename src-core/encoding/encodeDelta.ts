/**
 * Delta modulation, as an event camera does it (Lichtsteiner, Posch & Delbruck 2008): an input spikes when its value has
 * moved by a threshold from where it was at its last spike, on channel 2 c when it fell and 2 c + 1 when it rose. The
 * first frame is where the values start. Frame f of F is seen in the step floor(f * steps / F).
 */
import { EventCollector } from './eventCollector.ts'
import type { InputEvents } from './inputEvents.ts'
import type { Encoding } from './presentation.ts'

type Delta = Pick<Extract<Encoding, { readonly type: 'delta' }>, 'threshold' | 'steps'>

/** @param intensities [frames][inputs] */
export const encodeDelta = (intensities: Float32Array, frames: number, { threshold, steps }: Delta): InputEvents => {
  const size = intensities.length / frames
  const reference = Float64Array.from(intensities.subarray(0, size))
  const events = new EventCollector()
  let step = 0
  // Several frames of one step are one spike each way at most.
  let spiked = new Uint8Array(2 * size)
  const flush = (): void => {
    for (let input = 0; input < 2 * size; input++) if (spiked[input] === 1) events.add(step, input)
    spiked = new Uint8Array(2 * size)
  }
  for (let frame = 1; frame < frames; frame++) {
    const next = Math.floor((frame * steps) / frames)
    if (next !== step) flush()
    step = next
    for (let input = 0; input < size; input++) {
      const moved = (intensities[frame * size + input] ?? 0) - (reference[input] ?? 0)
      // What is one threshold away by rounding of the single precision alone counts as such.
      const thresholds = Math.floor(Math.abs(moved) / threshold + 1e-6)
      if (thresholds === 0) continue
      reference[input] = (reference[input] ?? 0) + Math.sign(moved) * thresholds * threshold
      spiked[2 * input + Number(moved > 0)] = 1
    }
  }
  flush()
  return events.take()
}
