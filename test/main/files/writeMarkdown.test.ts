import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeMarkdown } from '../../../src-main/files/writeMarkdown.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spiketune-markdown-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a text with figures', () => {
  it('links to its figures in a folder of its name, whatever that is', async () => {
    const file = join(folder, 'a (b) study.md')
    await writeMarkdown(file, { parts: ['![one](', 0, ')![two](', 1, ')'], figures: ['<svg>1</svg>', '<svg>2</svg>'] })
    const [, path = ''] = /!\[two\]\(([^)]*)\)/.exec(readFileSync(file, 'utf8')) ?? []
    expect(path).not.toMatch(/[ ()]/)
    expect(readFileSync(join(folder, decodeURIComponent(path)), 'utf8')).toBe('<svg>2</svg>')
  })

  it('says that a folder cannot be made, and leaves no text without its figures', async () => {
    writeFileSync(join(folder, 'a figures'), '')
    const written = writeMarkdown(join(folder, 'a.md'), { parts: ['![one](', 0, ')'], figures: ['<svg/>'] })
    await expect(written).rejects.toMatchObject({ code: 'folder-not-writable' })
    expect(() => readFileSync(join(folder, 'a.md'))).toThrow('ENOENT')
  })
})
