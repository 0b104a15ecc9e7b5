import { mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FileBytes,
  openFileBytes,
  openMapped,
  openRead,
} from '../../../../src-worker/datasets/converted/fileBytes.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

// More than two pages, and not a whole number of them.
const content = Uint8Array.from({ length: 10_001 }, (_, at) => (at * 7 + (at >> 8)) % 256)

const fileOf = (bytes: Uint8Array): string => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  return path
}

const opened = async (openAt: Opening, path: string): Promise<FileBytes> => {
  const file = await openAt(path)
  if (file === null) throw new Error('not opened')
  return file
}

type Opening = (path: string) => Promise<FileBytes | null>
const accesses: readonly (readonly [FileBytes['access'], Opening])[] = [
  ['read', openRead],
  ...(process.platform === 'win32' ? [] : ([['mapped', openMapped]] as const)),
]

describe.each(accesses)('a file that is %s', (access, openAt) => {
  it('gives the bytes of any place, and none beyond its end (seed 41)', async () => {
    const file = await opened(openAt, fileOf(content))
    expect([file.size, file.access]).toEqual([content.length, access])
    const around = fc.integer({ min: 0, max: content.length + 100 })
    fc.assert(
      fc.property(around, around, (position, length) => {
        const target = new Uint8Array(length).fill(255)
        const isThere = length === 0 || position + length <= content.length
        expect(file.read(position, target)).toBe(isThere)
        const expected = isThere ? content.subarray(position, position + length) : new Uint8Array(length).fill(255)
        expect(Buffer.compare(target, expected)).toBe(0)
      }),
      { seed: 41, numRuns: 500 },
    )
    file.close()
  })

  it('fills the part of a buffer that it is given', async () => {
    const file = await opened(openAt, fileOf(content))
    const buffer = new Uint8Array(8)
    file.read(9000, buffer.subarray(2, 5))
    expect([...buffer]).toEqual([0, 0, ...content.subarray(9000, 9003), 0, 0, 0])
    file.close()
  })

  it.each([-1, 0.5, NaN, 2 ** 53, -(2 ** 60)])('refuses the place %d', async (position) => {
    const file = await opened(openAt, fileOf(content))
    expect(() => file.read(position, new Uint8Array(1))).toThrow(RangeError)
    file.close()
  })

  it('is not read once it is closed', async () => {
    const file = await opened(openAt, fileOf(content))
    file.close()
    file.close()
    expect(() => file.read(0, new Uint8Array(1))).toThrow('the file is closed')
  })

  it('stays what it was when another takes its place', async () => {
    const path = fileOf(content)
    const file = await opened(openAt, path)
    writeFileSync(`${path}.new`, new Uint8Array(3))
    renameSync(`${path}.new`, path)
    const target = new Uint8Array(10)
    expect(file.read(5000, target)).toBe(true)
    expect([...target]).toEqual([...content.subarray(5000, 5010)])
    file.close()
  })

  it('is none where there is none', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'folder'))
    expect(await openAt(join(folder, 'nothing'))).toBeNull()
    expect(await openAt(join(folder, 'folder'))).toBeNull()
  })
})

describe('a mapped file', () => {
  const collectGarbage = (): void => {
    setFlagsFromString('--expose-gc')
    const collect: unknown = runInNewContext('gc')
    if (typeof collect === 'function') collect()
  }
  const isMapped = (path: string): boolean => readFileSync('/proc/self/maps', 'utf8').includes(path)

  it.runIf(process.platform === 'linux')('leaves the memory when it is closed, or nothing refers to it', async () => {
    const [closed, forgotten] = [fileOf(content), fileOf(content)]
    const file = await opened(openMapped, closed)
    let other: FileBytes | null = await opened(openMapped, forgotten)
    expect([isMapped(closed), isMapped(forgotten), other.size]).toEqual([true, true, content.length])
    file.close()
    expect(isMapped(closed)).toBe(false)
    other = null
    await expect
      .poll(() => {
        collectGarbage()
        return isMapped(forgotten)
      })
      .toBe(false)
  })
})

describe('openFileBytes', () => {
  it('maps where the system can, and reads what cannot be mapped', async () => {
    const file = await opened(openFileBytes, fileOf(content))
    expect(file.access).toBe(process.platform === 'win32' ? 'read' : 'mapped')
    file.close()
    const empty = await opened(openFileBytes, fileOf(new Uint8Array()))
    expect([empty.access, empty.size, empty.read(0, new Uint8Array(1))]).toEqual(['read', 0, false])
    empty.close()
  })

  it('notices that a file that it reads was cut', async () => {
    const path = fileOf(content)
    const file = await openRead(path)
    truncateSync(path, 100)
    expect(file?.read(90, new Uint8Array(20))).toBe(false)
    file?.close()
  })
})
