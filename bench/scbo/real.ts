/** The real thing: studies with trained networks through the command line, the same wall time for each optimiser. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { optimiserSchema } from '../../src-core/study/optimiserSchema.ts'
import { bestAfter } from './curves.ts'
import type { CommandOptions } from './options.ts'
import { type CurvePoint, plotSvg } from './plot.ts'
import { readRuns, writeRuns } from './runFiles.ts'
import type { RunRecord } from './run.ts'
import { median, quartiles } from './statistics.ts'
import { markdownTable, percent, shortNumber, writeText } from './text.ts'

const preset = 'mnist-stdp-small'
const subjectOf = ({ minutes }: CommandOptions): string => `${preset}-${minutes}-minutes`

/** Of the preset. */
const initialTrials = 20

/** Points in time at which the curves of different runs are compared. */
const gridSize = 120

export const measureReal = async (options: CommandOptions): Promise<void> => {
  if (!options.stored) runAll(options)
  report(options)
}

/** Seed by seed and one after the other: every study has the whole machine, and drifts of its speed meet all optimisers. */
const runAll = (options: CommandOptions): void => {
  const names = (options.chosen ?? ['scbo', 'tpe', 'random']).filter(
    (type) => optimiserSchema.safeParse({ type }).success,
  )
  build()
  const runs = new Map<string, RunRecord[]>(names.map((name) => [name, []]))
  for (const seed of options.seeds) {
    for (const [name, records] of runs) {
      process.stderr.write(`${name}, seed ${seed}, ${options.minutes} minutes\n`)
      records.push(runStudy(name, seed, options.minutes))
    }
  }
  for (const [name, records] of runs) writeRuns('real', subjectOf(options), name, records)
}

const build = (): void => {
  const { status } = spawnSync(process.execPath, [join('resources', 'setup', 'build.mjs')], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('the application was not built')
}

const runStudy = (optimiser: string, seed: number, minutes: number): RunRecord => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-bench-'))
  try {
    const file = join(folder, 'study.yaml')
    writeFileSync(file, stringify(definitionOf(optimiser, seed, minutes)))
    const cli = join('out', 'main', 'cli.js')
    const args = [cli, 'run', file, '--json', '--library', join(folder, 'library')]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 })
    if (status !== 0) throw new Error(`the study of ${optimiser} ended with code ${status}: ${stderr}`)
    return { ...recordOfOutput(stdout), seed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const presetSchema = z.record(z.string(), z.unknown())

const definitionOf = (optimiser: string, seed: number, minutes: number): Record<string, unknown> => {
  const definition = presetSchema.parse(parse(readFileSync(join('resources', 'presets', `${preset}.yaml`), 'utf8')))
  return {
    ...definition,
    name: `${optimiser}-${seed}`,
    optimiser: { type: optimiser, ...designOf(optimiser) },
    budget: { wallTimeMinutes: minutes },
    seeds: { optimiser: seed },
    keepNetworks: 0,
  }
}

/** The same number of random trials to begin with, for those that have a number of them. */
const designOf = (optimiser: string): Record<string, number> => {
  if (optimiser === 'tpe') return { startup: initialTrials }
  return optimiser === 'scbo' || optimiser === 'ei' ? { initial: initialTrials } : {}
}

const lineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('trial'),
    trial: z.object({
      number: z.number(),
      state: z.string(),
      startedAtMs: z.number().nullable(),
      endedAtMs: z.number().nullable(),
      objective: z.number().nullable(),
      violation: z.number().nullable(),
    }),
  }),
  z.object({ type: z.enum(['study', 'progress', 'interrupted', 'result']) }),
])

/** The finished trials of the command line's JSON in the order of their ends, times since the first trial began. */
export const recordOfOutput = (output: string): Omit<RunRecord, 'seed'> => {
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
  const trials = lines.flatMap((line) => (line.type === 'trial' ? [line.trial] : []))
  const begin = Math.min(...trials.flatMap(({ startedAtMs }) => startedAtMs ?? []))
  const finished = trials.filter(({ state }) => ['complete', 'stopped', 'failed'].includes(state))
  const feasible = finished.map(({ violation }) => violation === 0)
  let best: number | null = null
  return {
    feasible,
    endedAtMs: finished.map(({ endedAtMs }) => (endedAtMs ?? NaN) - begin),
    best: finished.map(({ objective }, index) => {
      if (feasible[index] === true && objective !== null) best = Math.max(best ?? -Infinity, objective)
      return best
    }),
    idleShare: 0,
    askMs: [],
  }
}

const finalOf = ({ best }: RunRecord): number => bestAfter([{ best }], best.length, -Infinity)[0] ?? -Infinity

const report = (options: CommandOptions): void => {
  const measured = readRuns('real', subjectOf(options))
  const random = measured.find(({ optimiser }) => optimiser === 'random')
  const target = random ? median(random.runs.map(finalOf)) : NaN
  console.log(`\n**${preset}**, ${options.minutes} minutes for each study, all cores\n`)
  const header = [
    'optimiser',
    'best, median',
    'best of each seed',
    'seconds to the end value of random search',
    'trials',
    'feasible',
  ]
  const rows = measured.map(({ optimiser, runs }) => {
    const seconds = runs.map(({ best, endedAtMs }) => {
      const index = best.findIndex((value) => value !== null && value >= target)
      return (endedAtMs[index] ?? Infinity) / 1000
    })
    const all = runs.flatMap(({ feasible }) => feasible)
    return [
      optimiser,
      shortNumber(median(runs.map(finalOf))),
      runs.map((run) => shortNumber(finalOf(run))).join(', '),
      shortNumber(median(seconds), 'not reached'),
      runs.map(({ best }) => best.length).join(', '),
      percent(all.filter(Boolean).length / all.length),
    ]
  })
  console.log(markdownTable(header, rows))
  const plot = plotSvg({
    title: `${preset}, trained networks`,
    legendAt: 'bottom',
    xLabel: 'seconds',
    yLabel: 'best feasible accuracy',
    series: measured.map(({ optimiser, colour, runs }) => ({
      name: optimiser,
      colour,
      points: overTime(runs, 60 * options.minutes),
    })),
  })
  writeText(join('docs', 'images', 'scbo-real.svg'), plot)
}

/** Quartiles over the runs at points in time, in seconds; before a run's first feasible trial it counts as the worst. */
export const overTime = (runs: readonly RunRecord[], seconds: number): CurvePoint[] =>
  Array.from({ length: gridSize }, (_, index) => {
    const x = (seconds * (index + 1)) / gridSize
    const values = runs.map(({ best, endedAtMs }) => {
      const ended = endedAtMs.filter((endMs) => endMs <= 1000 * x).length
      return ended === 0 ? -Infinity : (best[ended - 1] ?? -Infinity)
    })
    return { x, ...quartiles(values) }
  })
