import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statfsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { createTiny, emptyLibrary } from './emptyLibrary.ts'

describe('half-made study folders', () => {
  it('are swept when a study is made, unless somebody may still be making them', async () => {
    const clock = new ManualClock(Date.now())
    const library = emptyLibrary(temporaryFolder(), clock)
    const [old, fresh] = ['.new-old', '.new-fresh'].map((name) => join(library.folder, name))
    if (old === undefined || fresh === undefined) throw new Error('there are two')
    for (const folder of [old, fresh]) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'study.sqlite'), '')
    }
    const seconds = clock.now() / 1000
    utimesSync(old, seconds - 3601, seconds - 3601)
    utimesSync(fresh, seconds - 3599, seconds - 3599)
    expect(library.list()).toEqual([])
    await (await createTiny(library)).close()
    expect(readdirSync(library.folder).sort()).toEqual(['.new-fresh', 'tiny-1'])
  })

  it('are not left behind when the disk is full, and the error names the library', async (context) => {
    // Only the administrator may mount; elsewhere this is shown as skipped.
    if (process.platform !== 'linux' || process.getuid?.() !== 0) context.skip()
    const disk = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk])
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', disk])
    })
    const library = emptyLibrary(join(disk, 'library'))
    mkdirSync(library.folder)
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 3 * bsize))
    await expect(Promise.resolve().then(() => createTiny(library))).rejects.toMatchObject({
      code: 'disk-full',
      message: `No space is left for ${library.folder}. Free some space, then try again.`,
    })
    expect(readdirSync(library.folder)).toEqual([])
  })
})

describe('a library', () => {
  it('whose folder is a file says so', () => {
    const folder = join(temporaryFolder(), 'library')
    writeFileSync(folder, '')
    expect(() => emptyLibrary(folder).list()).toThrow(expect.objectContaining({ code: 'folder-not-writable' }))
  })

  it('writes nothing into its studies when it lists them', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    // As it is when a study was copied from somewhere else.
    const copy = join(library.folder, 'copy-1')
    execFileSync('cp', ['-r', study.folder, copy])
    execFileSync('rm', [join(copy, 'writer.lock')])
    expect(library.list().map(({ state, readOnly }) => [state.kind, readOnly])).toEqual([
      ['new', false],
      ['new', false],
    ])
    expect(existsSync(join(copy, 'writer.lock'))).toBe(false)
  })
})
