import { EventCollector } from './eventCollector.ts'
import type { InputEvents } from './inputEvents.ts'
import type { Encoding } from './presentation.ts'

type DirectCurrent = Pick<Extract<Encoding, { readonly type: 'direct-current' }>, 'gain' | 'steps'>

/**
 * Values as currents, in every step the one of the frame that it falls in: floor(step * frames / steps).
 * @param intensities [frames][inputs] from 0 to 1
 */
export const encodeDirectCurrent = (
  intensities: Float32Array,
  frames: number,
  { gain, steps }: DirectCurrent,
): InputEvents => {
  const size = intensities.length / frames
  const events = new EventCollector()
  for (let step = 0; step < steps; step++) {
    const first = Math.floor((step * frames) / steps) * size
    for (let input = 0; input < size; input++) {
      const intensity = intensities[first + input] ?? 0
      if (intensity !== 0) events.addValue(step, input, intensity * gain)
    }
  }
  return events.take()
}
