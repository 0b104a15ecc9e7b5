/**
 * Every number that `show` and a report tell of a study, against the columns of its database. A number that is told and in no row
 * of the table fails, and so does one that is not what is stored.
 */
import { describe, expect, it } from 'vitest'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import { overviewText } from '../../../src-main/cli/text/overviewText.ts'
import { resultText } from '../../../src-main/cli/text/resultText.ts'
import { readResult } from '../../../src-main/cli/text/studyResult.ts'
import { formatAgainst, formatDuration, formatShare, formatTime } from '../../../src-main/cli/text/format.ts'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { type ReportContent, reportDocument } from '../../../src-renderer/report/reportSections.ts'
import { viewOf } from '../../../src-renderer/trials/studyView.ts'
import {
  bestAndMedian,
  counted,
  design,
  early,
  factsOf,
  failed,
  finished,
  four,
  gain,
  isComplete,
  isEarly,
  isFeasible,
  later,
  ranked,
  savedMs,
  shares,
  spent,
  state,
  sum,
} from '../../support/numbers/facts.ts'
import { type Known, wrong } from '../../support/numbers/known.ts'
import { toldStudies } from '../../support/numbers/studies.ts'
import { plain } from '../cli/fixtures.ts'

const known: readonly Known[] = [
  { line: /^id /, source: 'the folder of the study', numbers: ({ id }) => [id] },
  { line: /^folder /, source: 'the folder of the study', numbers: ({ folder }) => [folder] },
  { line: /^│ {3}inhibitory \(≤/, source: 'beta; no value is stored here', numbers: () => ['90 %'] },
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
    line: /^│ {3}excitatory \(≤/,
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

describe('every number that is told', () => {
  it.each(toldStudies)('is what is stored, of $name', async ({ open, ...told }) => {
    const study = await open()
    const facts = factsOf(study, told)
    const lines = linesOf(study)
    expect(lines.filter((line) => /\d/.test(line)).length).toBeGreaterThan(7)
    expect(lines.flatMap((line) => wrong(line, facts, known))).toEqual([])
  })

  it('fails where a number is in no row, or is another', async () => {
    const [{ open, ...told }] = toldStudies
    const facts = factsOf(await open(), told)
    expect(wrong('energy 12 pJ', facts, known)).toHaveLength(1)
    expect(wrong('Trials\t3 complete, 2 stopped early, 1 failed', facts, known)).toHaveLength(1)
    expect(wrong('Trials\t3 complete, 1 stopped early, 1 failed', facts, known)).toEqual([])
  })
})
