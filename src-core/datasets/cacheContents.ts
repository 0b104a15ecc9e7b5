/** Converted datasets in the cache, as people and processes speak of them. All there can be made anew. */
import { z } from 'zod'

const count = z.int().min(0)

/** What is kept of converted datasets; what a process has open or makes is kept beyond that. */
export const cacheLimitsSchema = z.strictObject({
  /** Of all together, 10^9 bytes. Beyond it, what was not used for the longest time goes first. */
  gigabytes: z.number().min(0).max(1_000_000),
  /** Days after which what was not used goes. */
  days: z.int().min(1).max(36_500),
})
export type CacheLimits = z.infer<typeof cacheLimitsSchema>
export const defaultCacheLimits: CacheLimits = { gigabytes: 30, days: 90 }

const cachedDatasetSchema = z.strictObject({
  /** Name of the dataset. */
  dataset: z.string(),
  bytes: count,
  usedAtMs: z.number(),
  /** Whether some process has it open, or makes it anew. */
  inUse: z.boolean(),
})

export const cacheContentsSchema = z.strictObject({
  folder: z.string(),
  limits: cacheLimitsSchema,
  /** The last used first. */
  datasets: z.array(cachedDatasetSchema),
  /** What was removed to answer. */
  freedBytes: count,
})
export type CacheContents = z.infer<typeof cacheContentsSchema>

/** Asked of the cache: what is in it, after what is to be done. */
export const cacheRequestSchema = z.strictObject({
  /** Removes everything that no process uses. */
  clear: z.boolean(),
  /** From now on; null: as they are. */
  limits: cacheLimitsSchema.nullable(),
})
export type CacheRequest = z.infer<typeof cacheRequestSchema>
