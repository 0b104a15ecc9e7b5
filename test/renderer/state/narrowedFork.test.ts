import { describe, expect, it } from 'vitest'
import { boundsWithin } from '../../../src-renderer/state/narrowedFork.ts'

describe('the bounds of a fork', () => {
  it('are what filter and brush both hold, of what is searched', () => {
    const filter = {
      ranges: { size: { low: 10, high: 60 }, objective: { low: 0.5, high: 1 } },
      categories: { decoder: ['all', 'vote'] },
    }
    const brush = {
      ranges: { size: { low: 40, high: 90 }, rate: { low: 0.1, high: 0.2 } },
      categories: { decoder: ['vote', 'svm'], state: ['complete'] },
    }
    expect(boundsWithin(['rate', 'size', 'decoder', 'other'], filter, brush)).toEqual({
      ranges: { rate: { low: 0.1, high: 0.2 }, size: { low: 40, high: 60 } },
      categories: { decoder: ['vote'] },
    })
    expect(boundsWithin(['other'], filter, brush)).toEqual({ ranges: {}, categories: {} })
  })
})
