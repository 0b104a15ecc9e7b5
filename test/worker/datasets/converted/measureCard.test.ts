import { describe, expect, it } from 'vitest'
import { packSample } from '../../../../src-worker/datasets/converted/convertedFile.ts'
import { CardMeasure } from '../../../../src-worker/datasets/converted/measureCard.ts'
import type { ConvertibleSample, SourceContent } from '../../../../src-worker/datasets/converted/sampleSource.ts'
import { tinySamples } from './tinySource.ts'

const measured = (facts: Omit<SourceContent, 'samples'>, samples: readonly ConvertibleSample[]) => {
  const measure = new CardMeasure(facts)
  for (const sample of samples) measure.add(sample, packSample(sample.sample).bytes)
  return measure.card()
}

const table = { kind: 'values' as const, sampleShape: { channels: 3, rows: 1, columns: 1 }, frames: 1, classes: 2 }
const rows = (part: 'train' | 'test', ...all: readonly (readonly [label: number, ...values: number[]])[]) =>
  all.map(([label, ...values]): ConvertibleSample => ({ part, label, sample: Float32Array.from(values) }))

describe('the card of a dataset', () => {
  it('of events has their numbers and times, and which samples have none', () => {
    const [events] = tinySamples
    if (events === undefined) throw new Error('events expected')
    expect(measured(events, events.samples)).toMatchObject({
      kind: 'events',
      trainSamples: 2,
      testSamples: 1,
      classCounts: [
        { name: '0', train: 1, test: 0 },
        { name: '1', train: 1, test: 0 },
        { name: '2', train: 0, test: 1 },
      ],
      range: null,
      eventsPerSample: { least: 1, mean: 2, most: 3 },
      durationMs: { least: 0.009, most: 70 },
      emptySamples: { train: 1, test: 0 },
    })
  })

  it('of images has the range of those to train on, and which are black', () => {
    const facts = { kind: 'images' as const, sampleShape: { channels: 1, rows: 1, columns: 2 }, frames: 1, classes: 2 }
    const card = measured(facts, [
      { part: 'train', label: 0, sample: Uint8Array.of(1, 3) },
      { part: 'train', label: 1, sample: Uint8Array.of(0, 0) },
      { part: 'train', label: 1, sample: Uint8Array.of(1, 3) },
      { part: 'test', label: 1, sample: Uint8Array.of(0, 0) },
      { part: 'test', label: 0, sample: Uint8Array.of(1, 3) },
      { part: 'test', label: 0, sample: Uint8Array.of(9, 200) },
    ])
    expect(card).toMatchObject({
      range: { lowest: 0, highest: 3 },
      emptySamples: { train: 1, test: 1 },
      duplicates: { train: 1, tested: 1, contradicting: 1 },
      eventsPerSample: null,
    })
  })

  it('of values names inputs that say nothing or count the rows, and counts tests out of range', () => {
    const card = measured({ ...table, inputNames: ['id', 'x', 'same'] }, [
      ...rows('train', [0, 7, 0.5, -1], [1, 8, 0.25, -1], [0, 9, 4, -1]),
      ...rows('test', [0, 8, 1, -1], [1, 8, 5, -1], [1, 8, 1, 0]),
    ])
    expect(card).toMatchObject({
      range: { lowest: -1, highest: 9 },
      constantInputs: { count: 1, names: ['same'] },
      countingInputs: ['id'],
      cutOffTests: 2,
      emptySamples: { train: 0, test: 0 },
    })
  })

  it('has names of one line, not too long', () => {
    const names = ['a\n\u001b[31mb', 'c'.repeat(1000)]
    const { classCounts } = measured({ ...table, classNames: names }, rows('train', [0, 1, 2, 3], [1, 3, 2, 1]))
    expect(classCounts.map(({ name }) => name)).toEqual(['a [31mb', `${'c'.repeat(80)}…`])
  })

  it('of series counts no rows: its frames follow each other', () => {
    const samples = rows('train', [0, 1, 2, 3], [1, 2, 3, 4], [0, 3, 4, 5])
    const series = { ...table, sampleShape: { channels: 1, rows: 1, columns: 1 }, frames: 3 }
    expect(measured(series, samples).countingInputs).toEqual([])
    expect(measured(table, samples).countingInputs).toEqual(['0', '1', '2'])
  })
})
