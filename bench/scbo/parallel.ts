/** Parallel efficiency: workers on a virtual clock with the durations of the published log. */
import { bestAfter } from './curves.ts'
import { evaluationLogFile, readEvaluationLog } from './evaluationLog.ts'
import type { CommandOptions } from './options.ts'
import { readRuns, writeRuns } from './runFiles.ts'
import type { LandscapeRun, RunRecord } from './run.ts'
import { median, mean } from './statistics.ts'
import { markdownTable, percent, shortNumber } from './text.ts'

const defaultWorkers = [16, 64]

type Setting = Pick<LandscapeRun, 'workers' | 'schedule' | 'latencyMs' | 'askAhead' | 'speedup'>

const alone: Setting = { workers: 1, schedule: 'asynchronous', latencyMs: 0, askAhead: false, speedup: 1 }

const latencyText = ({ latencyMs }: Setting): string => (latencyMs === null ? 'measured' : `${latencyMs / 1000} s`)

const subjectOf = (setting: Setting): string => {
  const { workers, schedule, askAhead, speedup } = setting
  const latency = latencyText(setting).replace(' ', '')
  return [schedule, workers, latency, askAhead ? 'ahead' : 'asked', speedup].join('-')
}

export const measureParallel = async (options: CommandOptions): Promise<void> => {
  if (readEvaluationLog() === null) {
    console.log(`skipped: ${evaluationLogFile} is not there`)
    return
  }
  const settings = settingsOf(options)
  if (!options.stored) await runAll(options, [alone, ...settings])
  for (const speedup of options.speedups) {
    report(
      settings.filter((setting) => setting.speedup === speedup),
      speedup,
    )
  }
}

/** Asynchronous with and without answers prepared ahead, and synchronous, for each number of workers. */
const settingsOf = ({ workers, latencies, speedups }: CommandOptions): Setting[] => {
  const schedules = [
    { schedule: 'asynchronous', askAhead: true },
    { schedule: 'asynchronous', askAhead: false },
    { schedule: 'synchronous', askAhead: false },
  ] as const
  return speedups.flatMap((speedup) =>
    latencies.flatMap((latency) =>
      (workers ?? defaultWorkers).flatMap((workers) =>
        schedules.map((schedule) => ({
          ...schedule,
          workers,
          speedup,
          latencyMs: latency === null ? null : 1000 * latency,
        })),
      ),
    ),
  )
}

const runAll = async ({ optimisers, seeds, trials, initial, run }: CommandOptions, settings: readonly Setting[]) => {
  const studies = settings.flatMap((setting) => optimisers.map((optimiser) => ({ setting, optimiser })))
  const jobs = studies.flatMap((study) =>
    seeds.map((seed) => ({
      study,
      job: {
        kind: 'landscape' as const,
        run: { ...study.setting, optimiser: study.optimiser, seed, trials, initial },
      },
    })),
  )
  const records = await run(jobs.map(({ job }) => job))
  for (const study of studies) {
    const own = records.filter((_, at) => jobs[at]?.study === study)
    writeRuns('parallel', subjectOf(study.setting), study.optimiser, own)
  }
}

const report = (settings: readonly Setting[], speedup: number): void => {
  const quicker = speedup === 1 ? "the published log's durations" : `durations ${speedup} times shorter than published`
  console.log(`\n**${quicker[0]?.toUpperCase()}${quicker.slice(1)}**\n`)
  const header = [
    'optimiser',
    'workers',
    'schedule',
    'ask takes',
    'median ask, ms',
    'idle',
    'hours',
    'best after 200',
    'loss to 1 worker',
    'best at the end',
    'loss to 1 worker',
    'seeds',
  ]
  const single = readRuns('parallel', subjectOf(alone))
  const rows = settings.flatMap((setting) =>
    readRuns('parallel', subjectOf(setting)).map(({ optimiser, runs }) =>
      row(setting, optimiser, runs, single.find((one) => one.optimiser === optimiser)?.runs ?? []),
    ),
  )
  console.log(markdownTable(header, rows))
}

const row = (
  setting: Setting,
  optimiser: string,
  runs: readonly RunRecord[],
  single: readonly RunRecord[],
): string[] => {
  const trials = Math.max(...runs.map(({ best }) => best.length))
  const bestAt = (records: readonly RunRecord[], after: number) => median(bestAfter(records, after, -Infinity))
  const pair = (after: number): string[] => [
    shortNumber(bestAt(runs, after)),
    shortNumber(bestAt(single, after) - bestAt(runs, after), ''),
  ]
  const hours = runs.map(({ endedAtMs }) => Math.max(...endedAtMs) / 3_600_000)
  return [
    optimiser,
    String(setting.workers),
    setting.askAhead ? `${setting.schedule}, asks ahead` : setting.schedule,
    latencyText(setting),
    shortNumber(median(runs.flatMap(({ askMs }) => askMs))),
    percent(mean(runs.map(({ idleShare }) => idleShare))),
    shortNumber(median(hours)),
    ...pair(Math.min(200, trials)),
    ...pair(trials),
    String(runs.length),
  ]
}
