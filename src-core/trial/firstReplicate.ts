import type { Measurement } from './measurement.ts'

type Part = Pick<Measurement, 'trainDurationMs' | 'samplesTrained' | 'samplesPlanned'>

/**
 * What is said of the training that intervals, spike counts and the network of a trial are of: its first replicate, or all that
 * it is. `complete`: whether that was trained to its end, where it is not the trial that says so.
 */
export const firstReplicateOf = (
  measurement: Part & Pick<Measurement, 'replicates'>,
): Part & { readonly complete: boolean | null } => {
  const { replicates, trainDurationMs, samplesTrained, samplesPlanned } = measurement
  const [first] = replicates ?? []
  if (replicates === undefined || first === undefined) {
    return { trainDurationMs, samplesTrained, samplesPlanned, complete: null }
  }
  return {
    trainDurationMs: first.trainDurationMs,
    samplesTrained: first.samplesTrained,
    samplesPlanned: samplesPlanned / replicates.length,
    complete: first.stop === null,
  }
}
