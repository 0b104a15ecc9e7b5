import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../../../../src-worker/datasets/dataset.ts'
import { loadConverted, type LoadingSurroundings } from '../../../../src-worker/datasets/converted/loadConverted.ts'
import type {
  ConvertibleSample,
  SampleSource,
  SourceContent,
} from '../../../../src-worker/datasets/converted/sampleSource.ts'

type Samples = Omit<SourceContent, 'samples'> & { readonly samples: readonly ConvertibleSample[] }

const events = (times: readonly number[], inputs: readonly number[]) => ({
  timesUs: Uint32Array.from(times),
  inputs: Uint16Array.from(inputs),
})

/** Of each kind two samples to train on and one to test on, odd ones among them. */
export const tinySamples: readonly Samples[] = [
  {
    kind: 'events',
    sampleShape: { channels: 2, rows: 1, columns: 3 },
    frames: 1,
    classes: 3,
    samples: [
      { part: 'train', label: 1, sample: events([1, 2, 70000], [5, 0, 3]) },
      { part: 'train', label: 0, sample: events([], []) },
      { part: 'test', label: 2, sample: events([9], [4]) },
    ],
  },
  {
    kind: 'images',
    sampleShape: { channels: 1, rows: 3, columns: 1 },
    frames: 1,
    classes: 3,
    samples: [
      { part: 'train', label: 1, sample: Uint8Array.of(0, 255, 7) },
      { part: 'train', label: 0, sample: Uint8Array.of(0, 0, 0) },
      { part: 'test', label: 2, sample: Uint8Array.of(1, 2, 3) },
    ],
  },
  {
    kind: 'values',
    sampleShape: { channels: 3, rows: 1, columns: 1 },
    frames: 2,
    classes: 3,
    samples: [
      { part: 'train', label: 1, sample: Float32Array.of(0.5, -1, 3e38, 0, 0, 1e-40) },
      { part: 'train', label: 0, sample: Float32Array.of(0.25, -2, 3, 1, 0, 0) },
      { part: 'test', label: 2, sample: Float32Array.of(9, 9, 9, 9, 9, 9) },
    ],
  },
]

/** A source of these samples in a folder, and how often it was read. */
export const sourceAt = (folder: string, samples: Samples) => {
  const file = join(folder, 'recordings')
  writeFileSync(file, 'recordings')
  return sourceIn(file, samples)
}

/** The same of a file that is there. */
export const sourceIn = (file: string, { samples, ...facts }: Samples) => {
  const counter = { readings: 0 }
  const source: SampleSource = {
    name: 'nmnist',
    settings: '',
    files: [file],
    expected: 3,
    advice: 'Fetch it again.',
    content(hash) {
      counter.readings++
      hash.update('recordings')
      return Promise.resolve({ ...facts, samples })
    },
  }
  return { source, file, counter }
}

export const surroundings = (cacheFolder: string, changed: Partial<LoadingSurroundings> = {}): LoadingSurroundings => ({
  cacheFolder,
  progress: () => Promise.resolve(),
  nowMs: Date.now,
  wait: () => new Promise((resolve) => setImmediate(resolve)),
  ...changed,
})

/** All samples of a dataset, with their parts and labels. */
export const samplesOf = ({ train, test }: Dataset): ConvertibleSample[] =>
  [['train', train] as const, ['test', test] as const].flatMap(([name, part]) =>
    [...part.labels].map((label, index) => {
      if (part.kind === 'images') return { part: name, label, sample: part.imageAt(index) }
      return { part: name, label, sample: part.kind === 'values' ? part.valuesAt(index) : part.eventsAt(index) }
    }),
  )

export const everything = async (source: SampleSource, cacheFolder: string) =>
  samplesOf(await loadConverted(source, surroundings(cacheFolder)))
