import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { linesOf, resultOf, tinyStudy, Workspace } from '../cli/spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

describe('a database that another program holds', () => {
  it('is waited for by a study that runs, and by a command', async () => {
    const path = workspace.write('held.yaml', tinyStudy({ name: 'held', trials: 3 }))
    const run = workspace.start(['run', path, '--json', '--workers', '1'])
    await run.until((stdout) => linesOf(stdout).some((line) => line.type === 'trial' && line.trial.objective !== null))
    const other = new Database(join(workspace.library, 'held-1', 'study.sqlite'), { timeout: 10_000 })
    other.exec('BEGIN IMMEDIATE')
    await run.until((stdout) => linesOf(stdout).some((line) => line.type === 'progress' && line.summary.databaseHeld))
    other.exec('ROLLBACK')
    const ended = await run.ended
    expect(ended.code).toBe(0)
    expect(resultOf(ended.stdout).summary.counts).toMatchObject({ waiting: 0, running: 0, failed: 0 })

    other.exec('BEGIN IMMEDIATE')
    const annotate = workspace.start(['annotate', 'held-1', '0', '--tag', 'odd'])
    await new Promise<void>((resolve) => annotate.child.stderr.once('data', () => resolve()))
    other.exec('ROLLBACK')
    other.close()
    const annotated = await annotate.ended
    expect([annotated.code, annotated.stdout]).toEqual([0, 'tags  odd\n'])
    expect(annotated.stderr).toContain('Another program holds the database')
  })
})
