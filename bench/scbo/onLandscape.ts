/** On a real landscape: evaluations until an optimiser has what random search has after 800. */
import { join } from 'node:path'
import { bestAfter, curveOf, feasibleShare } from './curves.ts'
import { crossValidate, randomFeasibleShare } from './crossValidation.ts'
import { evaluationLogFile, type LoggedEvaluation, readEvaluationLog } from './evaluationLog.ts'
import { createLandscape } from './landscape.ts'
import type { CommandOptions } from './options.ts'
import { plotSvg } from './plot.ts'
import { readRuns, writeRuns } from './runFiles.ts'
import type { RunRecord } from './run.ts'
import { median } from './statistics.ts'
import { markdownTable, percent, shortNumber, writeText } from './text.ts'

const randomTrials = 800
const firstTrials = 200
const defaultWorkers = [16, 1]

export const measureLandscape = async (options: CommandOptions): Promise<void> => {
  const log = readEvaluationLog()
  if (log === null) {
    console.log(`skipped: ${evaluationLogFile} is not there`)
    return
  }
  if (!options.stored) {
    reportFit(log)
    await runAll(options)
  }
  for (const workers of options.workers ?? defaultWorkers) report(workers)
}

const runAll = async ({ optimisers, seeds, workers: given, trials, initial, run }: CommandOptions): Promise<void> => {
  const studies = (given ?? defaultWorkers).flatMap((workers) =>
    optimisers.map((optimiser) => ({ workers, optimiser })),
  )
  const jobs = studies.flatMap((study) =>
    seeds.map((seed) => ({
      kind: 'landscape' as const,
      run: {
        ...study,
        seed,
        initial,
        trials: study.optimiser === 'random' ? randomTrials : trials,
        schedule: 'asynchronous' as const,
        latencyMs: 0,
        askAhead: true,
        speedup: 1,
      },
    })),
  )
  const records = await run(jobs)
  for (const { workers, optimiser } of studies) {
    const own = records.filter((_, at) => jobs[at]?.run.workers === workers && jobs[at]?.run.optimiser === optimiser)
    writeRuns('landscape', subjectOf(workers), optimiser, own)
  }
}

const subjectOf = (workers: number): string => `workers-${workers}`

const reportFit = (log: readonly LoggedEvaluation[]): void => {
  const { fits, feasibility } = crossValidate(log)
  const rows = fits.map(({ output, all, initial }) => [
    output,
    all.determination.toFixed(2),
    all.rankCorrelation.toFixed(2),
    initial.determination.toFixed(2),
    initial.rankCorrelation.toFixed(2),
  ])
  const header = ['five-fold cross-validation', 'R^2', 'rank correlation', 'R^2, random rows', 'rank, random rows']
  console.log(`\nLandscape of ${log.length} published evaluations\n\n${markdownTable(header, rows)}\n`)
  const initial = log.filter((row) => row.initial)
  const feasible = initial.filter(({ constraints }) => constraints.every((value) => value <= 0)).length
  const share = randomFeasibleShare(createLandscape(log), 10_000)
  console.log(`Held-out feasibility predicted right: ${percent(feasibility)}. Feasible among random points:`)
  console.log(`${percent(share)} of the landscape's 10,000, ${feasible} of the log's ${initial.length}.`)
}

const report = (workers: number): void => {
  const measured = readRuns('landscape', subjectOf(workers))
  const random = measured.find(({ optimiser }) => optimiser === 'random')
  const target = random ? median(bestAfter(random.runs, randomTrials, -Infinity)) : NaN
  console.log(`\n**${workers === 1 ? 'One worker' : `${workers} asynchronous workers`}**; target: `)
  console.log(`${shortNumber(target)}, the median best of random search after ${randomTrials} evaluations\n`)
  const header = [
    'optimiser',
    'evaluations to target',
    'runs that reach it',
    'best after 200',
    'best at the end',
    'evaluations',
    'feasible, first 200',
    'feasible, later',
    'seeds',
  ]
  const rows = measured.map(({ optimiser, runs }) => row(optimiser, runs, target))
  console.log(markdownTable(header, rows))
  const plot = plotSvg({
    title: `Published landscape, ${workers === 1 ? 'one worker' : `${workers} asynchronous workers`}`,
    legendAt: 'bottom',
    xLabel: 'evaluations',
    yLabel: 'best feasible accuracy',
    series: measured.map(({ optimiser, colour, runs }) => ({
      name: optimiser,
      colour,
      points: curveOf(runs, 'maximised'),
    })),
    reference: { name: `random search after ${randomTrials}`, y: target },
  })
  writeText(join('docs', 'images', `scbo-landscape-${workers}.svg`), plot)
}

const row = (optimiser: string, runs: readonly RunRecord[], target: number): string[] => {
  const reached = runs.map(({ best }) => {
    const index = best.findIndex((value) => value !== null && value >= target)
    return index < 0 ? Infinity : index + 1
  })
  const trials = Math.max(...runs.map(({ best }) => best.length))
  return [
    optimiser,
    shortNumber(median(reached), `more than ${trials}`),
    `${reached.filter(Number.isFinite).length} of ${runs.length}`,
    shortNumber(median(bestAfter(runs, firstTrials, -Infinity))),
    shortNumber(median(bestAfter(runs, trials, -Infinity))),
    String(trials),
    percent(feasibleShare(runs, 0, firstTrials)),
    percent(feasibleShare(runs, firstTrials)),
    String(runs.length),
  ]
}
