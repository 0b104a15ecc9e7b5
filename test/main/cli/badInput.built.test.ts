import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { studySummarySchema } from '../../../src-core/progress/readModel.ts'
import { linesOf, tinyStudy, Workspace } from './spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

const failure = async (...words: string[]): Promise<[code: number | null, stderr: string]> => {
  const { code, stderr, stdout } = await workspace.run(...words)
  expect(stdout).toBe('')
  expect(stderr).not.toMatch(/^ {4}at /m)
  return [code, stderr]
}

describe('definitions that cannot be used', () => {
  it('names file, line and column of unknown keys and impossible ranges', async () => {
    const definition = tinyStudy()
    const mapSize = { type: 'integer', low: 100, high: 10 }
    const path = workspace.write('bad.yaml', { ...definition, colour: 'red', space: { ...definition.space, mapSize } })
    for (const command of ['validate', 'run']) {
      const [code, stderr] = await failure(command, path)
      expect(code).toBe(2)
      expect(stderr).toMatch(new RegExp(`${path}:\\d+:\\d+: .*colour`))
      expect(stderr).toMatch(new RegExp(`${path}:\\d+:\\d+: space\\.mapSize`))
      expect(stderr).toMatch(/found .+, allowed .+/)
    }
    expect(await workspace.json('list')).toEqual([])
  })

  it('says what is no YAML', async () => {
    const [code, stderr] = await failure('run', workspace.write('broken.yaml', 'version: 2\nname: [unclosed\n'))
    expect(code).toBe(2)
    expect(stderr).toMatch(/broken\.yaml:\d+:\d+: /)
  })

  it('says what is not there', async () => {
    expect(await failure('run', 'missing.yaml')).toEqual([3, expect.stringContaining('missing.yaml does not exist')])
    expect(await failure('run', 'no-such-preset')).toEqual([3, expect.stringContaining('mnist-stdp-small')])
    expect(await failure('run', '.')).toEqual([3, expect.stringContaining('is a folder')])
  })

  it('validates without running', async () => {
    const path = workspace.write('good.yaml', tinyStudy())
    expect(await workspace.run('validate', path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is valid: study "tiny", diehl-cook, 3 hyperparameters searched') as string,
    })
    expect(await workspace.json('list')).toEqual([])
  })

  it('estimates time and disk where it is asked to, of networks that evolve too', async () => {
    const path = workspace.write('evolved.yaml', {
      version: 2,
      name: 'evolved',
      dataset: { name: 'cart-pole', episodes: 1, maximumSteps: 20 },
      network: { type: 'neuroprocessor' },
      training: { algorithm: 'eons' },
      fixed: { generations: 2, populationSize: 20 },
      replicates: 3,
    })
    const { code, stdout } = await workspace.run('validate', path, '--estimate')
    expect(code).toBe(0)
    expect(stdout).toMatch(/run time +(≈|less than)/)
    expect(stdout).toMatch(/networks judged\/s/)
    expect(await workspace.json('validate', path, '--estimate')).toMatchObject([
      { estimate: { trials: 1, replicates: 3, totalMs: { mean: expect.any(Number) as number } } },
    ])
    const nowhere = workspace.write('nowhere.yaml', {
      ...tinyStudy(),
      dataset: { name: 'idx', folder: 'no-such-folder' },
    })
    expect(await workspace.run('validate', nowhere, '--estimate')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('no-such-folder') as string,
    })
  })
})

describe('data that are not there', () => {
  it('end the study in an error that names the file, and the study can be resumed when they are', async () => {
    const dataset = { name: 'idx', folder: 'data', trainSamples: 300 }
    const path = workspace.write('no-data.yaml', { ...tinyStudy({ name: 'no-data' }), dataset })
    const missing = `folder ${join(workspace.folder, 'data')}, where train-images-idx3-ubyte`
    for (const words of [
      ['run', path],
      ['resume', 'no-data-1'],
    ]) {
      const { code, stdout, stderr } = await workspace.run(...words)
      expect([code, stderr]).toEqual([5, ''])
      expect(stdout).toContain(`There is no ${missing}`)
      expect(stdout).toContain('npx spiketune resume no-data-1')
    }
    const [study] = (await workspace.json('list')).map((listed) => studySummarySchema.parse(listed))
    expect(study).toMatchObject({ state: { kind: 'error' }, counts: { running: 0, failed: 0 } })
  })
})

describe('command lines that cannot be used', () => {
  it.each([
    [['resume', 'nothing-1'], 3, 'nothing-1'],
    [['show', 'nothing-1'], 3, 'nothing-1'],
    [['export', 'nothing-1', '--best'], 3, 'nothing-1'],
    [['export', 'nothing-1'], 2, '--best'],
    [['run'], 2, "missing required argument 'study'"],
    [['run', 'mnist-stdp-small', '--workers', '0'], 2, '1 to 256'],
    [['run', 'mnist-stdp-small', '--name', '../escape'], 2, 'letters, digits'],
    [['list', '--unknown'], 2, '--unknown'],
    [['lits'], 2, 'list'],
  ])('spiketune %s', async (words, code, message) => {
    const [actual, stderr] = await failure(...words)
    expect(stderr).toContain(message)
    expect(actual).toBe(code)
  })

  it('says what went wrong in JSON as well', async () => {
    const { code, stdout } = await workspace.run('resume', 'nothing-1', '--json')
    expect(code).toBe(3)
    expect(linesOf(stdout)).toMatchObject([{ type: 'error', code: 'study-not-found' }])
  })

  it('says so when the library cannot be made', async () => {
    const file = workspace.write('a-file', '')
    const [code, stderr] = await failure(
      'run',
      workspace.write('good.yaml', tinyStudy()),
      '--library',
      `${file}/library`,
    )
    expect(code).toBe(5)
    expect(stderr).toContain(file)
  })
})

describe('help', () => {
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

  it('explains every command with examples, and the exit codes', async () => {
    const { code, stdout } = await workspace.run('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('Exit codes:')
    expect(widest(stdout)).toBeLessThanOrEqual(80)
    const commands = [...stdout.matchAll(/^  ([a-z]+) /gm)].map(([, command]) => command ?? '')
    expect(commands).toEqual(expect.arrayContaining(['run', 'resume', 'list', 'show', 'export', 'setup', 'datasets']))
    for (const command of commands) {
      const help = await workspace.run(command, '--help')
      expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('Examples:')])
      expect(widest(help.stdout)).toBeLessThanOrEqual(80)
    }
  })

  it('prints the version', async () => {
    expect((await workspace.run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('shows presets and devices', async () => {
    expect((await workspace.run('presets')).stdout).toContain('mnist-stdp-small')
    const shown = await workspace.run('presets', '--show', 'mnist-stdp')
    const own = workspace.write('own.yaml', shown.stdout)
    expect(await workspace.run('validate', own)).toMatchObject({ code: 0 })
    expect(await workspace.json('devices')).toMatchObject([{ engine: { ready: true }, node: process.versions.node }])
  })
})
