import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tinyStudy, Workspace } from './spiketune.ts'

const workspace = new Workspace()

afterAll(() => {
  workspace.dispose()
})

/** Without what a line says of when it was written. */
const undated = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^[\d-]+ [\d:]+ /, '').trim())
    .filter((line) => line !== '')

describe('spiketune manages the studies of a library', () => {
  it('duplicates, renames, tags, notes, archives, lists and deletes them', async () => {
    workspace.write('tiny.yaml', tinyStudy())
    expect((await workspace.run('run', workspace.write('tiny.yaml', tinyStudy()))).code).toBe(0)
    expect((await workspace.run('duplicate', 'tiny-1', 'again')).stdout).toContain('Made again-1.')
    expect((await workspace.run('duplicate', 'tiny-1', 'no name')).code).toBe(2)
    expect((await workspace.run('rename', 'again-1', 'Figure 3, größer')).stdout).toContain('Figure 3, größer')
    const tagged = await workspace.run('tag', 'tiny-1', 'again-1', '--add', 'paper', '--json')
    expect(
      tagged.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { labels: unknown }).labels),
    ).toMatchObject([
      { title: '', tags: ['paper'] },
      { title: 'Figure 3, größer', tags: ['paper'] },
    ])
    expect((await workspace.run('tag', 'again-1', '--remove', 'paper')).stdout).not.toContain('paper')
    expect((await workspace.run('note', 'again-1', 'odd')).stdout).toContain('odd')
    expect((await workspace.run('tag', 'again-1', '--add', 'a,b')).code).toBe(2)
    expect((await workspace.run('rename', 'again-1', 'x'.repeat(121))).code).toBe(2)
    expect((await workspace.run('rename', 'nowhere-1', 'x')).code).toBe(3)

    expect((await workspace.run('list', '--tag', 'paper')).stdout).toContain('tiny-1')
    expect((await workspace.run('list', '--tag', 'paper')).stdout).not.toContain('again-1')
    expect((await workspace.run('archive', 'tiny-1')).code).toBe(0)
    expect((await workspace.run('list')).stdout).not.toContain('tiny-1')
    expect((await workspace.run('list', '--archived')).stdout).toContain('tiny-1')
    expect((await workspace.run('list', '--tag', 'paper')).stdout).toContain('list --all')
    expect((await workspace.run('unarchive', 'tiny-1')).code).toBe(0)

    const asked = await workspace.run('delete', 'again-1')
    expect([asked.code, existsSync(join(workspace.library, 'again-1'))]).toEqual([2, true])
    const deleted = await workspace.run('delete', 'again-1', '--yes', '--json')
    const { bin } = JSON.parse(deleted.stdout) as { bin: string }
    expect([existsSync(join(workspace.library, 'again-1')), existsSync(join(bin, 'study.sqlite'))]).toEqual([
      false,
      true,
    ])
    expect((await workspace.run('delete', 'again-1', '--yes')).code).toBe(3)
  })

  it('keeps a log book, and says what is on the disk', async () => {
    const log = await workspace.run('log', 'tiny-1', '--add', 'looked at it')
    expect(undated(log.stdout)).toEqual(expect.arrayContaining(['Created.', 'Started.', '* looked at it']))
    expect((await workspace.run('log', 'tiny-1', '--add', ' ')).code).toBe(2)
    expect((await workspace.run('disk')).stdout).toContain('tiny-1')
    expect((await workspace.run('disk', 'tiny-1')).stdout).toContain('Database')
    const asked = await workspace.run('disk', 'tiny-1', '--keep-best', '0', '--json')
    const { networks } = JSON.parse(asked.stdout) as { networks: number }
    const freed = await workspace.run('disk', 'tiny-1', '--keep-best', '0', '--yes', '--json')
    expect(JSON.parse(freed.stdout)).toMatchObject({ removed: true, networks })
    expect((await workspace.run('disk', '--keep-best', '1')).code).toBe(2)
    expect((await workspace.run('disk', 'nowhere-1')).code).toBe(3)
  })
})
