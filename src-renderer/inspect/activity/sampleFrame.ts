/** The input of one sample as a frame of events: how often each pixel spiked. */
import type { StepRange } from './activity.ts'
import type { PlacedRecording } from './activity.ts'

/** [rows * columns]: spikes of each input within a range of the shared axis. */
export const inputFrame = ({ recording, from }: PlacedRecording, range: StepRange): Uint16Array => {
  const counts = new Uint16Array(recording.rows * recording.columns)
  const input = recording.spikes[0]
  if (input === undefined) return counts
  for (const [spike, step] of input.steps.entries()) {
    if (from + step < range.from || from + step >= range.to) continue
    const pixel = input.neurons[spike] ?? 0
    if (pixel < counts.length) counts[pixel] = (counts[pixel] ?? 0) + 1
  }
  return counts
}
