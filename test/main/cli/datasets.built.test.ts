import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { Workspace } from './spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

const shd = fileURLToPath(new URL('../../golden/shd/', import.meta.url))

describe('spiketune datasets', () => {
  it('lists what there is, and whether it is here', async () => {
    const listed = await workspace.json('datasets')
    expect(listed).toContainEqual(
      expect.objectContaining({
        name: 'mnist',
        isHere: true,
        facts: expect.objectContaining({ trainSamples: 60000, testSamples: 10000 }) as unknown,
      }),
    )
    expect(listed).toContainEqual(expect.objectContaining({ name: 'nmnist', isHere: null, needs: 'folder' }))
  })

  it('reads one as a whole', async () => {
    const [facts] = await workspace.json('datasets', 'check', 'shd', '--folder', shd)
    expect(facts).toMatchObject({ kind: 'events', channels: 700, classes: 20, trainSamples: 3, testSamples: 1 })
  })

  it('says what is wrong', async () => {
    const file = workspace.write('a.csv', 'x,class\nlong,a\n')
    const damaged = await workspace.run('datasets', 'check', 'csv', '--file', file)
    expect(damaged.code).toBe(5)
    expect(damaged.stderr).toContain(`${file} is damaged: line 2`)
    const unknown = await workspace.run('datasets', 'check', 'nmnists')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean nmnist?')])
    const nowhere = await workspace.run('datasets', 'check', 'nmnist')
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('with --folder')])
  })
})

const layered = {
  version: 2,
  name: 'elsewhere',
  encoding: { type: 'binning', steps: 5, pooling: 4 },
  network: { type: 'layered', layers: [{ name: 'output', type: 'dense' }] },
  training: { algorithm: 'surrogate-gradient' },
  workers: 1,
}

describe('spiketune cache', () => {
  it('lists what was converted, says how much is kept, and clears it', async () => {
    const own = { SPIKETUNE_CACHE: join(workspace.folder, 'cache') }
    const run = (...words: string[]) => workspace.start(words, own).ended
    const answer = async (...words: string[]): Promise<unknown> => JSON.parse((await run(...words, '--json')).stdout)
    await run('datasets', 'check', 'shd', '--folder', shd)
    const limits = { gigabytes: 0.5, days: 90 }
    expect(await answer('cache', 'limit', '--gigabytes', '0.5')).toMatchObject({
      limits,
      datasets: [{ dataset: 'shd', inUse: false }],
      freedBytes: 0,
    })
    const text = await run('cache')
    expect(text.stdout).toMatch(/shd +0\.000 GB, last used \d{4}-/)
    expect(text.stdout).toContain('of at most 0.5 GB, each kept for 90 days')
    expect(await answer('cache', 'clear')).toMatchObject({ limits, datasets: [] })
    expect((await run('cache', 'limit', '--days', '0')).code).toBe(2)
  })
})

describe('what is suspicious about a dataset', () => {
  it('is said by the check, the start of a study, the study and its trials', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11},${row < 20 ? 'a' : 'b'}`)
    const file = workspace.write('counted.csv', `id,x,word\n${rows.join('\n')}\n`)
    const said = 'Look at the data: The input id counts the samples one by one'
    const checked = await workspace.run('datasets', 'check', 'csv', '--file', file)
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining(said) as string])
    expect(checked.stdout).toMatch(/^classes +2: a \(20\), b \(20\)$/m)
    const study = workspace.write('counted.yaml', {
      ...layered,
      name: 'counted',
      encoding: { type: 'bernoulli', steps: 4, dtMs: 1 },
      dataset: { name: 'csv', file },
    })
    const run = await workspace.run('run', study, '--plain')
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining(said) as string])
    for (const more of [[], ['--trial', '0']]) {
      expect((await workspace.run('show', 'counted-1', ...more)).stdout).toContain(said)
    }
    const [trial] = await workspace.json('show', 'counted-1', '--trial', '0')
    expect(trial).toMatchObject({ dataset: { kind: 'values', trainSamples: 40, countingInputs: ['id'] } })
  })
})

describe('spiketune run --folder', () => {
  it('trains on the dataset in that folder, wherever the definition says that it is', async () => {
    const study = workspace.write('elsewhere.yaml', { ...layered, dataset: { name: 'shd', folder: 'nowhere' } })
    const without = await workspace.run('run', study, '--plain')
    expect([without.code, without.stdout]).toEqual([5, expect.stringContaining('nowhere') as string])
    const run = await workspace.run('run', study, '--folder', shd, '--quiet')
    expect([run.code, run.stderr]).toEqual([0, ''])
  })

  it('is refused for a dataset that is a file', async () => {
    const study = workspace.write('file.yaml', { ...layered, encoding: {}, dataset: { name: 'npz', file: 'a.npz' } })
    const refused = await workspace.run('run', study, '--folder', shd)
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('as `dataset.file`') as string])
  })
})
