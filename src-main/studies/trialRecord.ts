import { inflateSync } from 'node:zlib'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { SpikeCounts } from '../../src-core/trial/measurement.ts'
import type { Trial } from '../../src-core/trial/trial.ts'

/** Spikes per training sample, as stored: little-endian u16, deflated. */
export function inflateCounts({ deflated }: Pick<SpikeCounts, 'deflated'>): Uint16Array<ArrayBuffer> {
  const bytes = inflateSync(deflated)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint16Array.from({ length: bytes.byteLength / 2 }, (_, index) => view.getUint16(2 * index, true))
}

/** Everything known of a trial, for someone who looks at it alone. */
export function trialRecordOf(
  definition: StudyDefinition,
  trial: Trial,
  row: TrialRow,
  events: TrialRecord['events'],
  dataCards: readonly DataCard[],
): TrialRecord {
  const hyperparameters = { ...resolveHyperparameters(definition, trial.configuration) }
  if (trial.state !== 'complete' && trial.state !== 'stopped') return { row, hyperparameters, measured: null, events }
  const { trainDurationMs, testDurationMs, samplesTrained, samplesPlanned, intervals, confusion, datasetSha256 } =
    trial.measurement
  const spikeCounts = trial.measurement.spikeCounts.map((counts) => ({
    layer: counts.layer,
    epoch: counts.epoch,
    counts: inflateCounts(counts),
  }))
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
      dataset: dataCards.find(({ sha256 }) => sha256 === datasetSha256) ?? null,
      spikeCounts,
    },
    events,
  }
}
