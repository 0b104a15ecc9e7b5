import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hookInputSchema } from '../../../src-core/hooks/hookInput.ts'
import { resultOf, tinyStudy, Workspace } from './spiketune.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

const told = () =>
  readFileSync(join(workspace.folder, 'told'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => hookInputSchema.parse(JSON.parse(line)))

const writeStudy = (hooks: unknown): string => {
  writeFileSync(join(workspace.folder, 'notify.sh'), `#!/bin/sh\ncat >> '${join(workspace.folder, 'told')}'\n`, {
    mode: 0o755,
  })
  return workspace.write('hooked.yaml', { ...tinyStudy(), hooks })
}

describe('the hooks of a study that is run', () => {
  it('run with --hooks, and are waited for at the end', async () => {
    const { code, stdout } = await workspace.run('run', writeStudy({ onEnd: ['./notify.sh'] }), '--json', '--hooks')
    expect(code).toBe(0)
    const { best, folder } = resultOf(stdout).summary
    expect(told()).toMatchObject([
      { event: 'onEnd', reason: 'trial-budget', study: { id: 'tiny-1', folder }, best: { number: best?.number } },
    ])
  })

  it('do not run without it, which is said', async () => {
    const { code, stderr } = await workspace.run('run', writeStudy({ onEnd: ['./notify.sh'] }), '--plain')
    expect(code).toBe(0)
    expect(stderr).toContain('The study has hooks (onEnd). They are not run without --hooks.')
    expect(existsSync(join(workspace.folder, 'told'))).toBe(false)
  })

  it('that hang or are not there harm nothing: each is said, and the study ends as it would', async () => {
    const hooks = { onEnd: ['sleep', '1000'], onBest: ['./gone'], timeLimitSeconds: 1 }
    const { code, stdout, stderr } = await workspace.run('run', writeStudy(hooks), '--json', '--hooks')
    expect(code).toBe(0)
    expect(resultOf(stdout).summary).toMatchObject({ state: { kind: 'finished' }, counts: { failed: 0 } })
    expect(stderr).toContain('The hook onEnd failed: it took longer than 1 s')
    // The journal has it, and is whole.
    const check = await workspace.run('check', 'tiny-1')
    expect(check.code).toBe(0)
  })
})
