/** An episode as a recording: the spikes of all its decisions one after the other, as those of a sample are. */
import type { Episode } from '../../src-core/contracts/evolvedInspection.ts'
import type { InspectedNetwork, SampleRecording } from '../../src-core/contracts/inspection.ts'

/** The task that a network acts in; null: it is shown samples. */
export const actingOf = ({ evolved }: Pick<InspectedNetwork, 'evolved'>) => evolved?.acting ?? null

/** It has no picture, no label and no answer. */
export const recordingOfEpisode = (
  { episode, actions, spikes }: Episode,
  { steps }: Pick<InspectedNetwork, 'steps'>,
): SampleRecording => ({
  place: 0,
  split: 'objective',
  sample: episode,
  label: 0,
  prediction: null,
  view: { kind: 'values', shape: { channels: 1, rows: 1, columns: 1 }, frames: 1, values: Float32Array.of(0) },
  steps: actions.length * steps,
  spikes: spikes.map((own) => ({ ...own })),
  traces: [],
})
