import { z } from 'zod'
import type { Tensors } from '../../src-core/networkFile/tensor.ts'
import { type SpikeCounts, spikeCountsSchema } from '../../src-core/trial/measurement.ts'

/**
 * All that a training needs to go on as if nothing had interrupted it. Whoever restores it decodes it: it comes from a file.
 * Numbers that may be none, or whose every bit counts, are in tensors; the rest is JSON.
 */
export interface SavedState {
  readonly tensors: Tensors
  readonly values: unknown
}

/** The state of a whole training, and how far that is. */
export interface SavedTraining extends SavedState {
  readonly samplesDone: number
  readonly samplesPlanned: number
}

/** Spike counts as they are in JSON. */
export const savedCountsSchema = z.array(
  spikeCountsSchema.extend({
    deflated: z.base64().transform((text): Uint8Array<ArrayBuffer> => Buffer.from(text, 'base64')),
  }),
)
export const savedCounts = (counts: readonly SpikeCounts[]): z.input<typeof savedCountsSchema> =>
  counts.map(({ deflated, ...rest }) => ({ ...rest, deflated: Buffer.from(deflated).toString('base64') }))

/** Tensors of several owners in one file, each under the name of its owner. */
export const tensorsUnder = (owner: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${owner}/${name}`, tensor]))

/** Those of one owner, by their own names. */
export const tensorsOf = (owner: string, tensors: Tensors): Tensors => {
  const prefix = `${owner}/`
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}
