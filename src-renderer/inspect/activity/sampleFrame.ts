/** The input of one sample as a frame of events: how often each input spiked. */
import type { InspectedLayer } from '../../../src-core/contracts/inspection.ts'
import { type Shape, sizeOf } from '../parts/samplePicture.ts'
import type { PlacedRecording, StepRange } from '../../../src-core/activity/activity.ts'

/** Where the inputs of a network lie; a list is one place with channels. */
export const inputShape = ({ shape, neurons }: InspectedLayer): Shape =>
  shape ?? { channels: neurons, rows: 1, columns: 1 }

/** [rows][columns][channels]: spikes of each input within a range of the shared axis. */
export const inputFrame = ({ recording, from }: PlacedRecording, range: StepRange, shape: Shape): Float32Array => {
  const counts = new Float32Array(sizeOf(shape))
  const input = recording.spikes[0]
  if (input === undefined) return counts
  for (const [spike, step] of input.steps.entries()) {
    if (from + step < range.from || from + step >= range.to) continue
    const place = input.neurons[spike] ?? 0
    if (place < counts.length) counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}
