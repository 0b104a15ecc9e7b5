import { describe, expect, it } from 'vitest'
import { trustRegionHistory } from '../../../src-core/diagnostics/trustRegionHistory.ts'

const initial = (number: number, life = 0) => ({
  number,
  explanation: { optimiser: 'scbo', phase: 'initial', told: number, life, point: number },
})

const asked = (number: number, rest: Record<string, unknown> = {}) => ({
  number,
  explanation: {
    optimiser: 'scbo',
    phase: 'region',
    told: number,
    life: 0,
    generation: 0,
    length: 0.8,
    successes: 0,
    failures: 0,
    centre: 1,
    centreFeasible: true,
    candidates: 2000,
    feasible: true,
    sampled: { objective: 0.4, constraints: { 'silence:excitatory': -0.1 } },
    source: 'polished',
    fit: { told: number, models: {} },
    ...rest,
  },
})

describe('the history of the trust region', () => {
  it('is in the order of asking, whatever the order of the trials', () => {
    const { trials, without } = trustRegionHistory([asked(3, { failures: 2 }), initial(0), asked(2, { successes: 1 })])
    expect(without).toBe(0)
    expect(trials.map(({ trial }) => trial)).toEqual([0, 2, 3])
    expect(trials[0]).toEqual({ trial: 0, phase: 'initial', told: 0, life: 0 })
    expect(trials[2]).toEqual({
      trial: 3,
      phase: 'region',
      told: 3,
      life: 0,
      generation: 0,
      length: 0.8,
      successes: 0,
      failures: 2,
      centre: 1,
      centreFeasible: true,
      feasible: true,
    })
  })

  it('says where the region began, grew, shrank, moved and began anew', () => {
    const { events } = trustRegionHistory([
      initial(10),
      asked(11, { centre: 4 }),
      asked(12, { centre: 4 }),
      asked(13, { centre: 12, length: 1.6, generation: 1 }),
      asked(14, { centre: 12, length: 0.8, generation: 2 }),
      initial(15, 1),
      asked(16, { life: 1, centre: 15, length: 0.8, generation: 2 }),
      asked(17, { life: 1, centre: 15, length: 0.4, generation: 3 }),
    ])
    expect(events).toEqual([
      { kind: 'begun', trial: 11, length: 0.8, centre: 4 },
      { kind: 'grown', trial: 13, from: 0.8, to: 1.6 },
      { kind: 'moved', trial: 13, from: 4, to: 12 },
      { kind: 'shrunk', trial: 14, from: 1.6, to: 0.8 },
      { kind: 'restart', trial: 15, life: 1, lastLength: 0.8 },
      { kind: 'begun', trial: 16, length: 0.8, centre: 15 },
      { kind: 'shrunk', trial: 17, from: 0.8, to: 0.4 },
    ])
  })

  it('counts no change twice where an ask was prepared before it', () => {
    const { events } = trustRegionHistory([
      asked(20),
      asked(21, { length: 0.4, generation: 1 }),
      asked(22, { told: 20 }),
      asked(23, { length: 0.4, generation: 1 }),
      initial(24, 1),
      asked(25, { told: 23, length: 0.4, generation: 1 }),
      initial(26, 1),
    ])
    expect(events.map(({ kind, trial }) => [kind, trial])).toEqual([
      ['begun', 20],
      ['shrunk', 21],
      ['restart', 24],
    ])
  })

  it('goes on past trials of other optimisers and explanations that cannot be read', () => {
    const { trials, events, without } = trustRegionHistory([
      asked(1),
      { number: 2, explanation: { optimiser: 'sobol', point: 2 } },
      { number: 3, explanation: {} },
      asked(4, { centre: null }),
      asked(5, { length: 'long' }),
      asked(6, { length: NaN }),
      asked(7, { length: 0.4 }),
    ])
    expect([trials.length, without]).toEqual([2, 5])
    expect(events.map(({ kind, trial }) => [kind, trial])).toEqual([
      ['begun', 1],
      ['shrunk', 7],
    ])
    expect(trustRegionHistory([])).toEqual({ trials: [], events: [], without: 0 })
  })
})
