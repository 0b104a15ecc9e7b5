import { inflateSync } from 'node:zlib'
import type { StopReplay } from '../../src-core/contracts/stopReplay.ts'
import { trainShareOf } from '../../src-core/datasets/trainShare.ts'
import {
  replayGrid,
  replayIntervals,
  replayTable,
  type ReplayTable,
  type SpikeCountRecord,
  type TriedRule,
} from '../../src-core/stopping/replayTable.ts'
import { replayStudy, sweepBeta } from '../../src-core/stopping/replayStudy.ts'
import { constraintName } from '../../src-core/stopping/silenceRule.ts'
import { endedEarly } from '../../src-core/stopping/timeSaved.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { SpikeCounts } from '../../src-core/trial/measurement.ts'
import { firstReplicateOf } from '../../src-core/trial/firstReplicate.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'

/** Betas of the sweep: dense where rules usually are. */
const sweptBetas = Array.from({ length: 41 }, (_, index) => (index / 40) ** 2)

/** Null: what is stored is damaged, which `spiketune check` names. */
const recordOf = (spikeCounts: readonly SpikeCounts[]): SpikeCountRecord[] | null => {
  try {
    return spikeCounts.map(inflated)
  } catch {
    return null
  }
}

const inflated = ({ layer, epoch, samples, deflated }: SpikeCounts): SpikeCountRecord => {
  const bytes = inflateSync(deflated)
  if (bytes.length !== 2 * samples) throw new Error(`${bytes.length} bytes of spike counts for ${samples} samples`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    layer,
    epoch,
    counts: Uint16Array.from({ length: samples }, (_, sample) => view.getUint16(2 * sample, true)),
  }
}

/** The tables of a study's trials. Spike counts are not kept beyond them. */
export class ReplaySession {
  readonly #definition: StudyDefinition
  readonly #tables: ReplayTable[] = []
  readonly #without: number[] = []

  constructor(definition: StudyDefinition) {
    this.#definition = definition
  }

  add(trial: FinishedTrial): void {
    if (trial.state === 'failed') return
    const { silence } = this.#definition
    const { objective, constraints, spikeCounts } = trial.measurement
    const { trainDurationMs, samplesTrained, samplesPlanned, complete } = firstReplicateOf(trial.measurement)
    const known = new Set(spikeCounts.map(({ layer }) => layer))
    if (spikeCounts.length === 0 || silence.layers.some(({ layer }) => !known.has(layer))) {
      this.#without.push(trial.number)
      return
    }
    const watched = new Set<string>(silence.layers.map(({ layer }) => constraintName(layer)))
    const record = recordOf(spikeCounts)
    if (record === null) {
      this.#without.push(trial.number)
      return
    }
    const hyperparameters = resolveHyperparameters(this.#definition, trial.configuration)
    // A generation of networks that evolve is an epoch, and each of its networks a sample.
    const epochs = Number(hyperparameters['epochs'] ?? hyperparameters['generations'])
    const largestEpoch = samplesPlanned / epochs / trainShareOf(hyperparameters)
    const grid = this.#tables[0]?.grid ?? replayGrid(silence.interval, largestEpoch, silence.layers)
    this.#tables.push(
      replayTable(
        {
          number: trial.number,
          objective: Number.isFinite(objective) ? objective : null,
          complete: (complete ?? trial.state === 'complete') || !endedEarly({ samplesTrained, samplesPlanned }),
          feasible: constraints.every(({ value }) => value <= 0),
          withinLimits: constraints.every(({ name, value }) => watched.has(name) || value <= 0),
          trainDurationMs,
          samplesTrained,
          samplesPlanned,
          epochs,
          // One after the other where a network is not trained in batches.
          batchSize: Number(hyperparameters['batchSize'] ?? 1),
          record,
        },
        grid,
      ),
    )
  }

  replay(rule: TriedRule, swept: string | null, excluded: ReadonlySet<number>): StopReplay {
    const tables = this.#tables.filter(({ number }) => !excluded.has(number))
    const without = this.#without.filter((number) => !excluded.has(number)).length
    const [first] = tables
    if (first === undefined) return { kind: 'nothing', measured: without }
    const largest = tables.reduce((most, { trainSamples }) => Math.max(most, trainSamples), 0)
    const betas = [...new Set([...sweptBetas, ...rule.layers.map(({ beta }) => beta)])].sort((a, b) => a - b)
    const replay = replayStudy(tables, rule)
    return {
      kind: 'replay',
      replay: { ...replay, trials: [...replay.trials] },
      sweep: sweepBeta(tables, rule, swept, betas),
      trained: tables.map(({ samplesTrained, samplesPlanned, objective }) => ({
        samples: samplesTrained,
        planned: samplesPlanned,
        objective,
      })),
      alphaMost: first.grid.alphaMost,
      intervals: replayIntervals(first.grid, this.#definition.silence.interval, largest),
      without,
    }
  }
}
