import { describe, expect, it } from 'vitest'
import { incumbentOf, raceEnd } from '../../../src-core/stopping/racing.ts'
import { knownSpace, knownTrials } from '../diagnostics/knownTrials.ts'

const racer = (objective: number, silence = -0.1) => ({
  objective,
  constraints: [{ name: 'silence:excitatory', value: silence }],
})
const three = [racer(0.5), racer(0.6), racer(0.7)]

describe('raceEnd', () => {
  // Mean 0.6, deviation 0.1, standard error 0.1 / sqrt 3; Student's one-sided 95 % quantile of 2 degrees of freedom is 2.91999.
  const upper = 0.6 + (2.919986 * 0.1) / Math.sqrt(3)

  it('ends a trial whose upper bound is below the incumbent, with the figures', () => {
    const end = raceEnd(three, { planned: 10, incumbent: upper + 1e-5 })
    expect(end).toEqual({ planned: 10, by: 'objective', bound: expect.closeTo(upper, 6), limit: upper + 1e-5 })
    expect(raceEnd(three, { planned: 10, incumbent: upper - 1e-5 })).toBeNull()
    expect(raceEnd(three, { planned: 10, incumbent: null })).toBeNull()
  })

  it('ends one whose constraint is as good as violated, whatever is known of others', () => {
    const violated = [0.2, 0.25, 0.3].map((silence) => racer(0.9, silence))
    const end = raceEnd(violated, { planned: 4, incumbent: null })
    // Mean 0.25, deviation 0.05.
    const lower = 0.25 - (2.919986 * 0.05) / Math.sqrt(3)
    expect(end).toEqual({ planned: 4, by: 'silence:excitatory', bound: expect.closeTo(lower, 6), limit: 0 })
    const unsure = [0.05, 0.25, 0.6].map((silence) => racer(0.9, silence))
    expect(raceEnd(unsure, { planned: 4, incumbent: null })).toBeNull()
  })

  it('waits for three replicates, and ends nothing that has them all', () => {
    expect(raceEnd(three.slice(0, 2), { planned: 10, incumbent: 5 })).toBeNull()
    expect(raceEnd(three, { planned: 3, incumbent: 5 })).toBeNull()
  })

  it('is sure at once of replicates that are all alike', () => {
    const alike = [racer(0.5), racer(0.5), racer(0.5)]
    expect(raceEnd(alike, { planned: 4, incumbent: 0.5 })).toBeNull()
    expect(raceEnd(alike, { planned: 4, incumbent: 0.500001 })).toMatchObject({ by: 'objective', bound: 0.5 })
  })
})

describe('incumbentOf', () => {
  it('is the best of what keeps every constraint', () => {
    const outcomes = [
      { objective: 0.7, silence: -1 },
      { objective: 0.9, silence: 0.1 },
      { objective: 0.8, silence: 0 },
      'failed' as const,
    ]
    let number = 0
    const trials = knownTrials(knownSpace, 4, () => outcomes[number++] ?? 'failed')
    expect(incumbentOf(trials)).toBe(0.8)
    expect(incumbentOf(trials.slice(1, 2))).toBeNull()
    expect(incumbentOf([])).toBeNull()
  })
})
