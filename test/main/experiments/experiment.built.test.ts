import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExperimentOverview } from '../../../src-core/experiment/experimentOverview.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { linesOf, type Running, Workspace } from '../cli/spiketune.ts'
import { untilGone, workersOf } from '../studies/processes.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

/** Two optimisers that do not learn, with two seeds each: what they come to follows from their seeds alone. */
const experiment = (name: string, generations = 4) => ({
  version: 1,
  name,
  study: {
    version: 2,
    name: 'evolved',
    dataset: { name: 'iris' },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    space: { mutationRate: { type: 'real', low: 0.3, high: 1 } },
    fixed: { generations, populationSize: 20 },
    optimiser: { type: 'random' },
    budget: { trials: 3 },
    workers: 2,
  },
  variants: [{ name: 'random' }, { name: 'sobol', change: { optimiser: { type: 'sobol' } } }],
  seeds: [1, 2],
})

const overviewOf = (stdout: string): ExperimentOverview => {
  const last = linesOf(stdout)
    .filter((line) => line.type === 'experiment')
    .at(-1)
  if (last === undefined) throw new Error(`no experiment in:\n${stdout}`)
  return last.experiment
}

/** The table of an experiment without times and names. */
const tableOf = ({ members }: ExperimentOverview) =>
  members.map(({ variant, seed, state, summary }) => ({
    variant,
    seed,
    state,
    counts: summary?.counts,
    best: summary?.best,
  }))

/** Kills an application and waits until its workers have gone, too. */
const killed = async ({ child, ended }: Running): Promise<void> => {
  const workers = workersOf(child.pid)
  child.kill('SIGKILL')
  await ended
  await untilGone(workers)
}

describe('spiketune experiment', () => {
  it('killed -9 again and again at random, seed 7, comes to the same table as undisturbed', async () => {
    const calm = await workspace.run('experiment', workspace.write('calm.yaml', experiment('calm')), '--json')
    expect(calm.code).toBe(0)
    const expected = tableOf(overviewOf(calm.stdout))
    expect(expected.map(({ state }) => state)).toEqual(Array(4).fill('finished'))

    const generator = createGenerator(7)
    let command = ['experiment', workspace.write('killed.yaml', experiment('killed')), '--json']
    for (let kill = 0; kill < 5; kill++) {
      const application = workspace.start(command)
      const lines = 1 + generator.below(9)
      // An experiment that ends before the kill is due has nothing left to be killed.
      await application.until((stdout) => linesOf(stdout).length >= lines).catch(() => undefined)
      await killed(application)
      command = ['experiment', '--resume', 'killed', '--json']
    }
    const last = await workspace.run(...command)
    expect(last.code).toBe(0)
    expect(tableOf(overviewOf(last.stdout))).toEqual(expected)
    const studies = await workspace.json('list')
    expect(
      studies.map((study) => (study as { readonly id: string }).id).filter((id) => id.startsWith('killed')),
    ).toHaveLength(4)
  })

  it('says what there is and how to go on, and starts nothing twice', async () => {
    const file = workspace.write('duel.yaml', experiment('duel'))
    const running = workspace.start(['experiment', file, '--json'])
    await running.until((stdout) => linesOf(stdout).some(({ type }) => type === 'trial'))
    const second = await workspace.run('experiment', '--resume', 'duel')
    expect([second.code, second.stderr]).toEqual([
      4,
      expect.stringContaining('Another application runs the experiment "duel"'),
    ])
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(130)

    const again = await workspace.run('experiment', file)
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('Go on with it: npx spiketune experiment --resume duel')
    expect(again.stderr).not.toContain('The file is another')
    workspace.write('duel.yaml', experiment('duel', 5))
    expect((await workspace.run('experiment', file)).stderr).toContain('The file is another')
    expect((await workspace.run('experiment', 'duel')).stderr).toContain('but an experiment of the library')

    const status = await workspace.run('experiment', '--status', 'duel')
    expect(status.code).toBe(0)
    expect(status.stdout).toMatch(/random +│ +1 │ (paused|finished)/)
    expect(status.stdout).toContain('npx spiketune experiment --resume duel')
    expect((await workspace.run('experiment')).stdout).toMatch(/^Experiment duel: [0-3] of 4 studies finished/)

    rmSync(join(workspace.library, 'duel-random-seed1-1'), { recursive: true })
    const incomplete = await workspace.run('experiment', '--resume', 'duel', '--plain')
    expect(incomplete.code).toBe(7)
    expect(incomplete.stderr).toContain('random, seed 1 is left out. Its study duel-random-seed1-1 was deleted')
    expect(incomplete.stdout).toContain('with --remake it makes studies anew')
    const whole = await workspace.run('experiment', '--resume', 'duel', '--remake', '--quiet')
    expect([whole.code, whole.stdout]).toEqual([0, 'Experiment duel: 4 of 4 studies finished.\n'])
    expect((await workspace.run('experiment', '--forget', 'duel')).code).toBe(0)
    expect((await workspace.run('experiment', '--status', 'duel')).code).toBe(3)
  })

  it('refuses what is wrong before anything is made', async () => {
    const wrong = { ...experiment('wrong'), variants: [{ name: 'a', change: { optimiser: { type: 'rndom' } } }] }
    const file = workspace.write('wrong.yaml', wrong)
    const refused = await workspace.run('experiment', file)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('variants[0].change.optimiser.type: found "rndom" (variant a)')
    expect((await workspace.run('validate', file)).code).toBe(2)
    expect((await workspace.run('experiment', 'no-such-preset')).code).toBe(3)
    expect((await workspace.run('experiment', '--resume')).code).toBe(3)
    expect((await workspace.run('list')).stdout).toContain('No study')
    const right = workspace.write('right.yaml', experiment('right'))
    expect((await workspace.run('validate', right)).stdout).toContain(
      'experiment "right", 4 studies: random with 2 seeds',
    )
    const run = await workspace.run('run', right)
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('Run it with: spiketune experiment')])
    expect((await workspace.run('presets')).stdout).toContain('grid-against-search (11 studies)')
    expect((await workspace.run('presets', '--show', 'grid-against-search')).stdout).toContain('variants:')
  })
})
