import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpackTar } from '../../../../src-worker/datasets/sources/unpackTar.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { tarFile } from '../formats/tinyFiles.ts'

const everything = (): boolean => true

const archive = (bytes: Uint8Array): { file: string; advice: string } => {
  const file = join(temporaryFolder(), 'one.tar.gz')
  writeFileSync(file, bytes)
  return { file, advice: 'Fetch it again.' }
}

const contentsOf = async (bytes: Uint8Array, isWanted: (name: string) => boolean = everything): Promise<unknown> => {
  const temporary = join(temporaryFolder(), 'not', 'there', 'yet')
  const tar = await unpackTar(archive(bytes), isWanted, temporary).finally(() => {
    expect(readdirSync(temporary)).toEqual([])
  })
  try {
    return await Promise.all(tar.names.map(async (name) => [name, [...(await tar.read(name))]]))
  } finally {
    await tar.close()
  }
}

describe('an archive', () => {
  const members = {
    'b/2.bin': Uint8Array.of(1, 2),
    'a.txt': Uint8Array.of(),
    'b/._2.bin': Uint8Array.of(9),
    'c.png': Uint8Array.of(3),
  }

  it('gives the files that are wanted, packed or not, and leaves nothing behind', async () => {
    const packed = await tarFile(members)
    const expected = [
      ['b/2.bin', [1, 2]],
      ['a.txt', []],
      ['c.png', [3]],
    ]
    expect(await contentsOf(packed)).toEqual(expected)
    expect(await contentsOf(gunzipSync(packed))).toEqual(expected)
    expect(await contentsOf(packed, (name) => name.startsWith('b/'))).toEqual([['b/2.bin', [1, 2]]])
  })

  it('of more than one piece is whole', async () => {
    const long = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) >> 7)
    expect(await contentsOf(await tarFile({ first: long, second: long }))).toEqual([
      ['first', [...long]],
      ['second', [...long]],
    ])
  })

  it('says which file it lacks', async () => {
    const named = archive(await tarFile(members))
    const tar = await unpackTar(named, everything, temporaryFolder())
    await expect(tar.read('d')).rejects.toThrow(`${named.file} is damaged: it has no d. Fetch it again.`)
    await tar.close()
  })

  it('that is cut short, no archive or a bomb is damaged, and leaves nothing behind', async () => {
    const packed = await tarFile(members)
    const bomb = await tarFile({ zeros: new Uint8Array(5_000_000) })
    await expect(contentsOf(packed.subarray(0, 30))).rejects.toThrow('one.tar.gz is damaged: it cannot be unpacked (')
    await expect(contentsOf(gunzipSync(packed).subarray(0, 700))).rejects.toThrow('it cannot be unpacked (')
    await expect(contentsOf(bomb)).rejects.toThrow(/at byte 0, its \d+ bytes unpack to more than/)
  })

  it('says when there is no disk to unpack it to', async () => {
    const named = archive(await tarFile(members))
    await expect(unpackTar(named, everything, join(named.file, 'folder'))).rejects.toMatchObject({
      code: 'folder-not-writable',
    })
  })
})
