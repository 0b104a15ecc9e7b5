/**
 * SCBO and the other optimisers, measured: `npm run bench -- scbo <measurement>`. Tables for docs/results.md go to the
 * terminal, plots to docs/images, curves to out/bench/scbo. Run in the project's folder.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { runJobs, serveJobs } from './scbo/jobs.ts'
import { measureLandscape } from './scbo/onLandscape.ts'
import { type CommandOptions, optionsHelp, parseOptions } from './scbo/options.ts'
import { measureParallel } from './scbo/parallel.ts'
import { type Job, performJob } from './scbo/perform.ts'
import { measureQuality } from './scbo/quality.ts'
import { measureReal } from './scbo/real.ts'
import { type CaseReport, measureRobustness } from './scbo/robustness.ts'
import type { RunRecord } from './scbo/run.ts'
import { measureMemory, measureSpeed } from './scbo/speed.ts'

const measurements: Readonly<Record<string, { readonly help: string; run(options: CommandOptions): Promise<void> }>> = {
  quality: { help: 'best feasible value on problems with known minima', run: measureQuality },
  landscape: {
    help: 'evaluations to the accuracy of random search, on the published evaluations',
    run: measureLandscape,
  },
  robustness: { help: 'random mixed spaces and histories: a valid point, or a clear end', run: measureRobustness },
  real: { help: 'trained networks, the same wall time for each optimiser; --seeds 3 is usual', run: measureReal },
  speed: { help: 'asks, refits, memory, linear algebra', run: measureSpeed },
  memory: { help: 'memory of one optimiser as JSON, a part of speed', run: measureMemory },
  parallel: {
    help: 'idle workers and lost quality, asynchronous and synchronous, on a virtual clock',
    run: measureParallel,
  },
}

/** Far more than any study or fifty cases of robustness take. */
const longestJobMs = 2 * 3_600_000

const main = async ([name = '', ...args]: readonly string[]): Promise<void> => {
  const measurement = measurements[name]
  if (measurement === undefined) {
    const lines = Object.entries(measurements).map(([known, { help }]) => `  ${known.padEnd(12)} ${help}`)
    console.log(`npm run bench -- scbo <measurement> [options]\n\n${lines.join('\n')}\n\n${optionsHelp}`)
    process.exitCode = name === '' ? 0 : 2
    return
  }
  const { threads, ...options } = parseOptions(args)
  const bundle = fileURLToPath(import.meta.url)
  const run = <Result>(jobs: readonly Job[]): Promise<Result[]> =>
    runJobs<Job, Result>(bundle, jobs, threads, longestJobMs, (done) => {
      process.stderr.write(`\r${done} of ${jobs.length} runs${done === jobs.length ? '\n' : ''}`)
    })
  await measurement.run({
    ...options,
    run: (jobs) => run<RunRecord>(jobs),
    runCases: (jobs) => run<CaseReport>(jobs),
  })
}

if (isMainThread) await main(process.argv.slice(2))
else serveJobs(performJob)
