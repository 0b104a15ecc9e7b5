import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { studySummarySchema } from '../../../src-core/progress/readModel.ts'
import { importNetwork } from '../../../src-core/tennlab/importNetwork.ts'
import { cliFile, type Ended, linesOf, resultOf, tinyStudy, Workspace } from './spiketune.ts'

const exportedSchema = z.object({ yaml: z.string() })
const workspace = new Workspace()
let finished: Ended

beforeAll(async () => {
  finished = await workspace.run('run', workspace.write('tiny.yaml', tinyStudy()), '--json')
})
afterAll(() => {
  workspace.dispose()
})

describe('spiketune run', () => {
  it('runs a study to its end, and says so in JSON lines', () => {
    expect(finished).toMatchObject({ code: 0, stderr: '' })
    const lines = linesOf(finished.stdout)
    expect(lines[0]).toMatchObject({ type: 'study', summary: { id: 'tiny-1', counts: { complete: 0 } } })
    const { summary, best, exitCode } = resultOf(finished.stdout)
    expect(exitCode).toBe(0)
    expect(summary).toMatchObject({ id: 'tiny-1', state: { kind: 'finished', reason: 'trial-budget' }, trialBudget: 4 })
    expect(summary.counts.complete + summary.counts.stopped).toBe(4)
    expect(summary.best).toMatchObject({ number: best[0]?.number, objective: best[0]?.objective })
    const ended = lines.flatMap((line) =>
      line.type === 'trial' && line.trial.endedAtMs !== null ? [line.trial.number] : [],
    )
    expect(ended.sort()).toEqual([0, 1, 2, 3])
  })

  it('leaves the study in the library, with its definition as it was given', () => {
    const { folder } = resultOf(finished.stdout).summary
    expect(folder).toBe(join(workspace.library, 'tiny-1'))
    expect(readFileSync(join(folder, 'study.yaml'), 'utf8')).toBe(
      readFileSync(join(workspace.folder, 'tiny.yaml'), 'utf8'),
    )
  })

  it('gives the same result again from the same definition, with one worker', async () => {
    const again = await workspace.run('run', 'tiny.yaml', '--workers', '1', '--name', 'again', '--json')
    const values = ({ stdout }: Ended) =>
      resultOf(stdout).best.map(({ number, objective, violation }) => [number, objective, violation])
    expect(values(again)).toEqual(values(finished))
    expect(resultOf(again.stdout).summary.id).toBe('again-1')
  })

  it('prints one line for each trial without a terminal, then the best trials and what to do next', async () => {
    const { code, stdout } = await workspace.run('run', 'tiny.yaml', '--name', 'plain')
    expect(code).toBe(0)
    for (const number of [0, 1, 2, 3])
      expect(stdout).toMatch(new RegExp(`^\\[.+\\] trial ${number} (complete|stopped)`, 'm'))
    expect(stdout).toContain('Finished: 4 of 4 trials')
    expect(stdout).toContain('thresholdExcitatoryMv')
    expect(stdout).toContain('What silence cost and saved')
    expect(stdout).toContain('npm start -- plain-1')
    expect(stdout).toContain('npx spiketune export plain-1 --best')
    expect(stdout).not.toContain('\u001B')
  })

  it('prints one line with --quiet', async () => {
    const { stdout } = await workspace.run('run', 'tiny.yaml', '--name', 'quiet', '--quiet')
    const { best } = resultOf(finished.stdout).summary
    expect(stdout).toMatch(
      new RegExp(`^quiet-1 finished accuracy ${best?.objective.toFixed(4)} trial ${best?.number}( infeasible)?\\n$`),
    )
  })
})

describe('spiketune list', () => {
  it('lists the studies with state and best value', async () => {
    const listed = (await workspace.json('list')).map((study) => studySummarySchema.parse(study))
    const study = listed.find(({ id }) => id === 'tiny-1')
    expect(study).toMatchObject({ state: { kind: 'finished' }, best: resultOf(finished.stdout).summary.best })
    const { stdout, code } = await workspace.run('list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/tiny-1 .*finished.*4 of 4/)
  })

  it('says how to start in an empty library', async () => {
    const { stdout, code } = await workspace.run('list', '--library', join(workspace.folder, 'empty'))
    expect([code, stdout]).toEqual([0, expect.stringContaining('npx spiketune run mnist-stdp-small')])
  })
})

describe('output that cannot be written', () => {
  it('is an error that is told', async () => {
    const full = spawnSync('sh', ['-c', `exec "${process.execPath}" "${cliFile}" list > /dev/full`], {
      env: workspace.environment(),
      encoding: 'utf8',
    })
    expect([full.status, full.stderr]).toEqual([5, expect.stringContaining('ENOSPC')])
  })
})

describe('spiketune show', () => {
  it('shows a study by its id and by its folder', async () => {
    const byId = await workspace.run('show', 'tiny-1')
    expect(byId.code).toBe(0)
    expect(byId.stdout).toContain('4 of 4 finished')
    const byFolder = await workspace.run('show', join(workspace.library, 'tiny-1'))
    expect(byFolder.stdout).toBe(byId.stdout)
  })

  it('shows all about one trial', async () => {
    const best = resultOf(finished.stdout).best[0]
    const { stdout, code } = await workspace.run('show', 'tiny-1', '--trial', String(best?.number))
    expect(code).toBe(0)
    expect(stdout).toContain(`seed      ${best?.seed}`)
    expect(stdout).toContain(best?.objective?.toFixed(4))
    expect(stdout).toMatch(/sha256 [0-9a-f]{64}/)
    expect(stdout).toMatch(/strengthInhibitory +300/)
  })

  it('says so when there is no such trial', async () => {
    expect(await workspace.run('show', 'tiny-1', '--trial', '99')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no trial 99') as string,
    })
  })
})

describe('a study of SCBO', () => {
  it('says what it gained over its initial design, and why it asked for a trial', async () => {
    const optimiser = { type: 'scbo', initial: 3 }
    const study = workspace.write('model.yaml', { ...tinyStudy(), name: 'model', optimiser, budget: { trials: 6 } })
    const { code, stdout } = await workspace.run('run', study, '--workers', '1', '--json')
    expect(code).toBe(0)
    expect(resultOf(stdout).initialDesign).toMatchObject({ initial: { finished: 3 }, after: { finished: 3 } })
    expect((await workspace.run('show', 'model-1')).stdout).toMatch(
      /What the search gained\n {2}accuracy {2}SCBO: .*; its random initial design of 3: /,
    )
    const first = await workspace.run('show', 'model-1', '--trial', '0')
    expect(first.stdout).toMatch(/phase +SCBO, initial design: Sobol point 0, 0 trials known/)
    const last = await workspace.run('show', 'model-1', '--trial', '5')
    expect(last.stdout).toMatch(/phase +SCBO, trust region 1, \d trials known\ncentre +trial [0-4], /)
    expect(last.stdout).toMatch(/models +fitted on \d trials; shortest lengthscales:\nobjective +\w+ \d/)
  })
})

describe('spiketune export', () => {
  it('writes a configuration that gives exactly the same result again, as YAML and as JSON', async () => {
    const { code } = await workspace.run('export', 'tiny-1', '--best', '--output', 'best')
    expect(code).toBe(0)
    const { best } = resultOf(finished.stdout)
    const base = join(workspace.folder, 'best', `tiny-1-trial-${best[0]?.number}`)
    expect(existsSync(`${base}.safetensors`)).toBe(true)
    for (const extension of ['yaml', 'json']) {
      const again = resultOf((await workspace.run('run', `${base}.${extension}`, '--json')).stdout)
      expect(again.best).toHaveLength(1)
      expect(again.best[0]).toMatchObject({ objective: best[0]?.objective, metrics: best[0]?.metrics })
      expect(again.reproduction).toEqual({ kind: 'compared', reproduced: true, differences: [] })
    }
    const shown = await workspace.run('run', `${base}.yaml`)
    expect(shown.stdout).toContain(`equal those of trial ${best[0]?.number} of tiny-1 exactly`)
  })

  it('refuses data that are not those of the export, with both hashes', async () => {
    const { stdout } = await workspace.run('export', 'tiny-1', '--best', '--output', 'other', '--json')
    const { yaml } = exportedSchema.parse(JSON.parse(stdout))
    const other = 'a'.repeat(64)
    const exported = readFileSync(yaml, 'utf8')
    const own = /datasetSha256: (.*)/.exec(exported)?.[1] ?? ''
    const run = await workspace.run(
      'run',
      workspace.write('other.yaml', exported.replace(own, other)),
      '--name',
      'other',
    )
    expect(run.code).toBe(5)
    expect(run.stdout).toContain(own)
    expect(run.stdout).toContain(other)
    expect((await workspace.run('show', 'other-1')).stdout).toContain(other)
  })
})

describe('a network in TENNLab’s form', () => {
  it('is exported, imported, and judged as it was', async () => {
    const study = workspace.write('evolved.yaml', {
      version: 2,
      name: 'evolved',
      dataset: { name: 'iris', trainFraction: 0.6 },
      network: { type: 'neuroprocessor' },
      training: { algorithm: 'eons' },
      space: { maxSpikes: { type: 'integer', low: 4, high: 8 } },
      fixed: { generations: 8, populationSize: 30, resolution: 15 },
      optimiser: { type: 'random' },
      budget: { trials: 2 },
      seeds: { split: 3 },
    })
    const [best] = resultOf((await workspace.run('run', study, '--json')).stdout).best
    const exported = z
      .object({ tennlab: z.string() })
      .parse(JSON.parse((await workspace.run('export', 'evolved-1', '--best', '--output', 'evolved', '--json')).stdout))
    expect((await workspace.run('export', 'evolved-1', '--best', '--output', 'evolved')).stdout).toContain(
      exported.tennlab,
    )
    const imported = await workspace.run('import', exported.tennlab)
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    expect(imported.stdout).toMatch(/Network +\d+ neurons, 8 of them inputs and 3 outputs, \d+ synapses, for iris/)
    const id = /Study +(\S+)/.exec(imported.stdout)?.[1] ?? ''
    const judged = resultOf((await workspace.run('resume', id, '--json')).stdout).best[0]
    expect(judged?.objective).toBe(best?.objective)
    expect(judged?.metrics).toMatchObject({
      neurons: best?.metrics?.['neurons'],
      synapses: best?.metrics?.['synapses'],
    })
    const again = z
      .object({ tennlab: z.string() })
      .parse(JSON.parse((await workspace.run('export', id, '--best', '--output', 'again', '--json')).stdout))
    const parts = (path: string) => importNetwork(readFileSync(path, 'utf8')).network
    expect(parts(again.tennlab)).toEqual(parts(exported.tennlab))
    const unfit = await workspace.run('import', exported.tennlab, '--dataset', 'wine')
    expect([unfit.code, unfit.stderr]).toEqual([
      2,
      expect.stringContaining('has 8 inputs, but the 13 values of wine are 26'),
    ])
    const unknown = await workspace.run('import', exported.tennlab, '--dataset', 'irises')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('iris, wine, breast-cancer, digits')])
  })
})
