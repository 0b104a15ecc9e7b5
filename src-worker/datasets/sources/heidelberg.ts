import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { EventSource, SourceSample } from '../events/eventSource.ts'

const channels = 700
const facts = {
  shd: { classes: 20, expected: 10_420 },
  ssc: { classes: 35, expected: 95_849 },
} as const

/** Spiking Heidelberg Digits, or Spiking Speech Commands: one file to train on, one to test on. */
export function heidelbergSource(name: keyof typeof facts, folder: string, advice: string): EventSource {
  const parts = (['train', 'test'] as const).map((part) => ({ part, path: join(folder, `${name}_${part}.h5`) }))
  const { classes, expected } = facts[name]
  return {
    name,
    sampleShape: { channels, rows: 1, columns: 1 },
    classes,
    files: parts.map(({ path }) => path),
    expected,
    advice,
    async *samples(hash): AsyncIterable<SourceSample> {
      // The library is large, and of no use to any other dataset.
      const { readSpikeHdf5 } = await import('../formats/spikeHdf5.ts')
      for (const { part, path } of parts) {
        await addTo(hash, path)
        for await (const recording of readSpikeHdf5(channels, classes, { file: path, advice })) {
          yield { part, ...recording }
        }
      }
    },
  }
}

async function addTo(hash: Hash, path: string): Promise<void> {
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
}
