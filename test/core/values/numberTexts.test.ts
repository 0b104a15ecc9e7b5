import { describe, expect, it } from 'vitest'
import { numberTexts, valueText } from '../../../src-core/values/numberTexts.ts'

const { share, shareAgainst, limit, duration, memory, bytes } = numberTexts(' ')

describe('numbers as a person reads them', () => {
  it.each([
    [0, '0.0 s'],
    [840, '0.8 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_599_499, '59 min 59 s'],
    [3_600_000, '1 h 00 min'],
    [7_440_000, '2 h 04 min'],
    [266_400_000, '3 d 2 h'],
  ])('writes a duration of %d ms as %s', (durationMs, text) => {
    expect(duration(durationMs)).toBe(text)
  })

  it.each([
    ['2gram', '2gram'],
    [797, '797'],
    [60_000, '60000'],
    [0, '0'],
    [8.476e-4, '8.476e-4'],
    [0.00084761, '8.476e-4'],
    [0.0084761, '0.008476'],
    [0.1 + 0.2, '0.3'],
    [123.394, '123.4'],
    [-57.6612, '-57.66'],
    [1_000_000, '1e6'],
    [2_042_123, '2.042e6'],
    [1e7, '1e7'],
  ])('writes the hyperparameter %s as %s', (value, text) => {
    expect(valueText(value)).toBe(text)
  })

  it('writes shares and limits', () => {
    expect([0, 0.0213, 0.0996, 0.58, 1].map((one) => share(one))).toEqual([
      '0.0 %',
      '2.1 %',
      '10.0 %',
      '58.0 %',
      '100.0 %',
    ])
    expect(share(0.88471, 2)).toBe('88.47 %')
    expect([0.05, 0.025, 1].map(limit)).toEqual(['5 %', '2.5 %', '100 %'])
  })

  it('never hides by rounding that a limit is exceeded', () => {
    expect([0.0213, 0.05, 0.0504, 0.050004, 0.2].map((one) => shareAgainst(one, 0.05))).toEqual([
      '2.13 %',
      '5.00 %',
      '5.04 %',
      '5.0004 %',
      '20.00 %',
    ])
  })

  it('writes space on disks in decimal units, and memory as drivers do', () => {
    expect([0, 999, 1000, 1234, 12_345, 9.96e6, 1.5e9, 2e15].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '1.2 kB',
      '12 kB',
      '10.0 MB',
      '1.5 GB',
      '2000 TB',
    ])
    expect(memory(80 * 2 ** 30)).toBe('80.0 GiB')
  })

  it('puts the space before a unit that it is given', () => {
    const window = numberTexts('\u00a0')
    expect([window.duration(185_000), window.limit(0.05), window.bytes(1500)]).toEqual([
      '3\u00a0min 05\u00a0s',
      '5\u00a0%',
      '1.5\u00a0kB',
    ])
  })
})
