/**
 * Replays of the silence rule over whole studies, quick enough to follow a slider. From the spike counts of a network its
 * running counts of non-spiking samples are made once, for every alpha and at every look of the finest interval:
 *
 *   below[layer, epoch, alpha, look] = samples of the epoch, up to the look, with fewer than alpha spikes in the layer
 *
 * after which a rule of other alpha, beta or interval only compares. A look at a network trained in batches waits for the end
 * of a batch, as the rule of silenceRule.ts does; what comes of it is the same.
 */
import { z } from 'zod'
import type { WatchedLayer } from '../study/silenceSchema.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { samplesToNextLook } from './silenceRule.ts'
import { endedEarly } from './timeSaved.ts'

/** Spikes per training sample of one layer in one epoch, in the order of training. */
export interface SpikeCountRecord {
  readonly layer: string
  readonly epoch: number
  readonly counts: ArrayLike<number>
}

/** What a replay needs of a trial that was measured. */
export interface RecordedTrial {
  readonly number: number
  /** null where it is no finite number. */
  readonly objective: number | null
  /** Whether the study trained it to its end. */
  readonly complete: boolean
  /** Whether it held every constraint, and those of metrics, whatever the silence. */
  readonly feasible: boolean
  readonly withinLimits: boolean
  readonly trainDurationMs: number
  readonly samplesTrained: number
  readonly samplesPlanned: number
  readonly epochs: number
  /** Samples that it was trained on at a time. */
  readonly batchSize: number
  readonly record: readonly SpikeCountRecord[]
}

/** How finely tables are made. */
interface ReplayGrid {
  /** Samples between two looks of the finest interval. */
  readonly step: number
  /** The largest alpha. */
  readonly alphaMost: number
}

interface EpochTable {
  /** Samples of the epoch that were seen, and whether these are all. */
  readonly samples: number
  readonly below: ReadonlyMap<string, Uint16Array | Uint32Array>
}

/** A trial, ready to be replayed. */
export interface ReplayTable extends Omit<RecordedTrial, 'record'> {
  readonly grid: ReplayGrid
  /** Training samples of an epoch. */
  readonly trainSamples: number
  readonly epochTables: readonly EpochTable[]
}

/** The rule that is tried. */
export const triedRuleSchema = z.strictObject({
  layers: z
    .array(z.strictObject({ layer: z.string(), alpha: z.int().min(0).max(1000), beta: z.number().min(0).max(1) }))
    .max(8),
  /** A multiple of the grid's step; looks are at the end of an epoch too. */
  interval: z.int().min(1),
})
export type TriedRule = DeepReadonly<z.infer<typeof triedRuleSchema>>

const count = z.int().min(0)
/** What a rule would have done with a trial, after `samples` training samples in all. */
export const replayedTrialSchemas = [
  z.strictObject({ kind: z.literal('complete'), samples: count, feasible: z.boolean() }),
  z.strictObject({ kind: z.literal('stopped'), samples: count, epoch: count, layer: z.string() }),
  /** It was stopped before this rule would have stopped it: what it would have done is not known. */
  z.strictObject({ kind: z.literal('unknown'), samples: count }),
] as const
export type ReplayedTrial = Readonly<z.infer<(typeof replayedTrialSchemas)[number]>>

const looksAtMost = 400

/** The grid for a study's rule: finer than its own interval where that has a divisor, and looks are not too many. */
export const replayGrid = (interval: number, trainSamples: number, layers: readonly WatchedLayer[]): ReplayGrid => {
  let step = interval
  for (let parts = 4; parts <= 8 && step === interval; parts++) {
    if (interval % parts === 0 && (trainSamples * parts) / interval <= looksAtMost) step = interval / parts
  }
  const largest = layers.reduce((most, { alpha }) => Math.max(most, alpha), 0)
  return { step, alphaMost: Math.max(20, 2 * largest) }
}

/** Intervals that a grid can replay, the study's own among them, up to a whole epoch. */
export const replayIntervals = ({ step }: ReplayGrid, interval: number, trainSamples: number): number[] => {
  const intervals = new Set([interval])
  for (let wide = step; wide < trainSamples; wide *= 2) intervals.add(wide)
  for (let wide = interval; wide < trainSamples; wide *= 2) intervals.add(wide)
  return [...intervals, Math.ceil(trainSamples / step) * step].sort((a, b) => a - b)
}

/** Samples that have been shown when the batch with this sample, counted from 1, has ended. */
const batchEnd = (sample: number, batchSize: number): number => Math.ceil(sample / batchSize) * batchSize

const looksIn = (samples: number, step: number): number => Math.ceil(samples / step)

/** @throws {Error} when its samples are not spread evenly over its epochs */
export const replayTable = ({ record, ...trial }: RecordedTrial, grid: ReplayGrid): ReplayTable => {
  const trainSamples = trial.samplesPlanned / trial.epochs
  if (!Number.isInteger(trainSamples)) throw new Error(`${trial.samplesPlanned} samples in ${trial.epochs} epochs`)
  const epochTables: EpochTable[] = []
  for (let epoch = 0; epoch < trial.epochs; epoch++) {
    const own = record.filter((one) => one.epoch === epoch)
    const samples = own.reduce((least, { counts }) => Math.min(least, counts.length), own.length === 0 ? 0 : Infinity)
    if (samples === 0) break
    epochTables.push({
      samples,
      below: new Map(own.map(({ layer, counts }) => [layer, runningCounts(counts, samples, trial.batchSize, grid)])),
    })
  }
  return { ...trial, grid, trainSamples, epochTables }
}

/** Rows of alpha from 0 on, columns of looks, each at the end of its batch; the last may be before a whole step. */
const runningCounts = (
  counts: ArrayLike<number>,
  samples: number,
  batchSize: number,
  { step, alphaMost }: ReplayGrid,
): Uint16Array | Uint32Array => {
  const looks = looksIn(samples, step)
  const below = samples > 0xffff ? new Uint32Array((alphaMost + 1) * looks) : new Uint16Array((alphaMost + 1) * looks)
  // Of each count first at its own place, then summed over looks and over alphas below.
  const seen = new Uint32Array((alphaMost + 1) * looks)
  let next = 0
  for (let sample = 0; sample < samples; sample++) {
    while (batchEnd((next + 1) * step, batchSize) <= sample) next++
    const count = Math.min(alphaMost, counts[sample] ?? 0)
    const at = count * looks + next
    seen[at] = (seen[at] ?? 0) + 1
  }
  for (let alpha = 1; alpha <= alphaMost; alpha++) {
    let running = 0
    for (let look = 0; look < looks; look++) {
      running += seen[(alpha - 1) * looks + look] ?? 0
      const at = alpha * looks + look
      // What has fewer than alpha - 1 spikes has fewer than alpha.
      below[at] = (below[at - looks] ?? 0) + running
    }
  }
  return below
}

/**
 * What `rule` would have done with a trial.
 * @throws {Error} when the grid has not this interval or alpha, or the record lacks a layer
 */
export const replayTrial = (table: ReplayTable, { layers, interval }: TriedRule): ReplayedTrial => {
  const { grid, trainSamples, batchSize, epochTables, epochs } = table
  const { step, alphaMost } = grid
  if (interval % step !== 0) throw new Error(`an interval of ${interval} samples is no multiple of ${step}`)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before = epoch * trainSamples
    const known = epochTables[epoch]
    // Training that was done before its last epoch has nothing left to be stopped.
    if (known === undefined && table.complete) return completeTrial(before, table.withinLimits)
    if (known === undefined) return { kind: 'unknown', samples: before }
    const looks = looksIn(known.samples, step)
    const rows = layers.map(({ layer, alpha, beta }) => {
      const below = known.below.get(layer)
      if (below === undefined) throw new Error(`no spike counts of the ${layer} layer are stored`)
      if (alpha > alphaMost) throw new Error(`alpha ${alpha} is more than ${alphaMost}`)
      return { layer, below, offset: alpha * looks, beta }
    })
    for (let sample = 0; sample < trainSamples;) {
      const due = Math.min(sample - (sample % interval) + interval, trainSamples)
      sample += samplesToNextLook({ interval, batchSize, trainSamples }, { sample })
      if (sample > known.samples) return { kind: 'unknown', samples: before + known.samples }
      const look = looksIn(due, step) - 1
      for (const { layer, below, offset, beta } of rows) {
        if ((below[offset + look] ?? 0) / trainSamples <= beta) continue
        // At its very end nothing is stopped any more (timeSaved.ts).
        const isEnd = !endedEarly({ samplesTrained: before + sample, samplesPlanned: epochs * trainSamples })
        return isEnd
          ? completeTrial(before + sample, false)
          : { kind: 'stopped', samples: before + sample, epoch, layer }
      }
    }
  }
  return completeTrial(epochs * trainSamples, table.withinLimits)
}

const completeTrial = (samples: number, feasible: boolean): ReplayedTrial => ({ kind: 'complete', samples, feasible })
