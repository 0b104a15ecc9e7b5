/**
 * The file of a checkpoint: what a trial that was interrupted in its training goes on from.
 *
 *   SHA-256 of all that follows, 32 bytes
 *   length of the head in bytes, u32, little-endian
 *   head, JSON: what can be told of it without reading the rest
 *   a safetensors file: the state of the training
 *
 * The head says what it is of. Whoever goes on from it compares that, and the checksum, first: of another version, of another
 * trial or torn it is of no use, and the trial begins anew.
 */
import { z } from 'zod'

/** Of the state of training: a worker reads no other. */
export const checkpointFormat = 1

/** Bytes before the head: its checksum and its length. */
export const checkpointPrefixBytes = 36
export const checksumBytes = 32

/** How far a trial had come, in samples of all its replicates, as its progress counts them. */
export const checkpointPlaceSchema = z.strictObject({
  samplesDone: z.int().min(0),
  samplesPlanned: z.int().min(1),
  /** Time that the trial has trained and tested so far. */
  spentMs: z.number().min(0),
})
export type CheckpointPlace = Readonly<z.infer<typeof checkpointPlaceSchema>>

/** How far a trial has come, of 1. */
export const placeShare = ({ samplesDone, samplesPlanned }: CheckpointPlace): number => samplesDone / samplesPlanned

/** As people read it; what is nearly done is not. */
export const shareText = (share: number): string => `${Math.floor(100 * share)} %`

export const placeText = (place: CheckpointPlace): string => shareText(placeShare(place))

const headSchema = checkpointPlaceSchema.extend({
  format: z.int(),
  /** Version of the application: another one may compute otherwise. */
  application: z.string(),
  trial: z.int().min(0),
  /** SHA-256 of all that the result of the trial follows from, but for the data. */
  fingerprint: z.string(),
  datasetSha256: z.string(),
})
export type CheckpointHead = Readonly<z.infer<typeof headSchema>>

/** Of every host of the language, though not of the language itself, which is all that the core knows. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string }

/** The file without its checksum, which belongs before it. @param state a safetensors file */
export const encodeCheckpoint = (head: CheckpointHead, state: Uint8Array): Uint8Array => {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const lengthBytes = checkpointPrefixBytes - checksumBytes
  const bytes = new Uint8Array(lengthBytes + text.length + state.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, lengthBytes)
  bytes.set(state, lengthBytes + text.length)
  return bytes
}

/** Bytes of the head, by the first bytes of the file; 0 of what is none. */
export const headLength = (prefix: Uint8Array): number =>
  prefix.length < checkpointPrefixBytes
    ? 0
    : new DataView(prefix.buffer, prefix.byteOffset).getUint32(checksumBytes, true)

/** Longer ones are none. */
export const longestHead = 10_000

/** Null: these are not the bytes of a head. */
export const decodeHead = (bytes: Uint8Array): CheckpointHead | null => {
  try {
    return headSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null
  } catch {
    return null
  }
}
