import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  controlFile,
  copyrightFile,
  debianChangelog,
  dependsField,
  neededSymbols,
} from '../../../resources/package/debianFiles.mjs'
import { projectRoot } from '../../../resources/scripts/common/projectRoot.mjs'

describe('what the package depends on', () => {
  it('has both names of libraries that were renamed, and the newest C libraries that are asked for', () => {
    const fields = dependsField({ glibc: 34, glibcxx: 29 }).split(', ')
    expect(fields).toContain('libgtk-3-0t64 | libgtk-3-0')
    expect(fields).toContain('libnss3')
    expect(fields).toContain('libc6 (>= 2.34)')
    expect(fields).toContain('libstdc++6 (>= 11)')
  })

  it('takes the versions from the symbols in the binaries', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spiketune-symbols-'))
    try {
      const [one, other] = [join(folder, 'one'), join(folder, 'other')]
      writeFileSync(one, 'x\0GLIBC_2.9\0GLIBC_2.31\0GLIBCXX_3.4.9\0')
      writeFileSync(other, 'GLIBC_2.17\0GLIBCXX_3.4.30\0')
      expect(neededSymbols([one, other])).toEqual({ glibc: 31, glibcxx: 30 })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the files for Debian', () => {
  it('say in kibibytes how much the package takes', () => {
    const control = controlFile({ version: '1.2.3', architecture: 'amd64', depends: 'libc6', installedBytes: 2049 })
    expect(control).toContain('Version: 1.2.3\n')
    expect(control).toContain('Installed-Size: 3\n')
    // Every line is a field, or goes on with one.
    expect(
      control
        .trimEnd()
        .split('\n')
        .every((line) => /^(?:[A-Z][\w-]*: \S|  ?\S)/.test(line)),
    ).toBe(true)
  })

  it('hold the whole licence, and where those of others are', () => {
    const copyright = copyrightFile(readFileSync(join(projectRoot, 'LICENSE'), 'utf8'))
    expect(copyright).toContain('Copyright: 2026 The Spiketune developers\nLicense: MIT\n MIT License\n .\n')
    expect(copyright).toContain('/usr/lib/spiketune/THIRD-PARTY-NOTICES.txt')
  })

  it('date the release as Debian does', () => {
    expect(debianChangelog('1.2.3', new Date('2026-12-01T01:02:03Z'))).toMatch(
      /^spiketune \(1\.2\.3\) .*\n -- .*> {2}Tue, 01 Dec 2026 01:02:03 \+0000\n$/s,
    )
  })
})
