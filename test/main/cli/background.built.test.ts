import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backgroundRecordSchema } from '../../../src-core/contracts/background.ts'
import { studySummarySchema } from '../../../src-core/progress/readModel.ts'
import { isAlive, untilGone, workersOf } from '../studies/processes.ts'
import { linesOf, resultOf, tinyStudy, Workspace } from './spiketune.ts'

let workspace: Workspace
/** Processes in the background: nothing but a test's end ends them. */
const started: number[] = []

beforeEach(() => {
  workspace = new Workspace()
})
afterEach(async () => {
  for (const pid of started.filter(isAlive)) process.kill(pid, 'SIGKILL')
  await untilGone(started.splice(0))
  workspace.dispose()
})

/** Trials of many seconds each, on a quick machine too: the study outlasts some commands, and one is always under way. */
const slow = (name: string) => ({
  ...tinyStudy({ name, trials: 3, trainSamples: 40_000 }),
  ...{ replicates: 8, workers: 1 },
})

const detached = async (...words: string[]): Promise<number> => {
  const { code, stdout, stderr } = await workspace.run(...words, '--detach', '--json')
  const [line] = linesOf(stdout)
  if (code !== 0 || line?.type !== 'background') throw new Error(`not detached: ${stdout} ${stderr}`)
  started.push(line.pid)
  return line.pid
}

const summaryOf = async (id: string) =>
  (await workspace.json('list')).map((line) => studySummarySchema.parse(line)).find((summary) => summary.id === id)

const isTraining = (line: ReturnType<typeof linesOf>[number]): boolean =>
  line.type === 'progress' && line.running.some(({ progress }) => (progress?.samplesDone ?? 0) > 0)

describe('a study in the background', () => {
  it('goes on without a terminal, is watched, asked and paused from others, and resumes to the same numbers', async () => {
    const pid = await detached('run', workspace.write('slow.yaml', slow('slow')))
    const record = join(workspace.library, 'slow-1', 'background.json')
    expect(backgroundRecordSchema.parse(JSON.parse(readFileSync(record, 'utf8')))).toMatchObject({ pid })
    expect(await summaryOf('slow-1')).toMatchObject({ state: { kind: 'running' }, inBackground: true })

    const watching = workspace.start(['attach', 'slow-1', '--json'])
    await watching.until((stdout) => linesOf(stdout).some(isTraining))
    watching.child.kill('SIGINT')
    expect((await watching.ended).code).toBe(0)
    expect(isAlive(pid)).toBe(true)

    const twice = await workspace.run('resume', 'slow-1')
    expect(twice.code).toBe(4)
    expect(twice.stderr).toContain('runs in the background already')
    expect((await workspace.run('annotate', 'slow-1', '0', '--note', 'seen from afar')).code).toBe(0)

    const stopped = await workspace.run('stop', 'slow-1')
    expect(stopped.code).toBe(0)
    expect(stopped.stdout).toMatch(/slow-1 is paused\. trial \d resumes at \d+ %/)
    await untilGone([pid])
    expect(existsSync(record)).toBe(false)
    expect(await summaryOf('slow-1')).toMatchObject({ state: { kind: 'paused' }, readOnly: false })
    const nothing = await workspace.run('stop', 'slow-1')
    expect(nothing.code).toBe(3)
    expect(nothing.stderr).toContain('It is paused')

    await detached('resume', 'slow-1')
    const end = await workspace.run('attach', 'slow-1', '--json')
    expect(end.code).toBe(0)
    const { summary, best } = resultOf(end.stdout)
    expect(summary).toMatchObject({ state: { kind: 'finished' }, counts: { complete: 3, failed: 0 } })
    const calm = resultOf((await workspace.run('run', workspace.write('calm.yaml', slow('calm')), '--json')).stdout)
    expect(best.map(({ number, objective }) => [number, objective])).toEqual(
      calm.best.map(({ number, objective }) => [number, objective]),
    )
  })

  it('that is killed is found interrupted, and resumes', async () => {
    const pid = await detached('run', workspace.write('slow.yaml', slow('slow')))
    const watching = workspace.start(['attach', 'slow-1', '--json'])
    await watching.until((stdout) => linesOf(stdout).some(isTraining))
    const workers = workersOf(pid)
    process.kill(pid, 'SIGKILL')
    const { code, stdout } = await watching.ended
    expect(code).toBe(1)
    expect(resultOf(stdout).summary).toMatchObject({ state: { kind: 'interrupted' } })
    await untilGone([pid, ...workers])
    expect((await workspace.run('stop', 'slow-1')).stderr).toContain('It is interrupted')
    expect((await workspace.run('resume', 'slow-1', '--quiet')).code).toBe(0)
    expect(await summaryOf('slow-1')).toMatchObject({ state: { kind: 'finished' }, counts: { complete: 3 } })
  })

  it('pauses when the system ends it', async () => {
    const pid = await detached('run', workspace.write('slow.yaml', slow('slow')))
    process.kill(pid, 'SIGTERM')
    await untilGone([pid])
    expect(await summaryOf('slow-1')).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0 } })
  })

  it('runs its hooks, and writes down those that fail', async () => {
    writeFileSync(join(workspace.folder, 'notify.sh'), `#!/bin/sh\ncat > '${join(workspace.folder, 'told')}'\n`, {
      mode: 0o755,
    })
    const hooks = { onEnd: ['./notify.sh'], onBest: ['./gone'] }
    const pid = await detached('run', workspace.write('hooked.yaml', { ...tinyStudy(), hooks }), '--hooks')
    await untilGone([pid])
    expect(JSON.parse(readFileSync(join(workspace.folder, 'told'), 'utf8'))).toMatchObject({ event: 'onEnd' })
    const log = readFileSync(join(workspace.library, 'tiny-1', 'background.log'), 'utf8')
    expect(log).toContain('The hook onBest failed')
    expect(log).toContain('tiny-1 is finished.')
  })

  it('that cannot begin says why, and stays to be resumed', async () => {
    const study = {
      ...tinyStudy({ name: 'lost' }),
      dataset: { name: 'idx', folder: join(workspace.folder, 'nowhere') },
    }
    const { code, stderr } = await workspace.run('run', workspace.write('lost.yaml', study), '--detach')
    expect(code).toBe(5)
    expect(stderr).toContain('nowhere')
    expect(existsSync(join(workspace.library, 'lost-1', 'background.json'))).toBe(false)
  })
})
