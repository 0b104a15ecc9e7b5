import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../../src-main/files/writeWhole.ts'
import { mayMount, SmallDisk } from '../../support/smallDisk.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

describe('writeWhole', () => {
  it.each([
    ['text', 'α, β', 'α, β'],
    ['bytes', Uint8Array.of(37, 80, 68, 70), '%PDF'],
  ])('leaves %s and nothing else, in place of an older file', async (_, content, read) => {
    const folder = temporaryFolder()
    const path = join(folder, 'figure.svg')
    writeFileSync(path, 'older and longer than what follows')
    await writeWhole(path, content)
    expect(readFileSync(path, 'utf8')).toBe(read)
    expect(readdirSync(folder)).toEqual(['figure.svg'])
  })

  it('copies a file, and leaves the other as it is', async () => {
    const folder = temporaryFolder()
    const network = join(folder, 'network')
    writeFileSync(network, 'weights')
    await writeWhole(join(folder, 'copy'), { copyOf: network })
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('weights')
    expect(readdirSync(folder).sort()).toEqual(['copy', 'network'])
  })

  it('takes names as long as the file system does', async () => {
    const folder = temporaryFolder()
    const name = `${'x'.repeat(251)}.csv`
    await writeWhole(join(folder, name), 'trial\n')
    expect(readdirSync(folder)).toEqual([name])
  })

  it('writes the file that a link leads to', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'elsewhere'))
    const file = join(folder, 'elsewhere', 'figure.svg')
    writeFileSync(file, 'older')
    const link = join(folder, 'link.svg')
    symlinkSync(file, link)
    await writeWhole(link, 'newer')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe('newer')
  })

  it('is never seen half written', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'report.html')
    const whole = 'x'.repeat(5_000_000)
    const seen: number[] = []
    const watcher = watch(folder, () => {
      if (existsSync(path)) seen.push(readFileSync(path).length)
    })
    const first = new Promise((resolve) => watcher.on('change', resolve))
    await writeWhole(path, whole)
    await first
    watcher.close()
    seen.push(readFileSync(path).length)
    expect(new Set(seen)).toEqual(new Set([whole.length]))
  })

  it('says what to do when there is no such folder to write to', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a-file'), '')
    await expect(writeWhole(join(folder, 'a-file', 'figure.svg'), 'x')).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: `${join(folder, 'a-file')} cannot be written to. Choose another folder, or make it writable.`,
    })
  })

  it.skipIf(!mayMount)('on a full disk says so, keeps the older file, leaves no litter', async () => {
    const disk = new SmallDisk('1m')
    const path = join(disk.folder, 'report.html')
    writeFileSync(path, 'older')
    disk.fill(2)
    await expect(writeWhole(path, 'x'.repeat(100_000))).rejects.toMatchObject({
      code: 'disk-full',
      message: `No space is left for ${disk.folder}. Free some space, then try again.`,
    })
    expect(readFileSync(path, 'utf8')).toBe('older')
    expect(readdirSync(disk.folder).sort()).toEqual(['ballast', 'report.html'])
  })
})
