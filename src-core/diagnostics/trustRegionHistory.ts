/** How the trust region moved: from the explanations stored with the trials, in the order in which they were asked for. */
import { z } from 'zod'

/** What is read of an explanation; the optimiser may say more. */
const explanationSchema = z.object({
  optimiser: z.literal('scbo'),
  phase: z.enum(['initial', 'region']),
  told: z.int().min(0),
  life: z.int().min(0),
  generation: z.int().min(0),
  length: z.number().gt(0),
  successes: z.int().min(0),
  failures: z.int().min(0),
  centre: z.int().min(0).nullable(),
  feasible: z.boolean(),
})

/** The region that a trial was asked in. */
export interface RegionAtTrial {
  readonly trial: number
  readonly phase: 'initial' | 'region'
  /** Finished trials that the optimiser knew of. */
  readonly told: number
  /** Number of the region, from 0; a restart begins the next. */
  readonly life: number
  /** Changes of length in this life. */
  readonly generation: number
  /** Side length in units of the unit cube. */
  readonly length: number
  readonly successes: number
  readonly failures: number
  /** Trial at the centre; null where there is none yet. */
  readonly centre: number | null
  /** Whether all sampled constraints held at the point asked for. */
  readonly feasible: boolean
}

/** A change from one ask to the next. */
export type RegionEvent =
  | { readonly kind: 'restart'; readonly trial: number; readonly life: number; readonly lastLength: number }
  | { readonly kind: 'grown' | 'shrunk'; readonly trial: number; readonly from: number; readonly to: number }
  | { readonly kind: 'moved'; readonly trial: number; readonly from: number | null; readonly to: number }

export interface TrustRegionHistory {
  /** In the order of asking. */
  readonly regions: readonly RegionAtTrial[]
  readonly events: readonly RegionEvent[]
  /** Trials without a trust region in their explanation: of another optimiser, or unreadable. */
  readonly without: number
}

/** A trial, as far as its history goes. */
export interface ExplainedTrial {
  readonly number: number
  readonly explanation: unknown
}

/** The history by these trials, in any order. */
export function trustRegionHistory(trials: Iterable<ExplainedTrial>): TrustRegionHistory {
  const regions: RegionAtTrial[] = []
  let without = 0
  for (const { number, explanation } of [...trials].sort((a, b) => a.number - b.number)) {
    const decoded = explanationSchema.safeParse(explanation)
    if (!decoded.success) {
      without++
      continue
    }
    const { phase, told, life, generation, length, successes, failures, centre, feasible } = decoded.data
    regions.push({ trial: number, phase, told, life, generation, length, successes, failures, centre, feasible })
  }
  const events = regions.flatMap((region, index) => {
    const before = regions[index - 1]
    return before === undefined ? [] : eventsBetween(before, region)
  })
  return { regions, events, without }
}

function eventsBetween(before: RegionAtTrial, after: RegionAtTrial): RegionEvent[] {
  const { trial, life, length, centre } = after
  if (life !== before.life) return [{ kind: 'restart', trial, life, lastLength: before.length }]
  const events: RegionEvent[] = []
  if (length !== before.length) {
    events.push({ kind: length > before.length ? 'grown' : 'shrunk', trial, from: before.length, to: length })
  }
  if (centre !== null && centre !== before.centre)
    events.push({ kind: 'moved', trial, from: before.centre, to: centre })
  return events
}
