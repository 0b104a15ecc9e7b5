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

  it('knows the tables that come with Spiketune', () => {
    expect(said({ name: 'iris' })).toEqual([])
    expect(said({ name: 'digits', folder: 'f' })).toEqual([
      'dataset.folder: folder, which the dataset digits does not have; nothing',
    ])
    expect(said({ name: 'wine' }, {}, { objective: { split: 'test' } })).toEqual([
      'objective.split: test, of which wine has no samples; validation',
    ])
  })

  const network = { type: 'neuroprocessor' }
  it('has control tasks for networks that evolve alone', () => {
    expect(said({ name: 'cart-pole', level: 'hardest', episodes: 3, maximumSteps: 100 }, {}, { network })).toEqual([])
    expect(said({ name: 'mountain-car' }, {}, { network })).toEqual([])
    for (const type of ['diehl-cook', 'layered']) {
      expect(said({ name: 'cart-pole' }, {}, { network: { type } })).toEqual([
        `dataset.name: cart-pole for a ${type} network; a dataset with samples, or a network of the type neuroprocessor, which learns by acting`,
      ])
    }
    expect(said({ name: 'mountain-car', level: 'easy', file: 'f' }, {}, { network })).toEqual([
      'dataset.file: file, which the control task mountain-car does not have; nothing',
      'dataset.level: level, which the control task mountain-car does not have; nothing',
    ])
    expect(said({ name: 'iris', episodes: 3 }, {}, { network })).toEqual([
      'dataset.episodes: episodes of a dataset with samples; it with cart-pole or mountain-car',
    ])
  })

  it('refuses for networks that evolve what they do not take', () => {
    expect(said({ name: 'mnist' }, {}, { network })).toEqual([])
    expect(said({ name: 'shd', folder: 'f' }, {}, { network })).toEqual([
      'dataset.name: shd, recordings of events; images, or tables of values',
    ])
    expect(said({ name: 'iris' }, { type: 'latency' }, { network })).toEqual([
      expect.stringMatching(
        /^encoding: what networks that evolve do not use; the hyperparameters of the group encoding/,
      ),
    ])
  })
})
