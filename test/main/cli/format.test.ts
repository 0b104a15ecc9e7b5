import { describe, expect, it } from 'vitest'
import { countOf, formatCount, formatTime, shellQuote } from '../../../src-main/cli/text/format.ts'

describe('counts', () => {
  it('groups digits, and knows one from many', () => {
    expect([formatCount(999), formatCount(1234567), countOf(1, 'trial'), countOf(2000, 'trial')]).toEqual([
      '999',
      '1,234,567',
      '1 trial',
      '2,000 trials',
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
