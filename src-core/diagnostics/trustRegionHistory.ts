/** How the trust region moved: from the explanations stored with the trials, in the order in which they were asked for. */
import { z } from 'zod'
import { askedFields, regionFields, scboExplanationOf } from '../optimiser/scbo/explanation.ts'

const trial = z.int().min(0)
/** A trial of a region's initial design. */
const initialTrialSchema = z.strictObject({ trial, ...askedFields, phase: z.literal('initial') })
type InitialTrial = Readonly<z.infer<typeof initialTrialSchema>>

/** A trial in the trust region, which was so when it was asked for. */
const regionTrialSchema = z.strictObject({ trial, ...askedFields, phase: z.literal('region'), ...regionFields })
export type RegionTrial = Readonly<z.infer<typeof regionTrialSchema>>

export const askedTrialSchema = z.discriminatedUnion('phase', [initialTrialSchema, regionTrialSchema])

/** A change that a trial was the first to be asked after. */
export type RegionEvent =
  | { readonly kind: 'restart'; readonly trial: number; readonly life: number; readonly lastLength: number | null }
  | { readonly kind: 'begun'; readonly trial: number; readonly length: number; readonly centre: number }
  | { readonly kind: 'grown' | 'shrunk'; readonly trial: number; readonly from: number; readonly to: number }
  | { readonly kind: 'moved'; readonly trial: number; readonly from: number; readonly to: number }

export interface TrustRegionHistory {
  /** In the order of asking. */
  readonly trials: readonly (InitialTrial | RegionTrial)[]
  readonly events: readonly RegionEvent[]
  /** Trials whose explanation has no trust region: of another optimiser, or unreadable. */
  readonly without: number
}

/** A trial, as far as its history goes. */
export interface ExplainedTrial {
  readonly number: number
  readonly explanation: Readonly<Record<string, unknown>>
}

/** The history by these trials, in any order; their explanations, which are long, are not held together. */
export const trustRegionHistory = (explained: Iterable<ExplainedTrial>): TrustRegionHistory => {
  const trials: (InitialTrial | RegionTrial)[] = []
  let without = 0
  for (const { number: trial, explanation } of explained) {
    const decoded = scboExplanationOf(explanation)
    if (decoded === null) {
      without++
      continue
    }
    const { told, life } = decoded
    if (decoded.phase === 'initial') {
      trials.push({ trial, phase: 'initial', told, life })
      continue
    }
    const { phase, generation, length, successes, failures, centre, centreFeasible, feasible } = decoded
    const region = { generation, length, successes, failures, centre, centreFeasible, feasible }
    trials.push({ trial, phase, told, life, ...region })
  }
  trials.sort((a, b) => a.trial - b.trial)
  return { trials, events: regionEvents(trials), without }
}

/**
 * The changes between trials in the order of asking. An ask that was prepared before a change may be handed out after it:
 * what is older than the newest is no event.
 */
export const regionEvents = (trials: readonly (InitialTrial | RegionTrial)[]): RegionEvent[] => {
  const events: RegionEvent[] = []
  let life = trials[0]?.life ?? 0
  let last: RegionTrial | null = null
  let lastLength: number | null = null
  for (const asked of trials) {
    const { trial } = asked
    if (asked.life < life) continue
    if (asked.life > life) {
      life = asked.life
      events.push({ kind: 'restart', trial, life, lastLength })
      last = null
    }
    if (asked.phase === 'initial') continue
    const { length, centre } = asked
    if (last !== null && asked.told < last.told) continue
    if (last === null) events.push({ kind: 'begun', trial, length, centre })
    else {
      if (length !== last.length) {
        events.push({ kind: length > last.length ? 'grown' : 'shrunk', trial, from: last.length, to: length })
      }
      if (centre !== last.centre) events.push({ kind: 'moved', trial, from: last.centre, to: centre })
    }
    last = asked
    lastLength = length
  }
  return events
}
