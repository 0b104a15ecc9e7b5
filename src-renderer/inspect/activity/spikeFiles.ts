/** Every spike of networks that were shown samples, as files. */
import { type RecordedNetwork, spikesAsCsv, spikesAsNpz } from '../../../src-core/activity/spikeTable.ts'
import type { FigureFile } from '../../state/figure.ts'

export const spikeFiles = (recorded: readonly RecordedNetwork[], name: string): readonly FigureFile[] => {
  // They may have come in another order than they were asked for.
  const inOrder = (): RecordedNetwork[] =>
    recorded.map((one) => ({ ...one, recordings: [...one.recordings].sort((a, b) => a.place - b.place) }))
  return [
    { word: 'All spikes (CSV)', kind: 'csv', name, content: () => spikesAsCsv(inOrder()) },
    { word: 'All spikes (npz)', kind: 'npz', name, content: () => spikesAsNpz(inOrder()) },
  ]
}
