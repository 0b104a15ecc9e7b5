import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpikeRateCounter, spikeRateSchema } from '../../../src-core/progress/spikeRate.ts'

const countedOf = (spikes: readonly number[]): SpikeRateCounter => {
  const counter = new SpikeRateCounter()
  for (const one of spikes) counter.add(one)
  return counter
}

describe('the spike rate of a training', () => {
  it('is not known before the first sample, and then every sample', () => {
    expect(countedOf([]).rate).toBeUndefined()
    expect(countedOf([3, 0, 6]).rate).toEqual({ latest: 3, history: [3, 0, 6] })
  })

  it('has the mean of the last 100 samples as its latest value', () => {
    const spikes = [...Array<number>(250).fill(1000), ...Array<number>(50).fill(2), ...Array<number>(50).fill(4)]
    expect(countedOf(spikes).rate?.latest).toBe(3)
  })

  it('keeps means of equally many samples, of which two become one when there are too many', () => {
    // 48 values of one sample become 24 of two; 24 more of two make 24 of four, in all 96 samples.
    const rising = [...Array(96).keys()]
    expect(countedOf(rising.slice(0, 48)).rate?.history).toEqual([...Array(24).keys()].map((place) => 2 * place + 0.5))
    expect(countedOf(rising).rate?.history).toEqual([...Array(24).keys()].map((place) => 4 * place + 1.5))
  })

  it('is a mean of whatever was shown, bounded and as messages have it, seed 5', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 700 }), (spikes) => {
        const rate = countedOf(spikes).rate
        expect(spikeRateSchema.parse(rate)).toEqual(rate)
        const history = rate?.history ?? []
        const width = 2 ** Math.max(0, Math.ceil(Math.log2((spikes.length + 1) / 48)))
        expect(history).toHaveLength(Math.floor(spikes.length / width))
        for (const [place, value] of history.entries()) {
          const own = spikes.slice(place * width, (place + 1) * width)
          expect(value).toBeCloseTo(Number((own.reduce((sum, one) => sum + one) / width).toPrecision(4)), 6)
        }
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})
