/** What another silence rule would have made of a whole study: time, and the best accuracy that it would have found. */
import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import {
  type ReplayedTrial,
  replayedTrialSchemas,
  type ReplayTable,
  replayTrial,
  type TriedRule,
} from './replayTable.ts'
import { timeSavedMs } from './timeSaved.ts'

const count = z.int().min(0)

/** What a rule comes to. Times are of training, all workers together. */
const totalsSchema = z.strictObject({
  stopped: count,
  complete: count,
  /** Trials that were stopped before this rule would have stopped them. */
  unknown: count,
  /** Unknown trials are counted as far as they were trained, or here as if they went on to their end. */
  timeMs: z.number(),
  timeAtMostMs: z.number(),
  /** The best objective of what was trained to its end and is feasible; unknown trials might be better. */
  best: z.strictObject({ trial: count, objective: z.number() }).nullable(),
})
export type ReplayTotals = DeepReadonly<z.infer<typeof totalsSchema>>

const [complete, stopped, unknown] = replayedTrialSchemas
export const studyReplaySchema = z.strictObject({
  /** As the study ran. */
  before: totalsSchema,
  after: totalsSchema,
  /** Without any early stopping; of stopped trials by their pace. */
  wholeMs: z.number(),
  trials: z.array(
    z.discriminatedUnion('kind', [
      complete.extend({ trial: count }),
      stopped.extend({ trial: count }),
      unknown.extend({ trial: count }),
    ]),
  ),
})
export type StudyReplay = DeepReadonly<z.infer<typeof studyReplaySchema>>

/** One point of a sweep: the rule with this beta. */
export const sweepPointSchema = totalsSchema.extend({ beta: z.number() })
type SweepPoint = DeepReadonly<z.infer<typeof sweepPointSchema>>

/** Replays `rule` over all trials. */
export const replayStudy = (tables: readonly ReplayTable[], rule: TriedRule): StudyReplay => {
  const trials = tables.map((table) => ({ trial: table.number, ...replayTrial(table, rule) }))
  return {
    before: totals(tables, tables.map(asRun)),
    after: totals(tables, trials),
    wholeMs: tables.reduce((sum, table) => sum + table.trainDurationMs + restMs(table), 0),
    trials,
  }
}

/**
 * The rule with each of these betas.
 * @param layer whose beta it is; null: of all layers together
 */
export const sweepBeta = (
  tables: readonly ReplayTable[],
  rule: TriedRule,
  layer: string | null,
  betas: readonly number[],
): SweepPoint[] =>
  betas.map((beta) => {
    const layers = rule.layers.map((own) => (layer === null || own.layer === layer ? { ...own, beta } : own))
    const replayed = tables.map((table) => replayTrial(table, { ...rule, layers }))
    return { beta, ...totals(tables, replayed) }
  })

/** What became of a trial, as far as totals need it. */
interface Fate {
  readonly kind: ReplayedTrial['kind']
  readonly samples: number
  readonly feasible?: boolean
}

const asRun = ({ complete, feasible, samplesTrained }: ReplayTable): Fate => ({
  kind: complete ? 'complete' : 'stopped',
  samples: samplesTrained,
  feasible,
})

/** What stopping it saved. */
const restMs = ({ complete, trainDurationMs, samplesTrained, samplesPlanned }: ReplayTable): number =>
  complete ? 0 : timeSavedMs(trainDurationMs, samplesTrained, samplesPlanned)

const totals = (tables: readonly ReplayTable[], replayed: readonly Fate[]): ReplayTotals => {
  const counts = { stopped: 0, complete: 0, unknown: 0 }
  let timeMs = 0
  let open = 0
  let best: ReplayTotals['best'] = null
  for (const [index, table] of tables.entries()) {
    const { kind, samples, feasible } = replayed[index] ?? { kind: 'unknown' as const, samples: 0, feasible: false }
    counts[kind]++
    timeMs += table.samplesTrained > 0 ? (table.trainDurationMs * samples) / table.samplesTrained : 0
    if (kind === 'unknown') open += restMs(table)
    const { objective, number: trial } = table
    if (kind === 'complete' && feasible === true && objective !== null && objective > (best?.objective ?? -Infinity)) {
      best = { trial, objective }
    }
  }
  return { ...counts, timeMs, timeAtMostMs: timeMs + open, best }
}
