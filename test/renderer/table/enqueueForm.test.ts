import { describe, expect, it } from 'vitest'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { readPasted, readSeed, readTyped, typedFrom } from '../../../src-renderer/table/enqueueForm.ts'

const space: SearchSpace = {
  mapSize: { type: 'integer', low: 40, high: 120, sampler: 'uniform' },
  learningRatePost: { type: 'real', low: 1e-4, high: 1, sampler: 'log-uniform' },
  decoder: { type: 'categorical', choices: ['all', 'svm'] },
  decoderRegularisation: { type: 'real', low: 0.01, high: 100, sampler: 'log-uniform', when: { decoder: ['svm'] } },
}
const typed = typedFrom(space, null)

describe('a trial as it is typed', () => {
  it('begins in the middle of the space, or as another trial was', () => {
    expect(typed).toEqual({ mapSize: '80', learningRatePost: '0.01', decoder: 'all', decoderRegularisation: '1' })
    expect(typedFrom(space, { mapSize: 41, learningRatePost: 0.123456789 })).toMatchObject({
      mapSize: '41',
      learningRatePost: '0.123456789',
    })
  })

  it('is a configuration of what applies', () => {
    const { configuration, problems, applying } = readTyped(space, typed)
    expect(configuration).toEqual({ mapSize: 80, learningRatePost: 0.01, decoder: 'all' })
    expect(problems.size).toBe(0)
    expect(applying.has('decoderRegularisation')).toBe(false)
    const svm = readTyped(space, { ...typed, decoder: 'svm', decoderRegularisation: '200' })
    expect([...svm.problems.keys()]).toEqual(['decoderRegularisation'])
  })

  it('names each value that breaks its bounds', () => {
    const { problems } = readTyped(space, { ...typed, mapSize: '80.5', learningRatePost: '', decoder: 'none' })
    expect(Object.fromEntries(problems)).toEqual({
      mapSize: 'Allowed: a whole number from 40 to 120.',
      learningRatePost: 'Enter a number from 0.0001 to 1.',
      decoder: 'Allowed: all, svm.',
    })
    expect(readTyped(space, { ...typed, mapSize: 'eighty' }).problems.has('mapSize')).toBe(true)
  })

  it('has a seed or leaves it to the study', () => {
    expect(readSeed(' ')).toBeNull()
    expect(readSeed('42')).toBe(42)
    for (const wrong of ['-1', '1.5', '4294967296', 'x']) expect(readSeed(wrong)).toBeUndefined()
  })
})

describe('trials from the rows of a table', () => {
  it('are read whatever separates them; other columns are passed over', () => {
    const expected = [
      { row: 1, configuration: { mapSize: 50, learningRatePost: 0.1, decoder: 'all' }, problems: [] },
      { row: 2, configuration: { mapSize: 60, learningRatePost: 0.01, decoder: 'all' }, problems: [] },
    ]
    for (const separator of ['\t', ',', ';']) {
      const text = [
        ['number', 'mapSize', 'learningRatePost'],
        ['7', '50', '"0.1"'],
        ['8', '60', ''],
      ]
        .map((cells) => cells.join(separator))
        .join('\r\n')
      expect(readPasted(space, `${text}\n`, typed)).toEqual(expected)
    }
  })

  it('say what is wrong in a row, and that there is no table', () => {
    expect(readPasted(space, 'mapSize\n500', typed)?.[0]?.problems).toEqual([
      'mapSize: Allowed: a whole number from 40 to 120.',
    ])
    expect(readPasted(space, 'mapSize', typed)).toBeNull()
    expect(readPasted(space, 'a,b\n1,2', typed)).toBeNull()
  })
})
