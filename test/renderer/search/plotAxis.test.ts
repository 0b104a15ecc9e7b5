import { describe, expect, it } from 'vitest'
import { linearAxis, parameterAxis } from '../../../src-renderer/search/plotAxis.ts'

describe('axes of plots', () => {
  it('have round numbers at their places', () => {
    expect(linearAxis('x', 0, 10).ticks.map(({ at, text }) => [at, text])).toContainEqual([0.4, '4'])
  })

  it('are on the scale of the model, and go back to the value', () => {
    const rate = parameterAxis('rate', { type: 'real', low: 1e-4, high: 1e-2, sampler: 'log-uniform' })
    expect(rate.place(1e-3)).toBeCloseTo(0.5)
    expect(rate.valueAt(0.5)).toBeCloseTo(1e-3)
    const reversed = parameterAxis('strength', { type: 'real', low: 1, high: 100, sampler: 'reversed-log-uniform' })
    expect(reversed.place(91)).toBeCloseTo(0.5)
  })

  it('of integers have no fractions beside them', () => {
    const epochs = parameterAxis('epochs', { type: 'integer', low: 1, high: 3, sampler: 'uniform' })
    expect(epochs.ticks.map(({ text }) => text)).toEqual(['1', '2', '3'])
  })

  it('give categories the same width each, and no place to what is none of them', () => {
    const decoder = parameterAxis('decoder', { type: 'categorical', choices: ['all', 'vote'] })
    expect(decoder.place('all')).toBe(0.25)
    expect(decoder.place('other')).toBeNull()
    expect(decoder.valueAt(0.6)).toBe('vote')
  })

  it('have no place for a missing value', () => {
    expect(linearAxis('x', 0, 1).place(null)).toBeNull()
    expect(linearAxis('x', 0, 1).place(NaN)).toBeNull()
  })
})
