import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors } from '../../../src-worker/networkFile/safetensors.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
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

  it('says that a folder is missing', async () => {
    const path = join(temporaryFolder(), 'gone', '7.safetensors')
    await expect(writeNetworkFile(path, file)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  // Every write to /dev/full fails as on a full disk.
  it.skipIf(!existsSync('/dev/full'))('on a full disk says so, keeps the older file, leaves nothing', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '7.safetensors')
    writeFileSync(path, 'older')
    symlinkSync('/dev/full', `${path}.${process.pid}.tmp`)
    await expect(writeNetworkFile(path, file)).rejects.toMatchObject({
      code: 'disk-full',
      message: `The disk is full: the network could not be written to ${path}.`,
    })
    expect(readFileSync(path, 'utf8')).toBe('older')
    expect(readdirSync(folder)).toEqual(['7.safetensors'])
  })
})
