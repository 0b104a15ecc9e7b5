import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diagnosisSchema } from '../../core/diagnostics/diagnosisSchema.ts'
import { type Ended, tinyStudy, Workspace } from './spiketune.ts'

const workspace = new Workspace()
let finished: Ended

beforeAll(async () => {
  finished = await workspace.run('run', workspace.write('tiny.yaml', tinyStudy({ trials: 12 })), '--quiet')
})
afterAll(() => {
  workspace.dispose()
})

const names = ['decoder', 'mapSize', 'thresholdExcitatoryMv']

describe('spiketune diagnose', () => {
  it('shows models, importance, map and trust region of a study', async () => {
    expect(finished).toMatchObject({ code: 0 })
    const { code, stdout, stderr } = await workspace.run('diagnose', 'tiny-1')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Models of 12 finished trials')
    expect(stdout).toContain('objective, 12 rows')
    expect(stdout).toMatch(/mapSize .*\d\.\d\d ± \d\.\d\d/)
    expect(stdout).toContain('Probability of feasibility in percent')
    expect(stdout).toContain('No trial was asked for by SCBO.')
  })

  it('prints all of it as JSON, the same each time', async () => {
    const [first] = await workspace.json('diagnose', 'tiny-1')
    const diagnosis = diagnosisSchema.parse(first)
    expect(diagnosis.trials).toBe(12)
    expect(diagnosis.models.map(({ output }) => output)).toEqual([
      'objective',
      'silence:excitatory',
      'silence:inhibitory',
    ])
    for (const { parameters } of diagnosis.importance) {
      expect(parameters.map(({ parameter }) => parameter)).toEqual(names)
    }
    expect(diagnosis.lengthscales.map(({ parameter }) => parameter)).toEqual(names)
    expect(await workspace.json('diagnose', 'tiny-1')).toEqual([first])
  })

  it('tells what the trust region of SCBO did', async () => {
    const study = { ...tinyStudy({ name: 'region', trials: 16 }), optimiser: { type: 'scbo', initial: 4 } }
    await workspace.run('run', workspace.write('region.yaml', study), '--quiet')
    const shown = await workspace.run('diagnose', 'region-1')
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(/trials +\d+ of initial designs, \d+ in a region/)
    expect(shown.stdout).toMatch(/trial \d+: a region of length 0\.8 about trial \d+/)
    const [given] = await workspace.json('diagnose', 'region-1')
    const { trials, events, without } = diagnosisSchema.parse(given).trustRegion
    expect([trials.length, without, events[0]?.kind]).toEqual([16, 0, 'begun'])
    expect(trials.slice(0, 4).map(({ phase }) => phase)).toEqual(['initial', 'initial', 'initial', 'initial'])
  })

  it('draws the map that it is asked for, averaged if so', async () => {
    const [given] = await workspace.json('diagnose', 'tiny-1', '--map', 'mapSize, decoder', '--average')
    const { feasibility } = diagnosisSchema.parse(given)
    expect(feasibility?.place).toEqual({ kind: 'average', points: 64 })
    expect([feasibility?.map.x.parameter, feasibility?.map.y.values]).toEqual(['mapSize', ['all', 'vote']])
  })

  it('says what is wrong with a map, and what can be had', async () => {
    expect(await workspace.run('diagnose', 'tiny-1', '--map', 'mapSize,colour')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining(`does not search "colour". It searches ${names.join(', ')}.`) as string,
    })
    expect(await workspace.run('diagnose', 'tiny-1', '--map', 'mapSize,mapSize')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('two different') as string,
    })
    expect(await workspace.run('diagnose', 'tiny-1', '--map', 'mapSize')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('two names with a comma') as string,
    })
  })

  it('says so when there is no such study, and when there is too little to learn from', async () => {
    expect(await workspace.run('diagnose', 'other-1')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no study other-1') as string,
    })
    await workspace.run('run', workspace.write('few.yaml', tinyStudy({ name: 'few', trials: 3 })), '--quiet')
    const few = await workspace.run('diagnose', 'few-1', '--json')
    expect(few.code).toBe(3)
    expect(few.stderr).toContain('3 measured trials; models need at least 4')
    expect(JSON.parse(few.stdout)).toMatchObject({ type: 'error', code: 'study-nothing-to-diagnose' })
  })

  it('says so when nothing is searched', async () => {
    const { space, ...rest } = tinyStudy({ name: 'fixed', trials: 1 })
    expect(Object.keys(space)).toEqual(names)
    const fixed = { ...rest, fixed: { ...rest.fixed, mapSize: 10, decoder: 'all', thresholdExcitatoryMv: -60 } }
    await workspace.run('run', workspace.write('fixed.yaml', fixed), '--quiet')
    expect(await workspace.run('diagnose', 'fixed-1')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('searches no hyperparameters') as string,
    })
  })
})
