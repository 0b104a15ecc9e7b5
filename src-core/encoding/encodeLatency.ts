/**
 * Time to first spike: every input spikes once at most, the stronger the earlier (Thorpe & Gautrais 1998). x in [0, 1]:
 *
 *   linear:       step = round((1 - x) (steps - 1))
 *   logarithmic:  step = floor(tau ln(x / (x - threshold)) / dt), which is when a leaky integrator of the time constant
 *                 tau, driven by x, reaches the threshold
 *
 * Inputs up to the threshold, and those whose step lies beyond the last one, do not spike.
 */
import { EventCollector } from './eventCollector.ts'
import type { InputEvents } from './inputEvents.ts'
import type { Encoding } from './presentation.ts'

type Latency = Pick<Extract<Encoding, { readonly type: 'latency' }>, 'curve' | 'threshold' | 'tauMs' | 'steps' | 'dtMs'>

/** @param intensities from 0 to 1 */
export const encodeLatency = (intensities: Float32Array, settings: Latency): InputEvents => {
  const { curve, tauMs, steps, dtMs } = settings
  // As precise as the intensities, of which one at the threshold makes no spike.
  const threshold = Math.fround(settings.threshold)
  const events = new EventCollector()
  for (let input = 0; input < intensities.length; input++) {
    const intensity = intensities[input] ?? 0
    if (!(intensity > threshold)) continue
    const step =
      curve === 'linear'
        ? Math.round((1 - intensity) * (steps - 1))
        : Math.floor((tauMs * Math.log(intensity / (intensity - threshold))) / dtMs)
    if (step < steps) events.add(step, input)
  }
  return events.take()
}
