import { describe, expect, it } from 'vitest'
import { decayFactor } from '../../../src-core/diehlCook/diehlCookConstants.ts'
import { integrateLif, type LifParameters, type LifState, stepLif } from './neurons.ts'

const parameters: LifParameters = {
  restMv: -65,
  resetMv: -60,
  thresholdMv: -52,
  refractoryMs: 3,
  membraneDecay: decayFactor(1, 100),
  dtMs: 1,
}
const rested: LifState = { potentialMv: -65, refractoryMs: 0 }

describe('leaky integrate-and-fire neuron', () => {
  it('rests exactly without input', () => {
    expect(integrateLif(rested, 0, parameters)).toEqual({ potentialMv: -65, refractoryMs: -1 })
  })

  it('decays towards rest as exp(-t / tau)', () => {
    let state: LifState = { potentialMv: -55, refractoryMs: 0 }
    for (let step = 0; step < 150; step++) state = integrateLif(state, 0, parameters)
    expect(state.potentialMv).toBeCloseTo(-65 + 10 * Math.exp(-1.5), 3)
  })

  it('spikes at the threshold itself, resets, and then ignores input for the refractory period', () => {
    const first = stepLif(rested, 13, parameters)
    expect(first).toEqual({ state: { potentialMv: -60, refractoryMs: 3 }, spiked: true })
    const heard: boolean[] = []
    let state = first.state
    for (let step = 0; step < 5; step++) {
      const silent = integrateLif(state, 0, parameters)
      const driven = integrateLif(state, 1, parameters)
      heard.push(driven.potentialMv !== silent.potentialMv)
      state = silent
    }
    expect(heard).toEqual([false, false, false, true, true])
  })

  it('stays below the threshold without a spike', () => {
    expect(stepLif(rested, 12.99, parameters).spiked).toBe(false)
  })

  it('rounds every result to single precision', () => {
    const { potentialMv } = integrateLif({ potentialMv: -60, refractoryMs: 0 }, 0.1, parameters)
    expect(potentialMv).toBe(Math.fround(potentialMv))
  })
})
