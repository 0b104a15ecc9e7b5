import { describe, expect, it } from 'vitest'
import { checkDataset } from '../../../src-core/study/checkDataset.ts'

const said = (dataset: object, encoding: object = {}, rest: object = {}): string[] =>
  checkDataset({ dataset, encoding, ...rest }).map(({ path, words }) => `${path.join('.')}: ${words().join('; ')}`)

describe('checkDataset', () => {
  it('accepts what fits', () => {
    expect(said({ name: 'mnist' })).toEqual([])
    expect(said({ name: 'mnist', folder: 'f' }, { type: 'latency' })).toEqual([])
    expect(said({ name: 'nmnist', folder: 'f' }, { type: 'binning' })).toEqual([])
    expect(said({ name: 'csv', file: 'f', labelColumn: 'c' }, { type: 'population' })).toEqual([])
    expect(said({ name: 'npz', file: 'f', testFile: 't' }, { type: 'delta' })).toEqual([])
    expect(said({ name: 'elsewhere' }, {}, { log: {} })).toEqual([])
  })

  it('asks for the place of the files', () => {
    expect(said({ name: 'shd' }, { type: 'binning' })).toEqual([
      'dataset.folder: nothing; the folder of shd_train.h5 and shd_test.h5, unpacked, for the dataset shd',
    ])
    expect(said({ name: 'csv' })).toEqual([expect.stringMatching(/^dataset\.file: nothing; the file of a table/)])
  })

  it('refuses a place that the dataset does not have', () => {
    expect(said({ name: 'csv', file: 'f', folder: 'g' })).toEqual([
      'dataset.folder: folder, which the dataset csv does not have; nothing',
    ])
    expect(said({ name: 'nmnist', folder: 'g', labelColumn: 'c' }, { type: 'binning' })).toHaveLength(1)
  })

  it('refuses an encoding that does not take the samples', () => {
    expect(said({ name: 'nmnist', folder: 'f' })).toEqual([
      'encoding.type: poisson; for samples of nmnist, which have events: binning',
    ])
    expect(said({ name: 'mnist' }, { type: 'binning' })).toHaveLength(1)
    expect(said({ name: 'mnist' }, { type: 'delta' })).toHaveLength(1)
  })

  it('refuses what a Diehl & Cook network cannot take', () => {
    const network = { type: 'diehl-cook' }
    const events = { name: 'nmnist', folder: 'f' }
    expect(said(events, { type: 'binning', bins: 'count' }, { network })).toEqual([
      'encoding.bins: count; or, as a diehl-cook network takes spikes only',
    ])
    expect(said({ name: 'mnist' }, { type: 'direct-current' }, { network })).toHaveLength(1)
    expect(said(events, { type: 'binning', bins: 'count' }, { network: { type: 'layered' } })).toEqual([])
  })

  it('knows that a table has no samples to test on', () => {
    const objective = { split: 'test' }
    expect(said({ name: 'csv', file: 'f' }, {}, { objective })).toEqual([
      'objective.split: test without dataset.testFile; validation',
    ])
    expect(said({ name: 'csv', file: 'f', testFile: 't' }, {}, { objective })).toEqual([])
  })
})
