import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged, type NamedFile } from '../formats/damaged.ts'
import { type LabelledRecording, recordingsOf } from './batches.ts'
import { type ReaderSettings, ReaderThread } from './readerThread.ts'

/**
 * The samples of an HDF5 file, one after the other, read in a thread of its own: whatever a damaged file does to the
 * library, it does it there. One batch is in memory at a time; the next is read when that has been taken.
 * @throws {SpiketuneError} dataset-damaged
 */
export const readSpikeHdf5 = async function* (
  channels: number,
  classes: number,
  { file, advice }: NamedFile,
  settings: ReaderSettings,
): AsyncIterable<LabelledRecording> {
  const thread = new ReaderThread({ file, advice, channels, classes }, settings)
  let read = 0
  const broken = (what: string): Error =>
    damaged(file, `${what}${read > 0 ? `, after sample ${read - 1}` : ''}`, advice)
  try {
    for (;;) {
      const reply = await thread.next(broken)
      // What the thread refuses it has put into words already.
      if (reply.type === 'refused') throw new SpiketuneError('dataset-damaged', reply.message)
      yield* recordingsOf(reply)
      read += reply.labels.length
      if (reply.isLast) return
    }
  } finally {
    await thread.end()
  }
}
