import { describe, expect, it } from 'vitest'
import { decayFactor } from '../../../src-core/diehlCook/diehlCookConstants.ts'
import { type AdaptiveLifParameters, type AdaptiveLifState, stepAdaptiveLif } from './neurons.ts'

const parameters: AdaptiveLifParameters = {
  restMv: -65,
  resetMv: -60,
  thresholdMv: -52,
  refractoryMs: 0,
  membraneDecay: decayFactor(1, 100),
  dtMs: 1,
  thetaPlusMv: 0.5,
  thetaDecay: decayFactor(1, 1000),
}
const rested: AdaptiveLifState = { potentialMv: -65, refractoryMs: 0, thetaMv: 0 }

describe('adaptive threshold', () => {
  it('rises at a crossing while learning, and the next one needs as much more', () => {
    const first = stepAdaptiveLif(rested, 13, parameters, true)
    expect(first).toEqual({ state: { potentialMv: -60, refractoryMs: 0, thetaMv: 0.5 }, crossed: true })
    const again: AdaptiveLifState = { ...rested, thetaMv: first.state.thetaMv }
    expect(stepAdaptiveLif(again, 13, parameters, true).crossed).toBe(false)
    expect(stepAdaptiveLif(again, 13.5, parameters, true).crossed).toBe(true)
  })

  it('decays as exp(-t / tau) while learning', () => {
    let state: AdaptiveLifState = { ...rested, thetaMv: 2 }
    for (let step = 0; step < 500; step++) state = stepAdaptiveLif(state, 0, parameters, true).state
    expect(state.thetaMv).toBeCloseTo(2 * Math.exp(-0.5), 4)
  })

  it('neither decays nor rises outside learning', () => {
    const quiet = stepAdaptiveLif({ ...rested, thetaMv: 2 }, 0, parameters, false)
    const crossed = stepAdaptiveLif({ ...rested, thetaMv: 2 }, 15, parameters, false)
    expect([quiet.state.thetaMv, crossed.state.thetaMv, crossed.crossed]).toEqual([2, 2, true])
  })
})
