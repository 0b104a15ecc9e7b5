import { describe, expect, it } from 'vitest'
import {
  datasetFields,
  encodingChoices,
  encodingFields,
  encodingType,
  placeKind,
} from '../../../src-renderer/editor/datasetFields.ts'

const keys = (fields: readonly { readonly path: readonly (string | number)[] }[]) =>
  fields.map(({ path }) => path.at(-1))
const fieldsOf = (name: string, given: readonly string[] = []) =>
  keys(datasetFields({ dataset: { name } }, ({ path }) => given.includes(String(path.at(-1)))))
const common = ['trainFraction', 'trainSamples', 'testSamples']

describe('the fields of a dataset', () => {
  it('are those that it needs', () => {
    expect(fieldsOf('mnist')).toEqual(['name', ...common])
    expect(fieldsOf('nmnist')).toEqual(['name', 'folder', ...common])
    expect(fieldsOf('csv')).toEqual(['name', 'file', 'testFile', 'labelColumn', ...common])
    expect(fieldsOf('npz')).toEqual(['name', 'file', 'testFile', ...common])
  })

  it('are episodes in place of samples of a control task', () => {
    expect(fieldsOf('iris')).toEqual(['name', ...common])
    expect(fieldsOf('cart-pole')).toEqual(['name', 'level', 'episodes', 'maximumSteps'])
    expect(fieldsOf('mountain-car')).toEqual(['name', 'episodes', 'maximumSteps'])
  })

  it('are those that are given, too', () => {
    expect(fieldsOf('fashion-mnist', ['folder'])).toEqual(['name', 'folder', ...common])
  })

  it('say which of them are places', () => {
    const all = datasetFields({}, () => true)
    expect(all.map((field) => [field.path.at(-1), placeKind(field)]).filter(([, kind]) => kind !== null)).toEqual([
      ['folder', 'folder'],
      ['file', 'file'],
      ['testFile', 'file'],
    ])
  })
})

describe('the encodings', () => {
  it('that suit the dataset come first', () => {
    const suitable = (name: string) =>
      encodingChoices({ dataset: { name } }).flatMap(({ type, isSuitable }) => (isSuitable ? [type] : []))
    expect(suitable('nmnist')).toEqual(['binning'])
    expect(suitable('csv')).toEqual(['poisson', 'bernoulli', 'latency', 'rank-order', 'direct-current', 'population'])
    expect(suitable('npz')).toContain('delta')
    expect(encodingChoices({ dataset: { name: 'nmnist' } })[0]?.type).toBe('binning')
  })

  it('have fields of their own, poisson where none is chosen', () => {
    expect(encodingType({})).toBe('poisson')
    expect(keys(encodingFields({}))).toEqual(['maximumRateHz', 'steps', 'dtMs'])
    expect(keys(encodingFields({ encoding: { type: 'rank-order' } }))).toEqual(['share', 'steps', 'dtMs'])
  })
})
