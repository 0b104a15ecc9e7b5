import { describe, expect, it } from 'vitest'
import { trustRegionHistory } from '../../../src-core/diagnostics/trustRegionHistory.ts'

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
    candidates: 2000,
    feasible: true,
    sampled: { objective: 0.4, constraints: { 'silence:excitatory': -0.1 } },
    fit: { rows: number },
    ...rest,
  },
})

describe('the history of the trust region', () => {
  it('is in the order of asking, whatever the order of the trials', () => {
    const trials = [asked(3, { failures: 2 }), asked(0, { phase: 'initial', centre: null }), asked(2, { successes: 1 })]
    const { regions, without } = trustRegionHistory(trials)
    expect(without).toBe(0)
    expect(regions.map(({ trial }) => trial)).toEqual([0, 2, 3])
    expect(regions[0]).toEqual({
      trial: 0,
      phase: 'initial',
      told: 0,
      life: 0,
      generation: 0,
      length: 0.8,
      successes: 0,
      failures: 0,
      centre: null,
      feasible: true,
    })
    expect(regions.map(({ successes, failures }) => [successes, failures])).toEqual([
      [0, 0],
      [1, 0],
      [0, 2],
    ])
  })

  it('says where the region grew, shrank, moved and began anew', () => {
    const { events } = trustRegionHistory([
      asked(10, { phase: 'initial', centre: null }),
      asked(11, { centre: 4 }),
      asked(12, { centre: 4 }),
      asked(13, { centre: 12, length: 1.6, generation: 1 }),
      asked(14, { centre: 12, length: 0.8, generation: 2 }),
      asked(15, { life: 1, phase: 'initial', centre: null }),
      asked(16, { life: 1, centre: null, length: 0.4, generation: 1 }),
    ])
    expect(events).toEqual([
      { kind: 'moved', trial: 11, from: null, to: 4 },
      { kind: 'grown', trial: 13, from: 0.8, to: 1.6 },
      { kind: 'moved', trial: 13, from: 4, to: 12 },
      { kind: 'shrunk', trial: 14, from: 1.6, to: 0.8 },
      { kind: 'restart', trial: 15, life: 1, lastLength: 0.8 },
      { kind: 'shrunk', trial: 16, from: 0.8, to: 0.4 },
    ])
  })

  it('goes on past trials of other optimisers and explanations that cannot be read', () => {
    const { regions, events, without } = trustRegionHistory([
      asked(1),
      { number: 2, explanation: { optimiser: 'sobol', point: 2 } },
      { number: 3, explanation: {} },
      { number: 4, explanation: null },
      asked(5, { length: -1 }),
      asked(6, { length: NaN }),
      asked(7, { length: 0.4 }),
    ])
    expect([regions.length, without]).toEqual([2, 5])
    expect(events).toEqual([{ kind: 'shrunk', trial: 7, from: 0.8, to: 0.4 }])
    expect(trustRegionHistory([])).toEqual({ regions: [], events: [], without: 0 })
  })
})
