import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors } from '../../../src-core/networkFile/safetensors.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
import { mayMount, SmallDisk } from '../../support/smallDisk.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const file = { tensors: { theta: { shape: [2], values: Float32Array.of(1, 2) } }, metadata: { seed: '1' } }

describe('writeNetworkFile', () => {
  it('leaves the file and nothing else, in place of an older one', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '7.safetensors')
    writeFileSync(path, 'older')
    await writeNetworkFile(path, file)
    expect(decodeSafetensors(readFileSync(path))).toEqual(file)
    expect(readdirSync(folder)).toEqual(['7.safetensors'])
  })

  it('makes its folder anew, but not a study that is gone', async () => {
    const study = temporaryFolder()
    const path = join(study, 'networks', '7.safetensors')
    await writeNetworkFile(path, file)
    expect(decodeSafetensors(readFileSync(path))).toEqual(file)
    rmSync(study, { recursive: true })
    await expect(writeNetworkFile(path, file)).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: `The network could not be written to ${path}: its folder is not there any more.`,
    })
    expect(existsSync(study)).toBe(false)
  })

  it.skipIf(!mayMount)('says that a disk may only be read', async () => {
    const disk = new SmallDisk('64k')
    disk.protect()
    const path = join(disk.folder, '7.safetensors')
    await expect(writeNetworkFile(path, file)).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: `The network could not be written to ${path}: its disk may only be read.`,
    })
  })

  // Every write to /dev/full fails as on a full disk.
  it.skipIf(!existsSync('/dev/full'))('on a full disk says so, keeps the older file, leaves nothing', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '7.safetensors')
    writeFileSync(path, 'older')
    symlinkSync('/dev/full', `${path}.${process.pid}.tmp`)
    await expect(writeNetworkFile(path, file)).rejects.toMatchObject({
      code: 'disk-full',
      message: `The network could not be written to ${path}: the disk is full.`,
    })
    expect(readFileSync(path, 'utf8')).toBe('older')
    expect(readdirSync(folder)).toEqual(['7.safetensors'])
  })
})
