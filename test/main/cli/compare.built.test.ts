import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isFeasible, isMeasured } from '../../../src-core/progress/best.ts'
import { studySummarySchema, trialRowSchema } from '../../../src-core/progress/readModel.ts'
import { tinyStudy, Workspace } from './spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

const costSchema = z.object({
  trials: z.number(),
  trainings: z.number(),
  workerTimeMs: z.number(),
  wallTimeMs: z.number(),
})
const comparedSchema = z.object({
  metric: z.string(),
  target: z.number().nullable(),
  missing: z.array(z.object({ study: z.string(), message: z.string() })),
  warnings: z.array(z.string()),
  studies: z.array(
    z.object({
      summary: studySummarySchema,
      group: z.string(),
      cost: costSchema,
      curve: z.array(costSchema.extend({ trial: z.number(), best: z.number() })),
      feasible: z.array(z.number()),
    }),
  ),
  groups: z.array(z.object({ name: z.string(), studies: z.array(z.string()), end: z.number() })),
  differences: z.array(z.object({ section: z.string() })),
})

const compared = async (...words: string[]) => comparedSchema.parse((await workspace.json('compare', ...words))[0])
const shown = async (study: string) =>
  z
    .object({ summary: studySummarySchema, trials: z.array(trialRowSchema) })
    .parse((await workspace.json('show', study))[0])

const study = (name: string, seed: number, type: string) => ({
  ...tinyStudy({ name, trials: 3 }),
  optimiser: { type },
  seeds: { optimiser: seed },
  silence: { interval: 100, layers: [{ layer: 'excitatory', alpha: 1, beta: 1 }] },
})

beforeAll(async () => {
  for (const [name, seed, type] of [
    ['drawn', 1, 'random'],
    ['drawn', 2, 'random'],
    ['even', 1, 'sobol'],
  ] as const) {
    const ended = await workspace.run('run', workspace.write('study.yaml', study(name, seed, type)), '--quiet')
    expect(ended.code).toBe(0)
  }
})

describe('compare', () => {
  it('has the numbers of `show`, groups studies that differ in their seeds, and says what else differs', async () => {
    const all = await compared('drawn-1', 'drawn-2', 'even-1')
    expect(all.groups.map(({ name, studies }) => [name, studies])).toEqual([
      ['random', ['drawn-1', 'drawn-2']],
      ['even-1', ['even-1']],
    ])
    expect(all.differences.map(({ section }) => section)).toEqual(['optimiser', 'seeds'])
    for (const one of all.studies) {
      const { summary, trials } = await shown(one.summary.id)
      const feasible = trials.filter(isMeasured).filter(isFeasible)
      expect(one.summary).toEqual(summary)
      expect(one.curve.at(-1)?.best).toBe(summary.best?.objective)
      expect(one.feasible).toEqual(feasible.map(({ objective }) => objective).sort((a, b) => a - b))
      expect(one.cost).toEqual({
        trials: 3,
        trainings: 3,
        workerTimeMs: expect.closeTo(trials.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0)) as number,
        wallTimeMs: summary.elapsedMs,
      })
      expect(one.curve.every(({ wallTimeMs }) => wallTimeMs > 0 && wallTimeMs <= summary.elapsedMs)).toBe(true)
    }
  })

  it('shows all of it at 80 columns, and writes the curves', async () => {
    const csv = join(workspace.folder, 'curves.csv')
    const { stdout, code } = await workspace.run(
      'compare',
      'drawn-1',
      'drawn-2',
      'even-1',
      '--against',
      'worker-time',
      '--target',
      '0.01',
      '--csv',
      csv,
    )
    expect(code).toBe(0)
    for (const part of [
      '3 studies in 2 groups, by accuracy',
      'target 0.0100',
      '#3  even-1',
      'random        2',
      'optimiser.type',
    ]) {
      expect(stdout).toContain(part)
    }
    const lines = readFileSync(csv, 'utf8').trim().split('\n')
    expect(lines[0]).toBe('study,group,objective,trial,best_feasible,trials,trainings,worker_time_ms,wall_time_ms')
    expect(lines.filter((line) => line.startsWith('drawn-1,random,accuracy,')).length).toBeGreaterThan(1)
  })

  it('compares the others where a study is gone or damaged, and says so', async () => {
    const folder = join(workspace.library, 'even-1')
    const aside = join(workspace.folder, 'aside')
    renameSync(folder, aside)
    const gone = await compared('drawn-1', 'drawn-2', 'even-1')
    expect(gone.studies.map(({ summary }) => summary.id)).toEqual(['drawn-1', 'drawn-2'])
    expect(gone.missing).toEqual([{ study: 'even-1', message: expect.stringContaining('There is no study') as string }])
    renameSync(aside, folder)
    for (const end of ['-wal', '-shm']) rmSync(join(folder, `study.sqlite${end}`), { force: true })
    writeFileSync(join(folder, 'study.sqlite'), 'this is no database, and never was one'.repeat(500))
    const { stdout, code } = await workspace.run('compare', 'drawn-1', 'even-1', 'drawn-2')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Left out: even-1\. .*study\.sqlite/)
  })

  it('says what is wrong with how it is called', async () => {
    const wrong = async (...words: string[]) => {
      const { code, stderr, stdout } = await workspace.run('compare', ...words)
      expect(stdout).toBe('')
      return [code, stderr]
    }
    expect(await wrong('drawn-1')).toEqual([2, expect.stringContaining('2 to 30 different studies')])
    expect(await wrong('drawn-1', 'drawn-1')).toEqual([2, expect.stringContaining('not 1')])
    expect(await wrong('drawn-1', 'nowhere')).toEqual([3, expect.stringContaining('nowhere: There is no study')])
    expect(await wrong('drawn-1', 'drawn-2', '--target', 'high')).toEqual([2, expect.stringContaining('a number')])
    expect(await wrong('drawn-1', 'drawn-2', '--target', '95')).toEqual([2, expect.stringContaining('from 0 to 1')])
    expect(await wrong('drawn-1', 'drawn-2', '--against', 'money')).toEqual([2, expect.stringContaining('trainings')])
    const nowhere = join(workspace.folder, 'no', 'such', 'folder.csv')
    expect((await wrong('drawn-1', 'drawn-2', '--csv', nowhere))[0]).toBe(5)
    expect(existsSync(nowhere)).toBe(false)
  })
})
