import { describe, expect, it } from 'vitest'
import {
  countOf,
  formatAgainst,
  formatCount,
  formatDuration,
  formatLimit,
  formatShare,
  formatTime,
  formatValue,
  shellQuote,
} from '../../../src-main/cli/text/format.ts'

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [840, '0.8 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [192_000, '3 min 12 s'],
    [3_599_499, '59 min 59 s'],
    [3_600_000, '1 h 00 min'],
    [7_500_000, '2 h 05 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms: %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text)
  })
})

describe('formatValue', () => {
  it.each([
    ['2gram', '2gram'],
    [797, '797'],
    [-57.6612, '-57.66'],
    [0.0084761, '0.008476'],
    [0.00084761, '8.476e-4'],
    [2_042_123, '2.042e6'],
    [1_000_000, '1e6'],
    [0, '0'],
    [0.1 + 0.2, '0.3'],
  ])('%s: %s', (value, text) => {
    expect(formatValue(value)).toBe(text)
  })
})

describe('counts and shares', () => {
  it('groups digits, and knows one from many', () => {
    expect([formatCount(999), formatCount(1234567), countOf(1, 'trial'), countOf(2000, 'trial')]).toEqual([
      '999',
      '1,234,567',
      '1 trial',
      '2,000 trials',
    ])
  })

  it('shows small shares to a tenth of a percent, and limits as they are', () => {
    expect([0, 0.0213, 0.0996, 0.58, 1].map(formatShare)).toEqual(['0.0 %', '2.1 %', '10 %', '58 %', '100 %'])
    expect([0.05, 0.025, 1].map(formatLimit)).toEqual(['5 %', '2.5 %', '100 %'])
  })
})

describe('formatAgainst', () => {
  it('never hides by rounding that a limit is exceeded', () => {
    expect([0.0213, 0.05, 0.0504, 0.050004, 0.2].map((share) => formatAgainst(share, 0.05))).toEqual([
      '2.1 %',
      '5.0 %',
      '5.04 %',
      '5.0004 %',
      '20 %',
    ])
  })
})

describe('formatTime', () => {
  it('is the local time to the minute', () => {
    expect(formatTime(new Date(2026, 0, 5, 7, 9, 59).getTime())).toBe('2026-01-05 07:09')
  })
})

describe('shellQuote', () => {
  it('leaves plain words alone, and makes one word of anything else', () => {
    expect(shellQuote('/home/me/studies/mnist-1')).toBe('/home/me/studies/mnist-1')
    expect(shellQuote("my study's folder")).toBe(`'my study'\\''s folder'`)
    expect(shellQuote('')).toBe("''")
  })
})
