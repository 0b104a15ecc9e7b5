import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bestTrials } from '../../../src-core/progress/best.ts'
import { initialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { silenceReport } from '../../../src-core/progress/silenceReport.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { overviewText } from '../../../src-main/cli/text/overviewText.ts'
import { resultText } from '../../../src-main/cli/text/resultText.ts'
import type { StudyResult } from '../../../src-main/cli/text/studyResult.ts'
import { complete, definition, stopped } from '../../core/progress/fixtures.ts'
import { coloured, constraints, plain, view } from './fixtures.ts'

const searching: StudyDefinition = {
  ...definition({ trials: 10 }),
  space: {
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
    mapSize: { type: 'integer', low: 10, high: 1000, sampler: 'uniform' },
    learningRatePre: { type: 'real', low: 1e-4, high: 1e-3, sampler: 'log-uniform' },
    tauThetaDecayMs: { type: 'real', low: 1e6, high: 1e7, sampler: 'uniform' },
  },
}

const measured = (row: TrialRow): TrialRow => ({
  ...row,
  configuration: {
    decoder: 'vote',
    mapSize: 100 + row.number,
    learningRatePre: 0.00084761,
    tauThetaDecayMs: 2042123.4,
  },
  constraints: [
    { name: 'silence:excitatory', value: -0.021 },
    { name: 'silence:inhibitory', value: row.state === 'stopped' ? 0.012 : -0.05 },
  ],
})

const resultOf = (rows: TrialRow[], rest: Partial<StudyResult> = {}): StudyResult => ({
  summary: view(rows).summary,
  definition: searching,
  constraints,
  ranked: bestTrials(rows, rows.length),
  initialDesign: initialDesignReport(rows),
  silence: silenceReport(rows),
  failures: [],
  withoutNetwork: [],
  resuming: [],
  reproduction: { kind: 'not-applicable' },
  confirmation: null,
  ...rest,
})

const text = (result: StudyResult, columns = 80, trials?: number): string =>
  resultText(result, { columns, styles: plain, trials }).join('\n')

describe('overviewText', () => {
  it('says where waiting trials go on, the first by name, and not hundreds of them', () => {
    const said = (count: number): string => {
      const resuming = Array.from({ length: count }, (_, number) => ({ number, resumesAt: 0.6399 - number / 10 }))
      return overviewText(resultOf([], { resuming }), plain).join('\n')
    }
    expect(said(0)).not.toContain('resumes')
    expect(said(1)).toContain('waiting    trial 0 resumes at 63 %\n')
    expect(said(2)).toContain('trial 0 resumes at 63 %, trial 1 at 53 %\n')
    const many = Array.from({ length: 9 }, (_, number) => ({ number, resumesAt: 0.5 }))
    expect(overviewText(resultOf([], { resuming: many }), plain).join('\n')).toContain(
      'trial 5 at 50 %, 3 more where they were\n',
    )
  })

  it('says that a confirmation is running, and how far it is', () => {
    const runs = [null, null].map((outcome, seed) => ({ trial: 0, seed, outcome }))
    const confirmation = { id: 1, startedAtMs: 0, state: 'running', message: null, runs } as const
    const said = (result: StudyResult): string => overviewText(result, plain).join('\n')
    expect(said(resultOf([complete(0, 0.7)], { confirmation }))).toContain(
      'A confirmation is running: 0 of 2 networks have been trained',
    )
    expect(said(resultOf([complete(0, 0.7)]))).not.toContain('confirmation')
  })
})

describe('resultText', () => {
  it('says how many networks could not be kept, and why the last one', () => {
    const rows = [
      complete(0, 0.7),
      { ...complete(1, 0.8), networkProblem: 'The network could not be written to /a: its disk fails.' },
    ]
    const said = text(resultOf(rows.map(measured), { withoutNetwork: [rows[1] ?? complete(1, 0.8)] }))
    expect(said).toContain(
      '1 trial measured without keeping the network\n  trial 1: The network could not be written to /a: its disk fails.',
    )
  })

  it('shows the best trials side by side, and what silence cost and saved', () => {
    const rows = [complete(0, 0.713), complete(1, 0.2), stopped(2, 0.11)].map(measured)
    expect(text(resultOf(rows))).toMatchInlineSnapshot(`
      "Best 3 of 3 measured trials
      ┌──────────────────────┬──────────┬──────────┬──────────┐
      │ trial                │        0 │        1 │        2 │
      ├──────────────────────┼──────────┼──────────┼──────────┤
      │ state                │ complete │ complete │  stopped │
      │ accuracy             │   0.7130 │   0.2000 │   0.1100 │
      │ non-spiking share:   │          │          │          │
      │   excitatory (≤ 5 %) │   2.90 % │   2.90 % │   2.90 % │
      │   inhibitory (≤ 5 %) │   0.00 % │   0.00 % │   6.20 % │
      │ feasible             │      yes │      yes │       no │
      ├──────────────────────┼──────────┼──────────┼──────────┤
      │ network:             │          │          │          │
      │   mapSize            │      100 │      101 │      102 │
      │ neurons:             │          │          │          │
      │   tauThetaDecayMs    │  2.042e6 │  2.042e6 │  2.042e6 │
      │ encoding:            │          │          │          │
      │   decoder            │     vote │     vote │     vote │
      │ learning:            │          │          │          │
      │   learningRatePre    │ 8.476e-4 │ 8.476e-4 │ 8.476e-4 │
      └──────────────────────┴──────────┴──────────┴──────────┘
      One seed each: the best of many is optimistic until confirmed with others.

      What silence cost and saved
        stopped   1 of 3 trials (33.3 %), by layer: 1 excitatory
        cost      0.1 s of 2.1 s worker time (4.8 %) went to stopped trials
        saved     about 0.9 s of worker time, 30.0 % of the time without stopping
        accuracy  of stopped trials: median 0.1100, at most 0.1100
                  of complete trials: median 0.4565, at most 0.7130
      "
    `)
  })

  it('shows a cost that is minimised as the positive number that it is, and what has a limit beside it', () => {
    const definition: StudyDefinition = {
      ...searching,
      objective: { metric: 'spikesPerSample', split: 'validation' },
      constraints: [{ metric: 'synapticOperationsPerSample', atMost: 40_000 }],
    }
    const costing = (number: number, spikes: number, operations: number, initialDesign: boolean): TrialRow => ({
      ...complete(number, -spikes, Math.max(0, operations / 40_000 - 1)),
      constraints: [{ name: 'metric:synapticOperationsPerSample', value: operations / 40_000 - 1 }],
      metrics: { spikesPerSample: spikes, synapticOperationsPerSample: operations },
      initialDesign,
    })
    const rows = [costing(0, 1204.5, 38_000, true), costing(1, 311.25, 41_000, true), costing(2, 800, 12_345, false)]
    const shown = text(resultOf(rows, { definition, constraints: [] }), 120)
    expect(shown).toMatch(/spikes per sample, minimised +│ +800\.00 │ +1,204\.5 │ +311\.25 │/)
    expect(shown).toMatch(/synaptic operations per sample \(≤ 40,000\) │ +12,345 │ +38,000 │ +41,000 │/)
    expect(shown).toContain(
      'spikes per sample  RANDOM: 800.00 (trial 2); its random initial design of 2: 1,204.5 (trial 0)',
    )
    expect(shown).not.toContain('accuracy')
    expect(shown).not.toMatch(/-\d/)
    const stoppedToo = [...rows, stopped(3, -20.5)]
    expect(text(resultOf(stoppedToo, { definition, constraints: [] }), 120)).toContain(
      'of complete trials: median 800.00, at least 311.25',
    )
  })

  it('compares the best trial with the best of the initial design, once there is something to compare', () => {
    const definition = { ...searching, optimiser: { type: 'scbo' } } as const
    const design = [complete(0, 0.713), complete(1, 0.9, 0.2), stopped(2, 0.11)].map(measured)
    const rows = design.map((row) => ({ ...row, initialDesign: true }))
    expect(text(resultOf(rows, { definition }))).not.toContain('initial design')
    const later = [complete(3, 0.8), stopped(4, 0.2), complete(5, 0.75)].map(measured)
    rows.push(...later.map((row) => ({ ...row, initialDesign: false })))
    expect(text(resultOf(rows, { definition }))).toContain(
      [
        'What the search gained',
        '  accuracy  SCBO: 0.8000 (trial 3); its random initial design of 3: 0.7130 (trial 0)',
        '  feasible  33.3 % of the initial design, 66.7 % after it',
        '  stopped   33.3 % of the initial design, 33.3 % after it',
      ].join('\n'),
    )
  })

  it('says so where nothing of the initial design was feasible', () => {
    const rows = [
      { ...measured(stopped(0, 0.11)), initialDesign: true },
      { ...measured(complete(1, 0.7)), initialDesign: false },
    ]
    expect(text(resultOf(rows))).toContain('0.7000 (trial 1); its random initial design of 1: nothing feasible')
  })

  it('shows as many trials as fit beside each other, or as many as asked for, never wider than the terminal', () => {
    const result = resultOf([...Array(30).keys()].map((number) => measured(complete(number, 0.5 + number / 100))))
    expect(text(result, 80)).toContain('Best 5 of 30 measured trials')
    expect(text(result, 120)).toContain('Best 8 of 30 measured trials')
    expect(text(result, 80, 9)).toContain('Best 9 of 30 measured trials')
    for (const columns of [80, 100, 120]) {
      const lines = resultText(result, { columns, styles: coloured, trials: 9 }).join('\n').split('\n')
      const widths = lines.filter((line) => /[│┌├└]/.test(line)).map((line) => stripVTControlCharacters(line).length)
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
    }
  })

  it('names the reasons of failed trials', () => {
    const failures = [{ reason: 'non-finite' as const, trials: 3, example: 5 }]
    expect(text(resultOf([], { failures }))).toContain('3 failed trials\n  non-finite: 3, for example trial 5')
  })

  it('says so when nothing was measured, and when nothing was stopped', () => {
    expect(text(resultOf([]))).toContain('No trial was measured.')
    expect(text(resultOf([measured(complete(0, 0.5))]))).toContain('none of 1 trial: silence cost nothing here')
  })

  it('says whether an exported configuration was reproduced', () => {
    const provenance = {
      application: 'spiketune 1.0.0',
      study: 'search-1',
      trial: 12,
      datasetSha256: 'a'.repeat(64),
      metrics: { accuracy: 0.7 },
      constraints: {},
    }
    const exported = { definition: { ...searching, provenance } }
    const rows = [measured(complete(0, 0.7))]
    const reproduced = { kind: 'compared', reproduced: true, differences: [] } as const
    expect(text(resultOf(rows, { ...exported, reproduction: reproduced }))).toContain(
      'Reproduced: all metrics and constraints equal those of trial 12 of search-1 exactly.',
    )
    const pruned = { kind: 'pruned', rule: 'asha', epoch: 2, accuracy: 0.3, threshold: 0.5, trials: 6 } as const
    const ending = { ...searching, provenance: { ...provenance, pruned } }
    expect(text(resultOf(rows, { definition: ending, reproduction: reproduced }))).toContain(
      'exactly.\n  It was pruned after epoch 3 there, and its training ends there again.',
    )
    const differences = [{ name: 'accuracy', exported: 0.7, measured: 0.6 }]
    expect(
      text(resultOf(rows, { ...exported, reproduction: { kind: 'compared', reproduced: false, differences } })),
    ).toContain('accuracy: exported 0.7, measured 0.6')
    const other = { kind: 'other-dataset', exportedSha256: 'a'.repeat(64), measuredSha256: 'b'.repeat(64) } as const
    expect(text(resultOf(rows, { ...exported, reproduction: other }))).toContain(
      'Warning: this is not the dataset that trial 12 of search-1 was measured on',
    )
  })
})
