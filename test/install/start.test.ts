import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'
import { runProcess } from '../../resources/scripts/common/runProcess.mjs'
import { electronArguments, whyNoDisplay } from '../../resources/scripts/common/startWindow.mjs'

describe('electronArguments', () => {
  it('passes the arguments on behind the application', () => {
    expect(electronArguments('/project', ['my study', '--log'], false)).toEqual(['/project', 'my study', '--log'])
  })

  it('turns the sandbox off for root only', () => {
    expect(electronArguments('/project', [], true)).toEqual(['--no-sandbox', '/project'])
    expect(electronArguments('/project', [], false)).not.toContain('--no-sandbox')
  })
})

describe('whyNoDisplay', () => {
  it('names xvfb-run where Linux has no display', () => {
    expect(whyNoDisplay('linux', {})).toContain('xvfb-run')
  })

  it('has nothing to say where there is a display', () => {
    expect(whyNoDisplay('linux', { DISPLAY: ':0' })).toBe('')
    expect(whyNoDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe('')
    expect(whyNoDisplay('darwin', {})).toBe('')
  })
})

describe.runIf(process.platform === 'linux')('npm start', () => {
  it('fails with that message and no stack where there is no display', async () => {
    const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' }
    const ended = await runProcess(process.execPath, [join(projectRoot, 'resources/scripts/start.mjs')], { env })
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('xvfb-run -a npm start')
    expect(ended.stderr).not.toContain('    at ')
  })
})
