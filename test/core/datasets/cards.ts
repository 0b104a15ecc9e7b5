import type { DataCard } from '../../../src-core/datasets/dataCard.ts'

/** Of a hundred images of two classes in which nothing is suspicious, but for what is changed. */
export const cardOf = (changed: Partial<DataCard> = {}): DataCard => ({
  dataset: 'idx',
  kind: 'images',
  channels: 1,
  rows: 2,
  columns: 3,
  frames: 1,
  classes: 2,
  trainSamples: 100,
  testSamples: 10,
  sha256: 'a'.repeat(64),
  classCounts: [
    { name: '0', train: 60, test: 5 },
    { name: '1', train: 40, test: 5 },
  ],
  range: { lowest: 0, highest: 255 },
  eventsPerSample: null,
  durationMs: null,
  emptySamples: { train: 0, test: 0 },
  duplicates: { train: 0, tested: 0, contradicting: 0 },
  constantInputs: { count: 0, names: [] },
  countingInputs: [],
  cutOffTests: 0,
  notes: [],
  ...changed,
})
