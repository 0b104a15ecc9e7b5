import { describe, expect, it } from 'vitest'
import { chooseNames, notInstalled } from '../../resources/setup/debian/packages.mjs'

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
