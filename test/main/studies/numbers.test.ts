/**
 * Every number that `show` and a report tell of a study, against the columns of its database. A number that is told and in no row
 * of the table fails, and so does one that is not what is stored.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import type { StudyState } from '../../../src-core/progress/readModel.ts'
import type { SilenceStop } from '../../../src-core/trial/measurement.ts'
import { type Trial, trialNumber } from '../../../src-core/trial/trial.ts'
import { overviewText } from '../../../src-main/cli/text/overviewText.ts'
import { resultText } from '../../../src-main/cli/text/resultText.ts'
import { readResult } from '../../../src-main/cli/text/studyResult.ts'
import { formatAgainst, formatDuration, formatShare, formatTime } from '../../../src-main/cli/text/format.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { type ReportContent, reportDocument } from '../../../src-renderer/report/reportSections.ts'
import { viewOf } from '../../../src-renderer/trials/studyView.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { plain } from '../cli/fixtures.ts'
import { measurement } from '../../core/progress/fixtures.ts'
import { createTiny, emptyLibrary, listed } from '../library/emptyLibrary.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { waitingTrial } from '../storage/tinyStore.ts'

const rowSchema = z.object({
  number: z.int(),
  state: z.string(),
  failure_reason: z.string().nullable(),
  duration_ms: z.number().nullable(),
  objective: z.number().nullable(),
  violation: z.number().nullable(),
  train_duration_ms: z.number().nullable(),
  samples_trained: z.int().nullable(),
  samples_planned: z.int().nullable(),
  phase: z.string().nullable(),
  life: z.int().nullable(),
  map_size: z.number(),
  excitatory: z.number().nullable(),
})
type Row = z.infer<typeof rowSchema>
const studySchema = z.object({
  elapsed_ms: z.number(),
  created_at_ms: z.number(),
  updated_at_ms: z.number(),
  state_message: z.string().nullable(),
})

const sql = `SELECT *, json_extract(explanation, '$.phase') AS phase, json_extract(explanation, '$.life') AS life,
  json_extract(configuration, '$.mapSize') AS map_size,
  (SELECT value FROM constraint_value WHERE trial = number AND name = 'silence:excitatory') AS excitatory
FROM trial LEFT JOIN measurement ON trial = number ORDER BY number`

/** What is stored; `early`: only what was stopped before its last sample was stopped early. */
const stored = ({ folder }: OpenStudy) => {
  const database = new Database(join(folder, 'study.sqlite'), { readonly: true })
  try {
    const rows = z.array(rowSchema).parse(database.prepare(sql).all())
    return { rows, study: studySchema.parse(database.prepare('SELECT * FROM study').get()) }
  } finally {
    database.close()
  }
}

const isEarly = ({ state, samples_trained: trained, samples_planned: planned }: Row): boolean =>
  state === 'stopped' && (trained ?? 0) < (planned ?? 0)
const isComplete = (row: Row): boolean => row.state === 'complete' || (row.state === 'stopped' && !isEarly(row))
const isFeasible = ({ violation }: Row): boolean => violation !== null && violation <= 0
const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((so, row) => so + of(row), 0)
const savedMs = ({ train_duration_ms: ms, samples_trained: trained, samples_planned: planned }: Row): number =>
  ((ms ?? 0) / (trained ?? 1)) * ((planned ?? 0) - (trained ?? 0))
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) + (sorted[Math.floor(sorted.length / 2)] ?? NaN)) / 2
}
const byMerit = (a: Row, b: Row): number =>
  Number(isFeasible(b)) - Number(isFeasible(a)) ||
  (isFeasible(a) ? 0 : (a.violation ?? 0) - (b.violation ?? 0)) ||
  (b.objective ?? 0) - (a.objective ?? 0) ||
  a.number - b.number

const four = (value: number | null): string => (value ?? NaN).toFixed(4)
const bestAndMedian = (rows: readonly Row[]): string[] => {
  const objectives = rows.map(({ objective }) => objective ?? NaN)
  return [four(median(objectives)), four(Math.max(...objectives))]
}

interface Facts extends ReturnType<typeof stored> {
  readonly id: string
  readonly folder: string
  readonly budget: number
  /** Beta of the first layer. */
  readonly beta: number
}

interface Known {
  /** How the line begins. */
  readonly line: RegExp
  readonly source: string
  /** Every number of the line, in its order. */
  readonly numbers: (facts: Facts) => readonly string[]
}

const finished = ({ rows }: Facts): Row[] => rows.filter(({ state }) => state !== 'waiting' && state !== 'running')
const early = ({ rows }: Facts): Row[] => rows.filter(isEarly)
const failed = ({ rows }: Facts): Row[] => rows.filter(({ state }) => state === 'failed')
const ranked = ({ rows }: Facts): Row[] => rows.filter(({ objective }) => objective !== null).sort(byMerit)
const state = ({ rows }: Facts, name: string): string => String(rows.filter((row) => row.state === name).length)
const spent = (rows: readonly Row[]): number => sum(rows, ({ duration_ms: ms }) => ms ?? 0)
/** A restart begins a design of its own, which is no part of the initial one. */
const design = (facts: Facts): Row[] =>
  finished(facts).filter(({ phase, life }) => phase === 'initial' && (life ?? 0) === 0)
const later = (facts: Facts): Row[] =>
  finished(facts).filter((row) => row.phase !== null && !design(facts).includes(row))
const gain = (rows: readonly Row[]): string[] => {
  const [best] = rows.filter(isFeasible).sort(byMerit)
  return best === undefined ? [] : [four(best.objective), String(best.number)]
}
const shares = (facts: Facts, holds: (row: Row) => boolean): string[] =>
  [design(facts), later(facts)].map((rows) => formatShare(rows.filter(holds).length / rows.length))
const counted = (facts: Facts): string[] => [
  String(facts.rows.filter(isComplete).length),
  String(early(facts).length),
  String(failed(facts).length),
]

const known: readonly Known[] = [
  { line: /^id /, source: 'the folder of the study', numbers: ({ id }) => [id] },
  { line: /^folder /, source: 'the folder of the study', numbers: ({ folder }) => [folder] },
  { line: /^│ silent inhibitory /, source: 'beta; no value is stored here', numbers: () => ['90 %'] },
  { line: /^description /, source: 'rows of the log, its name', numbers: ({ budget }) => [String(budget)] },
  { line: /^state /, source: 'study.state_message', numbers: ({ study }) => study.state_message?.match(/\d+/g) ?? [] },
  {
    line: /^trials /,
    source: 'trial.state, measurement.samples_trained, samples_planned',
    numbers: (facts) => [
      `${finished(facts).length} of ${facts.budget}`,
      ...counted(facts),
      state(facts, 'running'),
      state(facts, 'waiting'),
    ],
  },
  {
    line: /^time /,
    source: 'study.elapsed_ms, created_at_ms, updated_at_ms',
    numbers: ({ study }) => [
      formatDuration(study.elapsed_ms),
      formatTime(study.created_at_ms),
      formatTime(study.updated_at_ms),
    ],
  },
  {
    line: /^Best \d+ of /,
    source: 'rows of measurement',
    numbers: (facts) => [String(ranked(facts).length), String(ranked(facts).length)],
  },
  { line: /^│ trial /, source: 'trial.number', numbers: (facts) => ranked(facts).map(({ number }) => String(number)) },
  {
    line: /^│ accuracy /,
    source: 'measurement.objective',
    numbers: (facts) => ranked(facts).map((row) => four(row.objective)),
  },
  {
    line: /^│ silent excitatory /,
    source: 'beta, constraint_value.value',
    numbers: (facts) => [
      `${facts.beta * 100} %`,
      ...ranked(facts).map(({ excitatory }) => formatAgainst((excitatory ?? NaN) + facts.beta, facts.beta)),
    ],
  },
  {
    line: /^│ +mapSize /,
    source: 'trial.configuration',
    numbers: (facts) => ranked(facts).map((row) => String(row.map_size)),
  },
  {
    line: /^accuracy +\w+: /,
    source: 'measurement.objective by trial.explanation: the best after the initial design, and the best of it',
    numbers: (facts) => [...gain(later(facts)), String(design(facts).length), ...gain(design(facts))],
  },
  { line: /^feasible +\d/, source: 'measurement.violation', numbers: (facts) => shares(facts, isFeasible) },
  { line: /^stopped .* of the initial design/, source: 'trial.state', numbers: (facts) => shares(facts, isEarly) },
  {
    line: /^stopped +none of/,
    source: 'rows of trial',
    numbers: (facts) => [String(finished(facts).length)],
  },
  {
    line: /^stopped .* by layer/,
    source: 'trial.state, silence_stop.layer',
    numbers: (facts) => {
      const [stopped, all] = [early(facts).length, finished(facts).length]
      return [`${stopped} of ${all}`, formatShare(stopped / all), String(stopped)]
    },
  },
  {
    line: /^cost /,
    source: 'trial.duration_ms',
    numbers: (facts) => {
      const [stopped, all] = [spent(early(facts)), spent(finished(facts))]
      return [formatDuration(stopped), formatDuration(all), formatShare(stopped / all)]
    },
  },
  {
    line: /^saved /,
    source: 'measurement.train_duration_ms, samples; the share with trial.duration_ms',
    numbers: (facts) => {
      const saved = sum(early(facts), savedMs)
      return [formatDuration(saved), formatShare(saved / (spent(finished(facts)) + saved))]
    },
  },
  { line: /of stopped trials: /, source: 'measurement.objective', numbers: (facts) => bestAndMedian(early(facts)) },
  {
    line: /of complete trials: /,
    source: 'measurement.objective',
    numbers: (facts) => bestAndMedian(facts.rows.filter(isComplete)),
  },
  { line: /^\d+ failed trials?$/, source: 'trial.state', numbers: (facts) => [String(failed(facts).length)] },
  {
    line: /^non-finite: /,
    source: 'trial.failure_reason',
    numbers: (facts) => [String(failed(facts).length), String(failed(facts)[0]?.number)],
  },
  {
    line: /^Best\t/,
    source: 'measurement.objective, trial.number',
    numbers: (facts) =>
      ranked(facts)
        .slice(0, 1)
        .flatMap((row) => [four(row.objective), String(row.number)]),
  },
  { line: /^Trials\t/, source: 'as in show', numbers: counted },
  {
    line: /^Time\t/,
    source: 'study.elapsed_ms, and what stopping saved, as in show',
    numbers: (facts) => [formatDuration(facts.study.elapsed_ms), formatDuration(sum(early(facts), savedMs))],
  },
]

/** What is wrong with the numbers of a line: each must be there, in this order, and none may be left. */
const wrong = (line: string, facts: Facts): string[] => {
  if (!/\d/.test(line)) return []
  const row = known.find((one) => one.line.test(line))
  if (row === undefined) return [`in no row of the table: ${line}`]
  let rest = line
  for (const number of row.numbers(facts)) {
    const at = rest.indexOf(number)
    if (at < 0 || /\d/.test(rest.slice(0, at))) return [`${line}: not ${number} of ${row.source}, but "${rest}"`]
    rest = rest.slice(at + number.length)
  }
  return /\d/.test(rest) ? [`${line}: more than what is of ${row.source}: "${rest}"`] : []
}

const nothing: Omit<ReportContent, 'view' | 'writtenAt'> = {
  ...{ description: null, environment: [], confirmed: [], standing: [], datasetSha256: null, dataset: null },
  ...{ importanceProblem: null, networkProblem: null },
  figures: { history: [], constraints: [], importance: [], timeline: [], curves: [], network: [], confirmation: [] },
}

/** The lines of `show`, and of the outcome in a report, with what `show` has no label for named. */
const linesOf = (study: OpenStudy): string[] => {
  const { summary, constraints, limits, definitionYaml, trials } = study.snapshot()
  const result = readResult(study)
  const [id = '', ...overview] = overviewText(result, plain).join('\n').split('\n')
  const view = viewOf({ summary, constraints, limits, definitionYaml, trials: packTrials(trials), changed: [] })
  const document = reportDocument({ ...nothing, view, writtenAt: new Date(0) })
  const outcome = document.sections.find(({ title }) => title === 'Outcome')?.blocks ?? []
  const told = outcome.flatMap((block) =>
    block.kind === 'facts' ? block.entries.map(([term, value]) => `${term}\t${value}`) : [],
  )
  return [
    `id ${id}`,
    ...overview.map((line) => (line === study.definition.description ? `description ${line}` : line)),
    ...resultText(result, { columns: 400, styles: plain }).join('\n').split('\n'),
    ...told.filter((line) => /^(Best|Trials|Time)\t/.test(line)),
  ].map((line) => line.trim().replaceAll('\u00a0', ' '))
}

const ended = (number: number, durationMs = 1200) => ({
  ...waitingTrial(number, { configuration: { mapSize: 10 + number } }),
  attempt: 1,
  worker: 'cpu-0',
  startedAtMs: 10,
  endedAtMs: 10 + durationMs,
  durationMs,
  toldOrder: number,
})
const valued = (objective: number, excess: number, samplesTrained = 1000) =>
  measurement({
    objective,
    metrics: { accuracy: objective },
    constraints: [{ name: 'silence:excitatory', value: excess }],
    samplesTrained,
  })
const silence = (sample: number): SilenceStop => ({
  ...{ epoch: 0, sample, nonSpiking: 230, trainSamples: 1000, alpha: 1, beta: 0.2 },
  ...{ kind: 'silence', layer: 'excitatory' },
})
const failure = { reason: 'non-finite', message: 'A value was not finite.' } as const

const trials: readonly Trial[] = [
  { ...ended(0), state: 'complete', measurement: valued(0.71, -0.1) },
  { ...ended(1, 1500), state: 'complete', measurement: valued(0.9, 0.05) },
  { ...ended(2, 300), state: 'stopped', measurement: valued(0.2, 0.03, 250), stop: silence(250) },
  // Found silent after its last sample: complete, and infeasible.
  { ...ended(3, 1100), state: 'stopped', measurement: valued(0.3, 0.04), stop: silence(1000) },
  { ...ended(4, 400), state: 'failed', failure },
]

/** A study with these trials, which another application has. */
const studyOf = async (its: readonly Trial[], state: StudyState): Promise<OpenStudy> => {
  const clock = new ManualClock()
  const library = emptyLibrary(undefined, clock)
  const made = await createTiny(library)
  await made.close()
  const writer = StudyStore.open(join(made.folder, 'study.sqlite'), clock)
  const lock = takeWriterLock(join(made.folder, 'writer.lock'))
  for (const trial of its) {
    writer.asked(waitingTrial(trial.number, { configuration: trial.configuration }))
    writer.moved(trial, trial.state, 9000)
  }
  writer.stateChanged(state, 9000)
  const study = await library.open(made.id)
  onTestFinished(async () => {
    await study.close()
    writer.close()
    lock?.release()
  })
  // The list says the same.
  const [summary] = await listed(library)
  expect(summary?.counts).toEqual(study.summary().counts)
  expect(summary?.timeSavedMs).toBe(study.summary().timeSavedMs)
  return study
}

const log = [
  'map_size,decoder,valid,stopped,processed_images,constraint_0,start_date,end_date,algorithm',
  '40,all,0.5,False,120,-0.1,2024-01-01 10:00:00,2024-01-01 11:00:00,InitSCBO',
  '80,vote,0.25,True,50,0.02,2024-01-01 11:00:00,2024-01-01 11:30:00,InitSCBO',
  '120,vote,0.75,False,120,-0.08,2024-01-01 13:00:00,2024-01-01 14:00:00,SCBO',
  '60,all,0.625,False,120,-0.06,2024-01-01 15:00:00,2024-01-01 16:00:00,InitSCBO',
].join('\n')

const imported = async (): Promise<OpenStudy> => {
  const file = join(temporaryFolder(), 'log.csv')
  writeFileSync(file, log)
  const { study } = await emptyLibrary().importLog(file, null)
  onTestFinished(() => study.close())
  return study
}

const running = (number: number): Trial => ({
  ...waitingTrial(number, { configuration: { mapSize: 10 + number } }),
  ...{ state: 'running', attempt: 1, worker: 'cpu-0', startedAtMs: 10, durationMs: null, progress: null },
})
const finishedState = {
  kind: 'finished',
  reason: 'trial-budget',
  detail: 'all 4 trials of the budget are done',
} as const
const errorState = { kind: 'error', reason: 'dataset', message: 'The file is damaged at byte 12.' } as const

describe('every number that is told', () => {
  it.each([
    ['a finished study', () => studyOf(trials, finishedState), 4, 0.2],
    ['a running study', () => studyOf([...trials, running(5), running(6)], { kind: 'running' }), 4, 0.2],
    ['an imported study', imported, 4, 0.1],
    [
      'a failed study',
      () =>
        studyOf(
          trials.slice(4).map((trial) => ({ ...trial, number: trialNumber(0) })),
          errorState,
        ),
      4,
      0.2,
    ],
  ] as const)('is what is stored, of %s', async (_, open, budget, beta) => {
    const study = await open()
    const facts: Facts = { ...stored(study), id: study.id, folder: study.folder, budget, beta }
    const lines = linesOf(study)
    expect(lines.filter((line) => /\d/.test(line)).length).toBeGreaterThan(7)
    expect(lines.flatMap((line) => wrong(line, facts))).toEqual([])
  })

  it('fails where a number is in no row, or is another', async () => {
    const study = await studyOf(trials, finishedState)
    const facts: Facts = { ...stored(study), id: study.id, folder: study.folder, budget: 4, beta: 0.2 }
    expect(wrong('energy 12 pJ', facts)).toHaveLength(1)
    expect(wrong('Trials\t3 complete, 2 stopped early, 1 failed', facts)).toHaveLength(1)
    expect(wrong('Trials\t3 complete, 1 stopped early, 1 failed', facts)).toEqual([])
  })
})
