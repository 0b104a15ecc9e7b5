import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { chooseNames, notInstalled } from '../../resources/install/debian/packages.mjs'
import { temporaryFolder } from '../support/temporaryFolder.ts'

/** What is printed, and what apt-get is told, in their order, by a root whose system lacks libnss3 and xvfb. */
const ensureAsRoot = (environment: NodeJS.ProcessEnv): { said: string[]; failed: boolean } => {
  const folder = temporaryFolder()
  const log = join(folder, 'log')
  const tool = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  tool('dpkg-query', `if [ -f ${folder}/done ]; then echo libnss3 installed; echo xvfb installed; fi`)
  tool('apt-cache', 'true')
  tool('apt-get', `[ "$1" = --version ] && exit 0; echo "ran apt-get $*" >> ${log}; touch ${folder}/done`)
  const packages = fileURLToPath(new URL('../../resources/install/debian/packages.mjs', import.meta.url))
  const script = `process.getuid = () => 0
    const { ensurePackages } = await import(${JSON.stringify(packages)})
    await ensurePackages(['libnss3', 'xvfb'], 'The window', 'required')`
  const output = openSync(log, 'a')
  let failed = false
  try {
    const env = { ...process.env, SPIKETUNE_NO_APT: '', ...environment, PATH: `${folder}:${process.env['PATH'] ?? ''}` }
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', output, output] })
  } catch {
    failed = true
  }
  closeSync(output)
  return { said: readFileSync(log, 'utf8').trim().split('\n'), failed }
}

describe('an install as root', () => {
  it('says which packages it installs, for what, how and how not, before it does', () => {
    const { said, failed } = ensureAsRoot({})
    expect(failed).toBe(false)
    expect(said).toHaveLength(5)
    expect(said[0]).toBe('spiketune: The window needs 2 Debian packages that this system lacks: libnss3, xvfb.')
    expect(said[1]).toContain('Since this runs as root, they are installed now')
    expect(said[2]).toBe('spiketune:   apt-get install -y --no-install-recommends libnss3 xvfb')
    expect(said[3]).toContain('SPIKETUNE_NO_APT=1')
    expect(said[4]).toMatch(/^ran apt-get .*install -y --no-install-recommends libnss3 xvfb$/)
  })

  it('installs nothing where it was told not to, and says what is missing', () => {
    const { said, failed } = ensureAsRoot({ SPIKETUNE_NO_APT: '1' })
    expect(failed).toBe(true)
    expect(said.join('\n')).toContain('apt-get install -y --no-install-recommends libnss3 xvfb')
    expect(said.filter((line) => line.startsWith('ran apt-get'))).toEqual([])
  })
})

describe('notInstalled', () => {
  it('counts only what is fully installed, under the old or the newer name', () => {
    const listing = [
      'libnss3 installed',
      'libgtk-3-0t64 installed',
      'libgbm1 config-files',
      'xvfb not-installed',
      '',
    ].join('\n')
    expect(notInstalled(['libnss3', 'libgtk-3-0', 'libgbm1', 'xvfb', 'xauth'], listing)).toEqual([
      'libgbm1',
      'xvfb',
      'xauth',
    ])
  })
})

describe('chooseNames', () => {
  const known = (name: string, candidate = '1.0-1'): string =>
    `${name}:\n  Installed: (none)\n  Candidate: ${candidate}\n  Version table:\n     ${candidate} 500\n`

  it('takes the newer name where the release has it as a real package', () => {
    const policy = known('libgtk-3-0t64') + known('libgtk-3-0', '(none)') + known('libnss3') + known('xvfb')
    expect(chooseNames(['libgtk-3-0', 'libnss3', 'xvfb'], policy)).toEqual(['libgtk-3-0t64', 'libnss3', 'xvfb'])
  })

  it('keeps the names as they are while the system has no package lists', () => {
    expect(chooseNames(['libgtk-3-0', 'xvfb'], '')).toEqual(['libgtk-3-0', 'xvfb'])
  })
})
