import { describe, expect, it } from 'vitest'
import type { InspectedTest } from '../../../src-core/contracts/inspection.ts'
import { parseSampleList, writeSampleList } from '../../../src-core/activity/sampleList.ts'
import { chooseSamples, worstSamples } from '../../../src-renderer/inspect/sampleChoice.ts'

const test: InspectedTest = {
  split: 'objective',
  samples: Uint32Array.of(10, 11, 12, 13, 14, 15),
  labels: Int16Array.of(0, 1, 2, 1, 1, 0),
  predictions: Int16Array.of(0, -1, 1, -1, 2, 0),
  outputSpikes: Uint32Array.of(9, 2, 4, 0, 8, 1),
  ratesByClass: new Float32Array(0),
  rates: [],
  accuracy: 2 / 6,
}

describe('the choice of samples', () => {
  it('reads numbers and ranges', () => {
    expect(parseSampleList('0-3, 15 9', 100)).toEqual({ samples: [0, 1, 2, 3, 15, 9] })
  })

  it.each([
    ['', /Write the numbers/],
    ['3, x', /“x” is no sample/],
    ['5-2', /begins with its smaller/],
    ['98-100', /0 to 99/],
  ])('says what is wrong with "%s"', (text, problem) => {
    expect(parseSampleList(text, 100)).toEqual({ problem: expect.stringMatching(problem) as string })
  })

  it('refuses more than can be shown at once', () => {
    expect(parseSampleList('0-499', 10_000)).toHaveProperty('samples.length', 500)
    expect(parseSampleList('0-499, 800', 10_000)).toHaveProperty('problem')
  })

  it('puts unanswered samples first, then the surest of the wrong answers', () => {
    expect(worstSamples(test)).toEqual([13, 11, 14, 12])
  })

  it('is by class or by error where answers are known', () => {
    const choosing = { count: 2, available: 50, test, random: () => 0 }
    expect(chooseSamples({ kind: 'class', label: 1 }, choosing)).toEqual({ samples: [11, 13] })
    expect(chooseSamples({ kind: 'worst' }, choosing)).toEqual({ samples: [13, 11] })
    expect(chooseSamples({ kind: 'class', label: 7 }, choosing)).toHaveProperty('problem')
    expect(chooseSamples({ kind: 'worst' }, { ...choosing, test: null })).toHaveProperty('problem')
  })

  it('draws different samples at random', () => {
    const draws = [0.5, 0.5, 0.99]
    const chosen = chooseSamples(
      { kind: 'random' },
      { count: 3, available: 10, test: null, random: () => draws.shift() ?? 0 },
    )
    expect(chosen).toEqual({ samples: [5, 6, 9] })
    expect(chooseSamples({ kind: 'random' }, { count: 9, available: 3, test: null, random: () => 0.9 })).toEqual({
      samples: [0, 1, 2],
    })
  })

  it.each([[[0, 1, 2, 15]], [[4, 5]], [[7]], [[3, 2, 1]]])('writes %j so that it reads the same', (samples) => {
    expect(parseSampleList(writeSampleList(samples), 100)).toEqual({ samples })
    expect(writeSampleList([0, 1, 2, 15])).toBe('0-2, 15')
  })
})
