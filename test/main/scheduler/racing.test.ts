import { describe, expect, it } from 'vitest'
import { Bench, complete, definitionOf, settle, space } from './schedulerBench.ts'

const started = async (study: string): Promise<Bench> => {
  const bench = new Bench(definitionOf(`${space}budget: { trials: 20 }\n${study}`))
  bench.scheduler.start(1)
  await settle()
  return bench
}

const finish = async (bench: Bench, trial: number, objective: number): Promise<void> => {
  bench.workers.finish(trial, complete(objective))
  await settle()
}

describe('what replicates race against', () => {
  it('is the best that was known when a trial began, stored with its claim', async () => {
    const bench = await started('replicates: 5\nracing: true')
    expect(bench.journal.trials.get(0)).toMatchObject({ state: 'running', incumbent: null })
    await finish(bench, 0, 0.6)
    expect(bench.journal.trials.get(1)).toMatchObject({ state: 'running', incumbent: 0.6 })
    await finish(bench, 1, 0.4)
    expect(bench.journal.trials.get(2)).toMatchObject({ state: 'running', incumbent: 0.6 })
  })

  it('is nothing where nothing races', async () => {
    const bench = await started('replicates: 5')
    await finish(bench, 0, 0.6)
    expect(bench.journal.trials.get(1)).toMatchObject({ state: 'running' })
    expect(bench.journal.trials.get(1)).not.toHaveProperty('incumbent')
  })
})
