import { describe, expect, it } from 'vitest'
import { diehlCookHyperparameterNames } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { oneOf, probablyMeant, valueText } from '../../../src-core/study/wording.ts'

describe('probablyMeant', () => {
  it.each([
    ['mapsize', 'mapSize'],
    ['map_size', 'mapSize'],
    ['mpaSize', 'mapSize'],
    ['learningRatePots', 'learningRatePost'],
    ['decoderRegularization', 'decoderRegularisation'],
    ['thresholdExcitatory', 'thresholdExcitatoryMv'],
    ['epoch', 'epochs'],
  ])('finds that %s was to be %s', (word, meant) => {
    expect(probablyMeant(word, diehlCookHyperparameterNames)).toBe(meant)
  })

  it.each(['speed', 'x', '', 'dropout', 'e_thresh'])('does not guess what %j was to be', (word) => {
    expect(probablyMeant(word, diehlCookHyperparameterNames)).toBeNull()
  })
})

describe('words', () => {
  it('name values shortly', () => {
    expect([undefined, null, [], [1], { a: 1 }, 'x', 1.5, false].map(valueText)).toEqual([
      'nothing',
      'nothing',
      'an empty list',
      'a list',
      'a map',
      '"x"',
      '1.5',
      'false',
    ])
    expect(valueText('y'.repeat(100))).toHaveLength(62)
  })

  it('name choices', () => {
    expect([['a'], ['a', 'b'], ['a', 'b', 'c'], []].map(oneOf)).toEqual(['a', 'a or b', 'a, b or c', ''])
  })
})
