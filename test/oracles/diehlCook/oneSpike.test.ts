import { describe, expect, it } from 'vitest'
import { createPcg32 } from '../../../src-core/random/pcg32.ts'
import { chiSquareZ } from '../../core/diehlCook/statistics.ts'
import { keepSpikes } from './competition.ts'

const seed = 11

describe(`one-spike rule (seed ${seed})`, () => {
  it('draws uniformly among those that crossed', () => {
    const generator = createPcg32(0, seed)
    const crossed = [2, 3, 5, 7, 11]
    const counts = new Map<number, number>()
    for (let draw = 0; draw < 5000; draw++) {
      const [kept = NaN, ...others] = keepSpikes(crossed, 'random', generator)
      expect(others).toEqual([])
      counts.set(kept, (counts.get(kept) ?? 0) + 1)
    }
    const observed = crossed.map((neuron) => counts.get(neuron) ?? 0)
    expect(observed.reduce((sum, count) => sum + count, 0)).toBe(5000)
    expect(Math.abs(chiSquareZ(observed, [1000, 1000, 1000, 1000, 1000]))).toBeLessThan(3)
  })

  it('draws nothing where there is no choice', () => {
    const used = createPcg32(0, seed)
    keepSpikes([], 'random', used)
    keepSpikes([4], 'random', used)
    keepSpikes([1, 2], 'lowestIndex', used)
    keepSpikes([1, 2], 'off', used)
    expect(used.nextUint32()).toBe(createPcg32(0, seed).nextUint32())
  })

  it('keeps the lowest, or all', () => {
    const generator = createPcg32(0, seed)
    expect(keepSpikes([3, 4, 9], 'lowestIndex', generator)).toEqual([3])
    expect(keepSpikes([3, 4, 9], 'off', generator)).toEqual([3, 4, 9])
  })
})
