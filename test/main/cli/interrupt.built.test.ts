import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StudySummary, studySummarySchema, type TrialRow } from '../../../src-core/progress/readModel.ts'
import { linesOf, resultOf, type Running, tinyStudy, Workspace } from './spiketune.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

/** A study whose trials take a second or two, with both workers at work. */
const startLongStudy = async (trials = 5, ...options: string[]): Promise<Running> => {
  const path = workspace.write('long.yaml', tinyStudy({ name: 'long', trials, trainSamples: 10_000 }))
  const run = workspace.start(['run', path, '--json', ...options])
  await run.until((stdout) => runningTrials(stdout).size === 2)
  return run
}

const trialsOf = (stdout: string): TrialRow[] =>
  linesOf(stdout).flatMap((line) => (line.type === 'trial' ? [line.trial] : []))

const runningTrials = (stdout: string): Map<number, TrialRow> => {
  const latest = new Map(trialsOf(stdout).map((trial) => [trial.number, trial]))
  return new Map([...latest].filter(([, { state }]) => state === 'running'))
}

/** It trains, and has a good part before it. */
const isUnderWay = ({ progress }: TrialRow): boolean =>
  progress?.phase === 'training' && progress.samplesDone > 0 && progress.samplesDone < progress.samplesPlanned / 2

const hasLine = (stdout: string, type: string): boolean => linesOf(stdout).some((line) => line.type === type)

const listed = async (): Promise<StudySummary | undefined> =>
  (await workspace.json('list')).map((study) => studySummarySchema.parse(study))[0]

describe('a signal', () => {
  it('pauses once: running trials are written down, and go on from there on resume', async () => {
    const run = await startLongStudy()
    await run.until((stdout) =>
      linesOf(stdout).some((line) => line.type === 'progress' && line.running.some(isUnderWay)),
    )
    run.child.kill('SIGINT')
    const { code, stdout } = await run.ended
    expect(code).toBe(130)
    expect(linesOf(stdout)).toContainEqual(expect.objectContaining({ type: 'interrupted', action: 'pausing' }))
    const { summary } = resultOf(stdout)
    expect(summary).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0 } })
    const shown = await workspace.run('show', 'long-1')
    expect(shown.stdout).toMatch(/waiting +trial \d resumes at \d+ %/)

    const resumed = await workspace.run('resume', 'long-1', '--json')
    expect(resumed.code).toBe(0)
    const { summary: end, best } = resultOf(resumed.stdout)
    expect(end).toMatchObject({ state: { kind: 'finished' }, counts: { waiting: 0, running: 0, failed: 0 } })
    expect(best.map(({ number }) => number).sort()).toEqual([0, 1, 2, 3, 4])
  })

  it('with --finish drains once: running trials finish, nothing new begins, resume does the rest', async () => {
    const run = await startLongStudy(5, '--finish')
    run.child.kill('SIGINT')
    const { code, stdout } = await run.ended
    expect(code).toBe(130)
    expect(linesOf(stdout)).toContainEqual({ type: 'interrupted', action: 'draining', running: 2 })
    const { summary } = resultOf(stdout)
    expect(summary).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0, waiting: 0 } })
    expect(summary.counts.complete + summary.counts.stopped).toBeGreaterThanOrEqual(2)
  })

  it('stops at the second: running trials wait, with their seeds and no attempt lost, and start first', async () => {
    const run = await startLongStudy()
    run.child.kill('SIGINT')
    await run.until((stdout) => hasLine(stdout, 'interrupted'))
    run.child.kill('SIGTERM')
    const { code, stdout } = await run.ended
    expect(code).toBe(130)
    const { summary } = resultOf(stdout)
    expect(summary.state.kind).toBe('paused')
    expect(summary.counts.waiting).toBeGreaterThan(0)
    expect(summary.counts.running).toBe(0)
    const requeued = trialsOf(stdout).filter(({ state, attempt }) => state === 'waiting' && attempt === 0)

    const resumed = await workspace.run('resume', 'long-1', '--json')
    expect(resultOf(resumed.stdout).summary).toMatchObject({ state: { kind: 'finished' }, counts: { failed: 0 } })
    const ended = trialsOf(resumed.stdout).filter(({ endedAtMs }) => endedAtMs !== null)
    for (const { number, seed } of requeued.slice(-summary.counts.waiting)) {
      expect(ended.find((trial) => trial.number === number)).toMatchObject({ seed, attempt: 1 })
    }
  })

  it('pauses when the terminal closes', async () => {
    const run = await startLongStudy()
    run.child.kill('SIGHUP')
    expect((await run.ended).code).toBe(129)
    expect(await listed()).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0 } })
  })

  it('leaves nothing running after kill -9', async () => {
    const run = await startLongStudy()
    run.child.kill('SIGKILL')
    expect((await run.ended).signal).toBe('SIGKILL')
    expect(await listed()).toMatchObject({ state: { kind: 'interrupted' } })
    const resumed = await workspace.run('resume', 'long-1', '--json')
    expect(resultOf(resumed.stdout).summary).toMatchObject({ state: { kind: 'finished' }, counts: { failed: 0 } })
  })
})

describe('output that nobody reads any more', () => {
  it('stops the run, and loses nothing', async () => {
    const run = await startLongStudy(1000)
    run.child.stdout.destroy()
    const { code, stderr } = await run.ended
    expect([code, stderr]).toEqual([141, ''])
    expect(await listed()).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0 } })
  })
})

describe('a second application on the same study', () => {
  it('looks at it, but does not run it', async () => {
    const run = await startLongStudy(1000)
    const second = await workspace.run('resume', 'long-1')
    expect(second.code).toBe(4)
    expect(second.stderr).toContain('npx spiketune show long-1')
    const shown = await workspace.run('show', 'long-1')
    expect(shown.code).toBe(0)
    expect(shown.stdout).toContain('read-only')
    run.child.kill('SIGHUP')
    await run.ended
  })
})
