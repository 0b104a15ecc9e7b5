import { inflateSync } from 'node:zlib'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { shownHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { SpikeCounts } from '../../src-core/trial/measurement.ts'
import type { Trial } from '../../src-core/trial/trial.ts'

/** Spikes per training sample, stored as little-endian u16, deflated; null: they are damaged. */
const inflateCounts = ({ deflated, samples }: SpikeCounts): Uint16Array<ArrayBuffer> | null => {
  let bytes: Buffer
  try {
    bytes = inflateSync(deflated)
  } catch {
    return null
  }
  if (bytes.length !== 2 * samples) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint16Array.from({ length: bytes.byteLength / 2 }, (_, index) => view.getUint16(2 * index, true))
}

interface Known extends Pick<TrialRecord, 'row' | 'events'> {
  readonly dataCards: readonly DataCard[]
}

/** Everything known of a trial, for someone who looks at it alone. */
export const trialRecordOf = (
  definition: StudyDefinition,
  trial: Trial,
  { row, events, dataCards }: Known,
): TrialRecord => {
  const hyperparameters = { ...shownHyperparameters(definition, trial.configuration) }
  if (trial.state !== 'complete' && trial.state !== 'stopped') return { row, hyperparameters, measured: null, events }
  const {
    trainDurationMs,
    testDurationMs,
    samplesTrained,
    samplesPlanned,
    intervals,
    confusion,
    datasetSha256,
    replicates,
  } = trial.measurement
  const spikeCounts = trial.measurement.spikeCounts.flatMap((stored) => {
    const counts = inflateCounts(stored)
    return counts === null ? [] : [{ layer: stored.layer, epoch: stored.epoch, counts }]
  })
  return {
    row,
    hyperparameters,
    measured: {
      trainDurationMs,
      testDurationMs,
      samplesTrained,
      samplesPlanned,
      intervals,
      confusion,
      datasetSha256,
      ...(replicates !== undefined && { replicates }),
      dataset: dataCards.find(({ sha256 }) => sha256 === datasetSha256) ?? null,
      spikeCounts,
    },
    events,
  }
}
