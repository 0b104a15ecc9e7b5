import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFinished } from '../../../src-core/trial/trial.ts'
import { Bench, complete, definitionOf, failed, settle, space } from './schedulerBench.ts'

/** What can happen to a study, in any order; `pick` chooses among the trials under way. */
type Event =
  | { readonly kind: 'finish' | 'fail' | 'die'; readonly pick: number }
  | { readonly kind: 'pause' | 'stop' | 'start' | 'hold' | 'release' }
  /** The disk is full for one transaction, after so many more. */
  | { readonly kind: 'full'; readonly after: number }
  | { readonly kind: 'resize'; readonly workers: number }

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('finish' as const), pick: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('fail' as const, 'die' as const), pick: fc.nat(7) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause' as const, 'stop' as const, 'start' as const, 'hold' as const, 'release' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('full' as const), after: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resize' as const), workers: fc.integer({ min: 1, max: 6 }) }),
  },
)

const trials = 12
const optimisers = fc.constantFrom('random', 'sobol')
const definition = (optimiser: string) =>
  definitionOf(`${space}budget: { trials: ${trials} }\noptimiser: { type: ${optimiser} }\nattempts: 3`)

const apply = async (bench: Bench, happening: Event): Promise<void> => {
  const { workers } = bench
  const underWay = workers.trials()
  const picked = 'pick' in happening ? underWay[happening.pick % Math.max(1, underWay.length)] : undefined
  switch (happening.kind) {
    case 'finish':
      if (picked !== undefined) workers.finish(picked, complete(picked / trials))
      break
    case 'fail':
      if (picked !== undefined) workers.finish(picked, failed('non-finite'))
      break
    case 'die':
      if (picked !== undefined) workers.die(picked)
      break
    case 'pause':
      bench.scheduler.pause()
      break
    case 'stop':
      await bench.scheduler.stop()
      break
    case 'start':
      bench.scheduler.start(3)
      break
    case 'hold':
      bench.optimiser.hold = true
      break
    case 'release':
      bench.optimiser.hold = false
      bench.optimiser.release()
      break
    case 'full':
      bench.journal.failAfter = happening.after
      break
    case 'resize':
      bench.scheduler.setWorkers(happening.workers)
      break
  }
  await settle()
}

/** What must hold at every moment. */
const check = (bench: Bench): void => {
  const underWay = bench.workers.trials()
  expect(new Set(underWay).size).toBe(underWay.length)
  const stored = [...bench.journal.trials.values()]
  expect(stored.length).toBeLessThanOrEqual(trials)
  expect(stored.map(({ number }) => number).sort((a, b) => a - b)).toEqual([...stored.keys()])
  for (const number of underWay) expect(bench.journal.trials.get(number)?.state).toBe('running')
  const shownRunning = [...bench.seen.values()].filter(({ state }) => state === 'running').map(({ number }) => number)
  expect(shownRunning.sort((a, b) => a - b)).toEqual(underWay)
  const told = stored.filter(isFinished).sort((a, b) => a.toldOrder - b.toldOrder)
  expect(told.map(({ toldOrder }) => toldOrder)).toEqual([...told.keys()])
  expect(bench.optimiser.told.map(({ number }) => number)).toEqual(told.map(({ number }) => number))
}

/** Lets the study run to its end. */
const finish = async (bench: Bench): Promise<void> => {
  bench.journal.failAfter = Infinity
  bench.optimiser.hold = false
  bench.optimiser.release()
  await settle()
  for (let round = 0; bench.state.kind !== 'finished'; round++) {
    if (round > 20 * trials) throw new Error(`the study does not end: ${bench.log.slice(-20).join(', ')}`)
    bench.scheduler.start(3)
    await settle()
    const [next] = bench.workers.trials()
    if (next !== undefined) bench.workers.finish(next, complete(next / trials))
    await settle()
    check(bench)
  }
}

describe('whatever happens, in whatever order', () => {
  it('nothing runs twice, nothing is lost, the order of telling has no gaps, the budget is exact; seed 11', async () => {
    await fc.assert(
      fc.asyncProperty(optimisers, fc.array(event, { maxLength: 60 }), async (optimiser, events) => {
        const bench = new Bench(definition(optimiser))
        bench.scheduler.start(3)
        await settle()
        for (const happening of events) {
          await apply(bench, happening)
          check(bench)
        }
        await finish(bench)
        const stored = [...bench.journal.trials.values()]
        expect(stored).toHaveLength(trials)
        expect(stored.every(isFinished)).toBe(true)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('the same seed and the same order of completion give the same candidates; seed 12', async () => {
    await fc.assert(
      fc.asyncProperty(
        optimisers,
        fc.array(fc.nat(2), { minLength: trials, maxLength: trials }),
        async (optimiser, order) => {
          const candidates = async () => {
            const bench = new Bench(definition(optimiser))
            bench.scheduler.start(3)
            await settle()
            for (const pick of order) {
              const underWay = bench.workers.trials()
              const trial = underWay[pick % Math.max(1, underWay.length)]
              if (trial !== undefined) bench.workers.finish(trial, complete(trial / trials))
              await settle()
            }
            return [...bench.journal.trials.values()].map(({ number, configuration, seed }) => ({
              number,
              configuration,
              seed,
            }))
          }
          expect(await candidates()).toEqual(await candidates())
        },
      ),
      { seed: 12, numRuns: 60 },
    )
  })
})
