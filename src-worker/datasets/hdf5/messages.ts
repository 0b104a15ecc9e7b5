/** What a thread that reads a file of spikes and the process that started it say to each other. */
import { z } from 'zod'

export const readingSchema = z.strictObject({
  file: z.string(),
  advice: z.string(),
  channels: z.int().min(1).max(65536),
  classes: z.int().min(1).max(256),
  /** Memory that the library may take. */
  memoryBytes: z.int().min(0),
})
/** What a thread begins with. */
export type Reading = z.infer<typeof readingSchema>

/** Asks for the next batch; anything else that arrives is no request. */
export const nextRequest = 'next'

const batchSchema = z.strictObject({
  type: z.literal('batch'),
  /** [samples]. */
  labels: z.instanceof(Uint8Array),
  /** [samples], how many events each has. */
  events: z.instanceof(Uint32Array),
  /** [events], of all samples, one after the other. */
  timesUs: z.instanceof(Uint32Array),
  inputs: z.instanceof(Uint16Array),
  isLast: z.boolean(),
})
export type Batch = z.infer<typeof batchSchema>

/** A reply to a request: samples, or what is wrong with the file, after which nothing follows. */
export const replySchema = z.discriminatedUnion('type', [
  batchSchema,
  z.strictObject({ type: z.literal('refused'), message: z.string() }),
])
export type Reply = z.infer<typeof replySchema>
