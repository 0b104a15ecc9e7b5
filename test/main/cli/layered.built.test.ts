import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { type Ended, linesOf, resultOf, Workspace } from './spiketune.ts'

/** Layered networks that train in a second, some of them hopeless: a learning rate of next to nothing. */
const layeredStudy = {
  version: 2,
  name: 'layered',
  dataset: { name: 'mnist', trainSamples: 600, testSamples: 200 },
  encoding: { type: 'bernoulli', maximumRateHz: 500, steps: 16 },
  network: {
    type: 'layered',
    layers: [
      { name: 'hidden', type: 'dense', neuron: 'lif', subtract: true },
      { name: 'output', type: 'dense', neuron: 'lif', subtract: true },
    ],
  },
  training: { algorithm: 'surrogate-gradient', schedule: 'one-cycle' },
  space: { learningRate: { type: 'real', low: 1e-6, high: 0.02, scale: 'log' } },
  fixed: { 'hidden.neurons': 32, batchSize: 16, trueRate: 0.8, falseRate: 0.02, voltageDecay: 0.1, epochs: 3 },
  silence: { interval: 200, layers: [{ layer: 'hidden', alpha: 1, beta: 0.5 }] },
  constraints: [{ metric: 'spikesPerSample', atMost: 1000 }],
  pruning: { rule: 'median', minimumTrials: 2 },
  optimiser: { type: 'sobol' },
  budget: { trials: 10 },
  workers: 1,
}
const exportedSchema = z.object({ yaml: z.string() })

const workspace = new Workspace()
const openStudy = (id: string) =>
  createStudyLibrary({
    folder: workspace.library,
    clock: systemClock,
    workerHost: createChildProcessHost(new URL('../../../out/main/worker.js', import.meta.url)),
    optimiserHost: createOptimiserThreadHost(new URL('../../../out/main/optimiser.js', import.meta.url)),
    applicationVersion: '0.1.0',
  }).open(id)
let finished: Ended
beforeAll(async () => {
  finished = await workspace.run('run', workspace.write('layered.yaml', layeredStudy), '--json')
})
afterAll(() => {
  workspace.dispose()
})

describe('a study of layered networks', () => {
  it('runs to its end, prunes hopeless trials, and finds one that learns', () => {
    expect(finished).toMatchObject({ code: 0, stderr: '' })
    const { summary, best } = resultOf(finished.stdout)
    expect(summary.counts).toMatchObject({ waiting: 0, running: 0, failed: 0 })
    expect(best[0]?.objective).toBeGreaterThan(0.6)
    const stops = linesOf(finished.stdout).flatMap((line) => (line.type === 'trial' ? (line.trial.stop ?? []) : []))
    const pruned = stops.filter(({ kind }) => kind === 'pruned')
    expect(pruned.length).toBeGreaterThan(0)
    for (const stop of pruned) if (stop.kind === 'pruned') expect(stop.accuracy).toBeLessThan(stop.threshold)
  })

  it('gives the same result again, pruned trials too', async () => {
    const again = await workspace.run('run', 'layered.yaml', '--name', 'again', '--json')
    const values = ({ stdout }: Ended) =>
      linesOf(stdout).flatMap((line) =>
        line.type === 'trial' && line.trial.endedAtMs !== null
          ? [[line.trial.number, line.trial.objective, line.trial.metrics, line.trial.stop]]
          : [],
      )
    expect(values(again)).toEqual(values(finished))
  })

  it('says of a trial what it costs, and when it was pruned', async () => {
    const { best } = resultOf(finished.stdout)
    const { stdout } = await workspace.run('show', 'layered-1', '--trial', String(best[0]?.number))
    expect(stdout).toMatch(/^spikes per sample +[\d,.]+, at most 1,000 allowed$/m)
    const pruned = linesOf(finished.stdout).find((line) => line.type === 'trial' && line.trial.stop?.kind === 'pruned')
    const number = pruned?.type === 'trial' ? pruned.trial.number : NaN
    const shown = await workspace.run('show', 'layered-1', '--trial', String(number))
    expect(shown.stdout).toMatch(
      /^stopped +pruned at epoch \d: train accuracy 0\.\d+ below the median 0\.\d+ of \d+ trials$/m,
    )
  })

  it('reproduces its best from what it exports', async () => {
    const exported = await workspace.run('export', 'layered-1', '--best', '--json')
    const { yaml } = exportedSchema.parse(JSON.parse(exported.stdout))
    const { code, stdout } = await workspace.run('run', yaml)
    expect(code).toBe(0)
    expect(stdout).toContain('Reproduced: all metrics and constraints equal those of trial')
  })

  it('reproduces a pruned trial from what it exports: its training ends where it ended', async () => {
    const stopOf = ({ stdout }: Ended, number?: number) =>
      linesOf(stdout).flatMap((line) =>
        line.type === 'trial' &&
        line.trial.stop?.kind === 'pruned' &&
        line.trial.number === (number ?? line.trial.number)
          ? [line.trial]
          : [],
      )[0]
    const pruned = stopOf(finished)
    const study = await openStudy('layered-1')
    const { yaml } = await study.exportTrial(pruned?.number ?? NaN, workspace.folder)
    await study.close()
    const again = await workspace.run('run', yaml, '--json')
    expect(stopOf(again, 0)).toMatchObject({
      stop: pruned?.stop,
      metrics: pruned?.metrics,
      objective: pruned?.objective,
    })
    expect(resultOf(again.stdout)).toMatchObject({ reproduction: { kind: 'compared', reproduced: true } })
  })

  it('confirms trials with other seeds', async () => {
    const { code, stdout } = await workspace.run('confirm', 'layered-1', '--top', '1', '--seeds', '2')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Confirmed best: trial \d+, accuracy 0\.[5-9]\d+ on the test samples/)
    expect(stdout).toMatch(/Seeds of the same trial differ by 0\.\d{4} \(standard deviation\)/)
  })
})
