import { describe, expect, it } from 'vitest'
import { formatAccuracy, formatPlural, formatRate } from '../../../src-renderer/trials/format.ts'

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('format', () => {
  it('writes accuracies with four digits', () => {
    expect(formatAccuracy(0.88471)).toBe('0.8847')
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
