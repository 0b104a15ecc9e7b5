import { basename, join } from 'node:path'
import type { EventSource, SourceSample } from '../events/eventSource.ts'
import { readerSettings } from '../hdf5/readerThread.ts'
import { readSpikeHdf5 } from '../hdf5/readSpikeHdf5.ts'
import { filesIn, hashSource, kindAt, missingIn } from './readSource.ts'

const channels = 700
/** Files in the order in which they are read, and the part of the dataset that each belongs to. */
const facts = {
  shd: { classes: 20, expected: 10_420, files: { train: 'train', test: 'test' } },
  ssc: { classes: 35, expected: 105_829, files: { train: 'train', valid: 'train', test: 'test' } },
} as const

/**
 * Spiking Heidelberg Digits: a file to train on and one to test on. Or Spiking Speech Commands, which has one more, to
 * validate on: that follows the first, because Spiketune holds back itself, by `dataset.trainFraction`.
 * @param hdf5Reader what a thread runs that reads HDF5
 * @throws {SpiketuneError} dataset-missing
 */
export const heidelbergSource = async (
  name: keyof typeof facts,
  folder: string,
  advice: string,
  hdf5Reader: URL,
): Promise<EventSource> => {
  const { classes, expected, files } = facts[name]
  const there = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const parts: { readonly part: 'train' | 'test'; readonly path: string }[] = []
  for (const [file, part] of Object.entries(files)) {
    const found = there.find((path) => basename(path).toLowerCase() === `${name}_${file}.h5`)
    if (found === undefined) throw await missingIn(folder, `${name}_${file}.h5`, advice)
    parts.push({ part, path: join(folder, found) })
  }
  return {
    name,
    sampleShape: { channels, rows: 1, columns: 1 },
    classes,
    files: parts.map(({ path }) => path),
    expected,
    advice,
    async *samples(hash): AsyncIterable<SourceSample> {
      const reader = readerSettings(hdf5Reader)
      for (const { part, path } of parts) {
        await hashSource(path, advice, hash)
        for await (const recording of readSpikeHdf5(channels, classes, { file: path, advice }, reader)) {
          yield { part, ...recording }
        }
      }
    },
  }
}
