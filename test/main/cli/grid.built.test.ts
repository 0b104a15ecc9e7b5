import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resultOf, tinyStudy, Workspace } from './spiketune.ts'

describe('a grid on the command line', () => {
  let workspace: Workspace
  beforeEach(() => {
    workspace = new Workspace()
  })
  afterEach(() => {
    workspace.dispose()
  })
  const study = (optimiser: object, budget: object) => {
    const { budget: _, ...tiny } = tinyStudy()
    return workspace.write('study.yaml', { ...tiny, optimiser: { type: 'grid', ...optimiser }, budget })
  }

  it('is shown when it is checked', async () => {
    const path = study({ points: 3, parameters: { mapSize: { values: [10, 20] } } }, {})
    const { code, stdout } = await workspace.run('validate', path)
    expect(code).toBe(0)
    expect(stdout).toContain('ends when the grid is done')
    expect(stdout).toContain('grid: 2 x 2 x 3 = 12 points')
    expect(await workspace.json('validate', path)).toMatchObject([{ grid: 'grid: 2 x 2 x 3 = 12 points' }])
  })

  it('is shown before it runs, with what the budget leaves out of it', async () => {
    const path = study({ points: 1000 }, { trials: 1 })
    const { code, stdout } = await workspace.run('run', path, '--plain')
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(
      'grid: 2 x 31 x 1000 = 62000 points, of which the budget of 1 trial covers less than 0.1 %, chosen at random',
    )
  })

  it('runs to its end without a budget', async () => {
    const { stdout } = await workspace.run(
      'run',
      study({ points: 2, parameters: { decoder: { values: ['all'] } } }, {}),
      '--json',
    )
    expect(resultOf(stdout).summary).toMatchObject({
      state: { kind: 'finished', reason: 'space-exhausted', detail: 'all 4 points of the grid were tried' },
      counts: { waiting: 0, running: 0 },
    })
  })
})
