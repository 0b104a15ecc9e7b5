import { describe, expect, it } from 'vitest'
import { type DataCard, dataCardFacts, suspicionsOf, suspicionsOfStudy } from '../../../src-core/datasets/dataCard.ts'
import { cardOf } from './cards.ts'

const classes = (...train: readonly number[]): DataCard['classCounts'] =>
  train.map((count, label) => ({ name: `c${label}`, train: count, test: 1 }))

const suspicious: readonly (readonly [string, Partial<DataCard>, RegExp])[] = [
  ['images of 0 and 1', { range: { lowest: 0, highest: 1 } }, /^The brightest value of its images is 1 of 255/],
  ['black images', { range: { lowest: 0, highest: 0 } }, /shown black/],
  [
    'constant inputs',
    { kind: 'values', constantInputs: { count: 2, names: ['a', 'b'] } },
    /^The same in all training samples.*: a, b \(2 of 6 inputs\)\.$/,
  ],
  ['row numbers', { kind: 'values', countingInputs: ['id'] }, /^The input id counts the samples/],
  ['tests in other units', { kind: 'values', cutOffTests: 2 }, /^2 of 10 samples to test on have values outside/],
  [
    'a class without training samples',
    { classCounts: classes(50, 0, 50) },
    /^No training sample is of the class c1, though 1/,
  ],
  ['one class above all', { classCounts: classes(95, 5) }, /^95 % of the training samples are of the class c0/],
  ['classes of one sample', { classCounts: classes(98, 1, 1) }, /^2 of 3 classes have a single training sample/],
  [
    'classes that are missing',
    {
      classCounts: [
        { name: 'u', train: 50, test: 0 },
        { name: 'nan', train: 50, test: 0 },
      ],
    },
    /^A class is named nan/,
  ],
  [
    'empty samples',
    { kind: 'events', emptySamples: { train: 1, test: 0 } },
    /^1 of 100 training samples .* without an event/,
  ],
  [
    'samples twice',
    { duplicates: { train: 20, tested: 0, contradicting: 0 } },
    /^20 of 100 training samples are the same/,
  ],
  ['tests trained on', { duplicates: { train: 0, tested: 1, contradicting: 0 } }, /^1 of 10 samples to test on/],
  [
    'contradictions',
    { duplicates: { train: 5, tested: 0, contradicting: 5 } },
    /^5 samples are the same as one of another/,
  ],
  ['what a reader noted', { notes: ['Odd.'] }, /^Odd\.$/],
]

describe('the suspicions of a dataset', () => {
  it('are none of one in which nothing is odd', () => {
    expect(suspicionsOf(cardOf())).toEqual([])
  })

  it.each(suspicious)('name %s', (_, changed, text) => {
    expect(suspicionsOf(cardOf(changed))).toContainEqual(expect.stringMatching(text))
  })

  it('of a study are those of its latest dataset, and that there were several', () => {
    expect(suspicionsOfStudy([])).toEqual([])
    const dark = cardOf({ range: { lowest: 0, highest: 1 }, sha256: 'b'.repeat(64) })
    expect(suspicionsOfStudy([dark])).toEqual(suspicionsOf(dark))
    expect(suspicionsOfStudy([dark, cardOf()])).toEqual([
      expect.stringMatching(/^Its files have changed.* 2 different/),
    ])
  })
})

describe('the facts of a dataset', () => {
  it('are those that its kind has', () => {
    const facts = Object.fromEntries(dataCardFacts(cardOf()).map(({ term, words }) => [term, words]))
    expect(facts).toEqual({
      samples: 'images, 2 x 3 x 1',
      classes: '2: 0 (60), 1 (40)',
      training: '100',
      testing: '10',
      values: '0 to 255',
      empty: 'none',
      duplicates: 'none',
      'SHA-256': 'a'.repeat(64),
    })
    const spread = { least: 1, mean: 4172.25, most: 9000 }
    const events = dataCardFacts(cardOf({ kind: 'events', range: null, eventsPerSample: spread, durationMs: spread }))
    expect(events).toContainEqual({ term: 'events', words: '1 to 9,000, 4,172 in the mean per sample' })
    expect(events).toContainEqual({ term: 'duration', words: '1 to 9,000 ms, 4,172 ms in the mean' })
  })
})
