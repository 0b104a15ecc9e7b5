import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type HookRun, startHook } from '../../../src-main/hooks/runHook.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { untilGone } from '../studies/processes.ts'

/** The command of a program of Node's, which has its own arguments from `process.argv[1]` on. */
const node = (code: string, ...words: string[]): string[] => [process.execPath, '-e', code, ...words]

const run = (command: readonly string[], more: Partial<HookRun> = {}) =>
  startHook({
    command,
    input: '{}\n',
    folder: temporaryFolder(),
    timeLimitSeconds: 30,
    clock: new ManualClock(),
    ...more,
  })

describe('a hook', () => {
  it('reads its input, with its arguments as they are, in the folder of the study', async () => {
    const folder = temporaryFolder()
    const code = `let t = ''; process.stdin.on('data', (d) => (t += d)).on('end', () =>
      require('fs').writeFileSync('told', JSON.stringify([t, process.argv.slice(1)])))`
    expect(await run(node(code, '$HOME; a "b"'), { folder, input: '{"a":1}\n' }).ended).toBeNull()
    expect(JSON.parse(readFileSync(join(folder, 'told'), 'utf8'))).toEqual(['{"a":1}\n', ['$HOME; a "b"']])
  })

  it('may leave its input unread, however long that is', async () => {
    expect(await run(node(''), { input: 'x'.repeat(5_000_000) }).ended).toBeNull()
  })

  it('that hangs is ended at its limit, with what it has started', async () => {
    const [folder, clock] = [temporaryFolder(), new ManualClock()]
    // The other process holds the output too, and does not end by itself.
    const code = `const { spawn } = require('child_process'); console.log('waiting')
      const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
      require('fs').writeFileSync('pids.part', process.pid + ' ' + other.pid)
      require('fs').renameSync('pids.part', 'pids')
      setInterval(() => {}, 1000)`
    const hook = run(node(code), { folder, clock })
    await expect.poll(() => existsSync(join(folder, 'pids'))).toBe(true)
    clock.advance(29_999)
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number)
    expect(pids).toHaveLength(2)
    clock.advance(1)
    expect(await hook.ended).toMatch(/^it took longer than 30 s \(hooks\.timeLimitSeconds\), and was ended/)
    await untilGone(pids)
  })

  it('that fails is told with its exit code, and with the end of what it wrote', async () => {
    const code = `process.stdout.write('y'.repeat(3_000_000)); process.stderr.write('no such server', () => process.exit(3))`
    const problem = await run(node(code)).ended
    expect(problem).toMatch(/^it ended with exit code 3\. It said: /)
    expect(problem?.length).toBeLessThan(2100)
    const text = await run(node(`process.stderr.write('no such server', () => process.exit(4))`)).ended
    expect(text).toBe('it ended with exit code 4. It said: no such server')
  })

  it('that a signal ends is told so', async () => {
    expect(await run(node(`process.kill(process.pid, 'SIGTERM')`)).ended).toBe('SIGTERM ended it')
  })

  it('that is not there, or may not be run, is told so with what to do', async () => {
    const file = join(temporaryFolder(), 'notify.sh')
    expect(await run([file]).ended).toBe(`${file} is not there. Name a program of the system, or a file by its path`)
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 })
    expect(await run([file]).ended).toBe(`${file} may not be run. Make it executable: chmod +x`)
  })

  it('runs where the folder of the study is gone', async () => {
    expect(await run(node(''), { folder: '/gone' }).ended).toBeNull()
  })

  it('can be called off', async () => {
    const hook = run(node('setInterval(() => {}, 1000)'))
    hook.kill()
    expect(await hook.ended).toBe('it was called off')
  })
})
