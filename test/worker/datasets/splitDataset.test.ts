import { describe, expect, it } from 'vitest'
import type { Dataset, LabelledSamples } from '../../../src-worker/datasets/dataset.ts'
import { splitDataset } from '../../../src-worker/datasets/splitDataset.ts'
import { cardOf } from '../../core/datasets/cards.ts'

const part = (count: number): LabelledSamples => ({
  kind: 'images',
  count,
  labels: new Uint8Array(count),
  imageAt: () => new Uint8Array(1),
})
const dataset: Dataset = {
  sampleShape: { channels: 1, rows: 1, columns: 1 },
  frames: 1,
  rows: 1,
  columns: 1,
  classes: 1,
  train: part(100),
  test: part(20),
  sha256: '',
  card: cardOf(),
}

interface Options {
  caps?: object
  seed?: number
  on?: 'validation' | 'test'
  trainFraction?: number
  share?: number
  tests?: number
}
const split = (options: Options = {}) => {
  const definition: Parameters<typeof splitDataset>[1] = {
    dataset: { name: 'idx', trainFraction: options.trainFraction ?? 0.8, ...options.caps },
    objective: { metric: 'accuracy', split: options.on ?? 'validation' },
    seeds: { optimiser: 1, split: options.seed ?? 1 },
  }
  return splitDataset(
    { ...dataset, test: options.tests === undefined ? dataset.test : part(options.tests) },
    definition,
    options.share,
  )
}
const sorted = (indices: readonly number[]): number[] => [...indices].sort((left, right) => left - right)
const all = (count: number): number[] => [...Array(count).keys()]

describe('splitDataset', () => {
  it('divides the training images without overlap or loss', () => {
    const { training, evaluation } = split()
    expect([training.indices.length, evaluation.indices.length]).toEqual([80, 20])
    expect(sorted([...training.indices, ...evaluation.indices])).toEqual(all(100))
    expect([training.part, evaluation.part]).toEqual([dataset.train, dataset.train])
  })

  it('depends on the split seed', () => {
    expect(split()).toEqual(split())
    expect(split({ seed: 2 }).training.indices).not.toEqual(split().training.indices)
  })

  it('caps each side, and leaves the other as it was', () => {
    const { training, evaluation } = split({ caps: { trainSamples: 7, testSamples: 3 } })
    expect(training.indices).toEqual(split().training.indices.slice(0, 7))
    expect(evaluation.indices).toEqual(split().evaluation.indices.slice(0, 3))
    expect(split({ caps: { trainSamples: 1000, testSamples: 1000 } })).toEqual(split())
  })

  it('trains on a share of what the caps leave, at least one, and measures on the same', () => {
    const caps = { trainSamples: 40 }
    const { training, evaluation } = split({ caps, share: 0.3 })
    expect(training.indices).toEqual(split({ caps }).training.indices.slice(0, 12))
    expect(evaluation).toEqual(split({ caps }).evaluation)
    expect(split({ share: 1e-4 }).training.indices).toHaveLength(1)
    expect(split({ share: 1 })).toEqual(split())
  })

  it('takes the test images when the objective is theirs, and trains on the same images', () => {
    const { training, evaluation } = split({ on: 'test' })
    expect(training).toEqual(split().training)
    expect(evaluation.part).toBe(dataset.test)
    expect(sorted(evaluation.indices)).toEqual(all(20))
    expect(split({ on: 'test', caps: { testSamples: 5 } }).evaluation.indices).toEqual(evaluation.indices.slice(0, 5))
  })

  it('refuses an empty side', () => {
    expect(() => split({ trainFraction: 0.999 })).toThrow(/100 training samples.* leave one side empty/)
  })

  it('says where samples to test on would have to be, where there are none', () => {
    expect(split({ tests: 0 })).toEqual(split())
    const without = (caps: object) => () => split({ tests: 0, on: 'test', caps })
    expect(without({})).toThrow('There are no samples to test on. Add them to the folder of the dataset.')
    expect(without({ name: 'csv', file: 'a.csv' })).toThrow('Name the file that has them in `dataset.testFile`.')
    expect(without({ name: 'npz', file: 'a.npz' })).toThrow('`dataset.testFile`, or add x_test and y_test to the file.')
  })
})
