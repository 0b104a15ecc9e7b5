import { describe, expect, it } from 'vitest'
import {
  formatAccuracy,
  formatDuration,
  formatLimit,
  formatPercent,
  formatPlural,
  formatRate,
  formatValue,
} from '../../../src-renderer/trials/format.ts'

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('format', () => {
  it.each([
    [0, '0.0 s'],
    [840, '0.8 s'],
    [9949, '9.9 s'],
    [9951, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [7_440_000, '2 h 04 min'],
    [266_400_000, '3 d 2 h'],
  ])('writes a duration of %d ms as %s', (durationMs, text) => {
    expect(spaced(formatDuration(durationMs))).toBe(text)
  })

  it.each([
    ['all', 'all'],
    [797, '797'],
    [60_000, '60000'],
    [0, '0'],
    [8.476e-4, '8.476e-4'],
    [0.04404, '0.04404'],
    [123.394, '123.4'],
    [-57.66, '-57.66'],
    [2_042_000, '2.042e6'],
    [1e7, '1e7'],
  ])('writes the hyperparameter %s as %s', (value, text) => {
    expect(formatValue(value)).toBe(text)
  })

  it('writes accuracies, shares and limits as the command line does', () => {
    expect(formatAccuracy(0.88471)).toBe('0.8847')
    expect(spaced(formatLimit(0.05))).toBe('5 %')
    expect(spaced(formatLimit(0.025))).toBe('2.5 %')
    expect(spaced(formatPercent(0.88471))).toBe('88.5 %')
    expect(spaced(formatPercent(0.88471, 2))).toBe('88.47 %')
  })

  it('writes rates with the digits that say something', () => {
    expect([1234.4, 680.2, 56.78, 2.214].map(formatRate)).toEqual(['1,234', '680', '57', '2.2'])
  })

  it('counts one and many', () => {
    expect([0, 1, 1200].map((count) => spaced(formatPlural(count, 'trial')))).toEqual([
      '0 trials',
      '1 trial',
      '1,200 trials',
    ])
  })
})
