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
