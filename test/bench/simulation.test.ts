import { describe, expect, it } from 'vitest'
import { recordOf } from '../../bench/scbo/run.ts'
import { simulate, type SimulationOptions } from '../../bench/scbo/simulation.ts'
import type { Optimiser } from '../../src-core/optimiser/optimiser.ts'
import { createRandomSearch } from '../../src-core/optimiser/random.ts'
import type { TriedPoints } from '../../src-core/optimiser/triedPoints.ts'
import type { FinishedTrial } from '../../src-core/trial/trial.ts'

const space = { x: { type: 'real', low: 0, high: 1, sampler: 'uniform' } } as const

/** Durations of 100, 200, 300, 100, ... ms by the trial's number. */
const options = (given: Partial<SimulationOptions<TriedPoints | null>>): SimulationOptions<TriedPoints | null> => ({
  optimiser: createRandomSearch(space, 1),
  evaluate: (configuration, number) => ({
    evaluation:
      number === 3
        ? { kind: 'failed' }
        : { kind: 'measured', objective: Number(configuration.x), constraints: [{ name: 'c', value: number - 5 }] },
    durationMs: 100 * (1 + (number % 3)),
  }),
  trials: 6,
  workers: 2,
  schedule: 'asynchronous',
  latencyMs: 0,
  askAhead: false,
  nowMs: () => 0,
  ...given,
})

const times = (simulation: ReturnType<typeof simulate>): (readonly number[])[] =>
  simulation.told.map(({ number, startedAtMs, endedAtMs }) => [number, startedAtMs, endedAtMs])

describe('a study on a virtual clock', () => {
  it('gives a free asynchronous worker its next trial at once', () => {
    const simulation = simulate(options({}))
    expect(times(simulation)).toEqual([
      [0, 0, 100],
      [1, 0, 200],
      [3, 200, 300],
      [2, 100, 400],
      [4, 300, 500],
      [5, 400, 700],
    ])
    expect(simulation.idleShare).toBe(0)
  })

  it('lets synchronous workers wait for the slowest, and counts that', () => {
    const simulation = simulate(options({ schedule: 'synchronous' }))
    expect(times(simulation)).toEqual([
      [0, 0, 100],
      [1, 0, 200],
      [2, 200, 500],
      [3, 200, 300],
      [4, 500, 700],
      [5, 500, 800],
    ])
    // 100 ms and 200 ms of two workers' 500 ms before the last trials began.
    expect(simulation.idleShare).toBeCloseTo(0.3, 12)
  })

  it('answers one ask after the other', () => {
    const simulation = simulate(options({ latencyMs: 10, trials: 3 }))
    expect(times(simulation)).toEqual([
      [0, 10, 110],
      [1, 20, 220],
      [2, 120, 420],
    ])
    expect(simulation.idleShare).toBeCloseTo(40 / 240, 12)
  })

  it('has an answer ready that was prepared ahead, unless it no longer holds', () => {
    const asked: number[] = []
    const random = createRandomSearch(space, 1)
    const counting: Optimiser<TriedPoints | null> = {
      ...random,
      ask: (state, number, pending) => {
        asked.push(number)
        return random.ask(state, number, pending)
      },
    }
    const holds = simulate(
      options({ optimiser: { ...counting, stillHolds: () => true }, latencyMs: 10, trials: 4, askAhead: true }),
    )
    // Number 2 was prepared from 20 to 30 ms, long before a worker was free at 110 ms; number 3 from 110 to 120 ms.
    expect(times(holds)).toEqual([
      [0, 10, 110],
      [1, 20, 220],
      [3, 220, 320],
      [2, 110, 410],
    ])
    expect(asked).toEqual([0, 1, 2, 3, 4])
    const dropped = simulate(
      options({ optimiser: { ...counting, stillHolds: () => false }, latencyMs: 10, trials: 3, askAhead: true }),
    )
    expect(times(dropped)).toContainEqual([2, 120, 420])
  })

  it('tells the optimiser real trials, failed ones too, in their order', () => {
    const told: FinishedTrial[] = []
    const random = createRandomSearch(space, 1)
    const listening: Optimiser<TriedPoints | null> = {
      ...random,
      tell: (state, trial) => {
        told.push(trial)
        return random.tell(state, trial)
      },
    }
    simulate(options({ optimiser: listening }))
    expect(told.map(({ number, state, toldOrder }) => [number, state, toldOrder])).toEqual([
      [0, 'complete', 0],
      [1, 'complete', 1],
      [3, 'failed', 2],
      [2, 'complete', 3],
      [4, 'complete', 4],
      [5, 'complete', 5],
    ])
  })

  it('records the best feasible value only', () => {
    const measured = (objective: number, constraint: number) => ({
      evaluation: { kind: 'measured' as const, objective, constraints: [{ name: 'c', value: constraint }] },
    })
    const evaluations = [measured(9, 1), measured(-3, 0), { evaluation: { kind: 'failed' as const } }, measured(-2, -1)]
    const told = evaluations.map((evaluation, number) => ({
      ...simulate(options({ trials: 1 })).told[0],
      ...evaluation,
      number,
    }))
    const record = recordOf({ told: told as never, idleShare: 0, askMs: [] }, 7)
    expect(record).toMatchObject({ seed: 7, feasible: [false, true, false, true], best: [null, -3, -3, -2] })
  })
})
