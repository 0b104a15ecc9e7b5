/** Quality: best feasible value on problems with known minima, by the budgets of the peers' published figures. */
import { join } from 'node:path'
import { bestAfter, curveOf, feasibleShare } from './curves.ts'
import type { CommandOptions } from './options.ts'
import { plotSvg } from './plot.ts'
import type { Problem } from './problem.ts'
import { problems } from './problems.ts'
import { variants } from './optimisers.ts'
import { readRuns, writeRuns } from './runFiles.ts'
import type { RunRecord } from './run.ts'
import { median as medianOf, quartiles } from './statistics.ts'
import { markdownTable, percent, shortNumber, writeText } from './text.ts'

/** Medians of peers on the same budget, measured on two such cores: BoTorch's SCBO tutorial, Optuna's GPSampler and TPE. */
const peers: Readonly<Record<string, readonly (readonly [name: string, value: string])[]>> = {
  ackley: [
    ['BoTorch SCBO tutorial', '0.351'],
    ['Optuna GPSampler, q = 1', '0.87'],
    ['Optuna TPE, q = 1', '3.82'],
  ],
  'pressure-vessel': [
    ['BoTorch SCBO tutorial', '5928'],
    ['Optuna GPSampler', '5817'],
    ['Optuna TPE', '8727'],
  ],
  'welded-beam': [
    ['BoTorch SCBO, copula + bilog', '1.78'],
    ['Optuna GPSampler', '1.75'],
    ['Optuna TPE', '4.45'],
  ],
  string: [
    ['BoTorch SCBO tutorial', '0.01285'],
    ['Optuna GPSampler', '0.0235'],
    ['Optuna TPE', '0.0379'],
  ],
  'speed-reducer': [
    ['Optuna GPSampler', '2996.4'],
    ['Optuna TPE', '4245'],
  ],
}

export const measureQuality = async (options: CommandOptions): Promise<void> => {
  const chosen = problems.filter(({ name }) => options.problems === null || options.problems.includes(name))
  if (!options.stored) {
    const jobs = chosen.flatMap((problem) =>
      options.optimisers.flatMap((optimiser) =>
        options.seeds.map((seed) => ({ kind: 'problem', problem: problem.name, optimiser, seed }) as const),
      ),
    )
    const records = await options.run(jobs)
    for (const problem of chosen) {
      for (const optimiser of options.optimisers) {
        const runs = records.filter((_, at) => jobs[at]?.problem === problem.name && jobs[at]?.optimiser === optimiser)
        writeRuns('quality', problem.name, optimiser, runs)
      }
    }
  }
  for (const problem of chosen) report(problem)
}

const report = (problem: Problem): void => {
  const measured = readRuns('quality', problem.name)
  const { trials, batch, initial, minimum } = problem
  console.log(
    `\n**${problem.title}**: ${trials} evaluations, batch ${batch}, initial design ${initial}; minimum ${minimum}\n`,
  )
  // Ablations are in the table only: plots show what can be chosen.
  const ablations = readRuns('quality', problem.name, Object.keys(variants))
  const rows = [...measured, ...ablations].map(({ optimiser, runs }) => row(optimiser, runs, trials))
  const others = (peers[problem.name] ?? []).map(([name, value]) => [`${name} (peer)`, value, '', '', '', '', '', ''])
  const header = [
    'optimiser',
    'median',
    'lower quartile',
    'upper quartile',
    'runs feasible',
    'points feasible',
    'ask, ms',
    'seeds',
  ]
  console.log(markdownTable(header, [...rows, ...others]))
  const plot = plotSvg({
    title: problem.title,
    legendAt: 'top',
    xLabel: 'evaluations',
    yLabel: 'best feasible value',
    series: measured.map(({ optimiser, colour, runs }) => ({
      name: optimiser,
      colour,
      points: curveOf(runs, 'minimised'),
    })),
    ...(minimum > 0 ? { reference: { name: 'minimum', y: minimum } } : {}),
  })
  writeText(join('docs', 'images', `scbo-${problem.name}.svg`), plot)
}

const row = (optimiser: string, runs: readonly RunRecord[], trials: number): string[] => {
  const values = bestAfter(runs, trials, -Infinity).map((value) => -value)
  const { lower, median, upper } = quartiles(values)
  return [
    optimiser,
    shortNumber(median),
    shortNumber(lower),
    shortNumber(upper),
    percent(values.filter(Number.isFinite).length / values.length),
    percent(feasibleShare(runs)),
    shortNumber(medianOf(runs.flatMap(({ askMs }) => askMs))),
    String(runs.length),
  ]
}
