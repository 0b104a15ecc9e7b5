import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { moveToBin } from '../../../src-main/files/moveToBin.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const made = (): {
  readonly base: string
  readonly folder: string
  readonly options: Parameters<typeof moveToBin>[1]
} => {
  const base = temporaryFolder()
  const folder = join(base, 'a study %1')
  mkdirSync(folder)
  writeFileSync(join(folder, 'kept'), 'text')
  return { base, folder, options: { environment: { XDG_DATA_HOME: join(base, 'data') }, nowMs: Date.UTC(2026, 11, 1) } }
}

describe('the bin', () => {
  it('takes a folder as the desktop takes it, with where it was and when it went', () => {
    const { base, folder, options } = made()
    const bin = moveToBin(folder, options)
    expect(bin).toBe(join(base, 'data', 'Trash', 'files', 'a study %1'))
    expect(readFileSync(join(bin, 'kept'), 'utf8')).toBe('text')
    expect(existsSync(folder)).toBe(false)
    const info = readFileSync(join(base, 'data', 'Trash', 'info', 'a study %1.trashinfo'), 'utf8')
    expect(info).toMatch(/^\[Trash Info\]\nPath=.*a%20study%20%251\nDeletionDate=20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\n$/)
    expect(decodeURIComponent(/Path=(.*)/.exec(info)?.[1] ?? '')).toBe(folder)
  })

  it('keeps two of one name beside each other', () => {
    const { folder, options } = made()
    moveToBin(folder, options)
    mkdirSync(folder)
    writeFileSync(join(folder, 'kept'), 'again')
    const second = moveToBin(folder, options)
    expect(readFileSync(join(second, 'kept'), 'utf8')).toBe('again')
    expect(readdirSync(join(second, '..'))).toHaveLength(2)
  })

  it('leaves everything as it is where the bin cannot be made', () => {
    const { base, folder, options } = made()
    writeFileSync(join(base, 'data'), 'a file where the bin should be')
    expect(() => moveToBin(folder, options)).toThrow(expect.objectContaining({ code: 'bin-not-usable' }))
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('text')
  })
})
