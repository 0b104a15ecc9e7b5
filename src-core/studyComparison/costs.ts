/** What a search has cost at some moment, which curves of several studies are drawn against. */
import { z } from 'zod'

export const costNames = ['trials', 'trainings', 'worker-time', 'wall-time'] as const
export type CostName = (typeof costNames)[number]

/** Times are milliseconds. */
export type Costs = Readonly<Record<CostName, number>>

export const costsSchema = z.strictObject({
  trials: z.number().min(0),
  trainings: z.number().min(0),
  'worker-time': z.number().min(0),
  'wall-time': z.number().min(0),
}) satisfies z.ZodType<Costs>

export const noCosts: Costs = { trials: 0, trainings: 0, 'worker-time': 0, 'wall-time': 0 }

/** What each is called at the head of a column. */
export const costWords: Readonly<Record<CostName, string>> = {
  trials: 'trials',
  trainings: 'trainings',
  'worker-time': 'worker time',
  'wall-time': 'wall time',
}

export const isTime = (cost: CostName): boolean => cost === 'worker-time' || cost === 'wall-time'
