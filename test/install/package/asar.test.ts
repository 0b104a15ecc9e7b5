import { describe, expect, it } from 'vitest'
import { packAsar } from '../../../resources/install/electron/asar.mjs'

/** The directory of an archive and where its files begin, read as Electron does. */
const opened = (archive: Buffer): { directory: unknown; content: Buffer } => {
  const length = archive.readUInt32LE(12)
  return {
    directory: JSON.parse(archive.toString('utf8', 16, 16 + length)),
    content: archive.subarray(8 + archive.readUInt32LE(4)),
  }
}

describe('packAsar', () => {
  it('keeps folders, and names what lies beside the archive', () => {
    const { directory, content } = opened(
      packAsar({ 'package.json': Buffer.from('{}'), 'out/main/main.js': Buffer.from('start') }, { 'out/a.node': 7 }),
    )
    expect(directory).toEqual({
      files: {
        'package.json': { size: 2, offset: '0' },
        out: {
          files: {
            main: { files: { 'main.js': { size: 5, offset: '2' } } },
            'a.node': { size: 7, unpacked: true },
          },
        },
      },
    })
    expect(content.toString()).toBe('{}start')
  })

  it('refuses a file within a file, and one name twice', () => {
    expect(() => packAsar({ a: Buffer.from('1'), 'a/b': Buffer.from('2') })).toThrow(/in a file/)
    expect(() => packAsar({ a: Buffer.from('1') }, { a: 1 })).toThrow(/twice/)
  })
})
