import { describe, expect, it } from 'vitest'
import { confirmationEstimateMs, confirmedRows, type ConfirmedRow } from '../../../src-renderer/decide/confirmedRows.ts'
import { confirmationPlot, confirmedWords, valueRange } from '../../../src-renderer/decide/confirmationPlot.ts'
import { roundNumbers } from '../../../src-renderer/charts/axes.ts'
import { confirmationStanding } from '../../../src-core/confirmation/summarise.ts'
import { isReport } from '../../../src-core/contracts/window/savedFiles.ts'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import { markKind } from '../../../src-renderer/charts/marks.ts'
import { escapeHtml, reportHtml } from '../../../src-renderer/decide/report.ts'
import { summarise } from '../../support/summarise.ts'
import { viewOf } from '../../../src-renderer/trials/studyView.ts'
import { cardOf } from '../../core/datasets/cards.ts'
import { complete, input, stopped } from '../../core/progress/fixtures.ts'

describe('the axis of a confirmation', () => {
  const row: ConfirmedRow = {
    trial: 1,
    planned: 2,
    failed: 0,
    accuracies: [0.8, 0.9],
    values: [0.8, 0.9],
    mean: 0.85,
    standardDeviation: 0.07,
    interval: { low: 0.2, high: 1.5 },
    feasibleShare: 1,
    searched: 0.95,
  }

  it('holds every run, the search and the interval, within what an accuracy can be', () => {
    expect(valueRange([row], 'accuracy')).toEqual({ low: expect.closeTo(0.12, 10) as number, high: 1 })
    expect(valueRange([], 'accuracy')).toEqual({ low: 0, high: 1 })
  })

  it('is of a plot with each mean at its trial, hollow where a run broke a constraint, none before the first run', () => {
    const others = [
      { ...row, trial: 7, feasibleShare: 0.5 },
      { ...row, trial: 9, mean: null, interval: null, values: [] },
    ]
    const { x, marks } = confirmationPlot([row, ...others], 'accuracy')
    expect(x.categories).toEqual(['Trial 1', 'Trial 7', 'Trial 9'])
    expect([...(marks?.numbers ?? [])]).toEqual([1, 7, 9])
    expect([...(marks?.kinds ?? [])].slice(0, 2).map(markKind)).toEqual(['feasible', 'infeasible'])
    expect([...(marks?.y ?? [])]).toEqual([0.85, 0.85, NaN])
    expect(confirmedWords(others[1], 'accuracy')).toEqual(['Trial 9, 0 of 2 runs', 'in the search 0.9500'])
  })

  it('has round ticks inside', () => {
    expect(roundNumbers(0.83, 0.91, 5)).toEqual([0.84, 0.86, 0.88, 0.9])
    expect(roundNumbers(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  })
})

describe('the report', () => {
  const trials = [
    complete(0, 0.8),
    { ...complete(1, 0.9), configuration: { mapSize: 400, decoder: '<b>' } },
    stopped(2, 0.95),
  ]
  const view = viewOf({
    summary: { ...summarise({ ...input(), id: 'a<script>', trials, dataWarnings: ['<i>dark</i>'] }), name: 'a' },
    constraints: [],
    limits: [],
    definitionYaml: 'name: "x" # <img onerror=alert(1)>',
    trials: packTrials(trials),
    changed: [],
  })
  const content = {
    view,
    environment: [{ term: 'Processor', value: 'A & B' }],
    confirmed: [],
    standing: [],
    figures: [{ title: 'A', caption: 'b < c', svg: '<svg></svg>' }],
    datasetSha256: 'ab12',
    dataset: null,
    writtenAt: new Date(0),
  }
  const html = reportHtml(content)

  it('escapes everything that a study holds', () => {
    expect(escapeHtml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;')
    for (const raw of ['a<script>', '<img', '<b>', '<i>', 'A & B', 'b < c']) expect(html, raw).not.toContain(raw)
    expect(html).toContain('&lt;img onerror=alert(1)&gt;')
  })

  it('carries its policy, also where it is saved', () => {
    expect(isReport(html)).toBe(true)
  })

  it('names the best feasible trial, what it was measured on, and when it was written', () => {
    expect(html).toContain('0.9000, trial 1')
    expect(html.indexOf('Trial 1<')).toBeLessThan(html.indexOf('Trial 0<'))
    expect(html).toContain('ab12')
    expect(html).toContain('1970-01-01T00:00:00.000Z')
    expect(html).toContain('<svg></svg>')
  })

  it('says that a confirmation is running, whose best is not known yet', () => {
    const runs = [0.8, null].map((accuracy, seed) => ({
      trial: 1,
      seed,
      outcome:
        accuracy === null
          ? null
          : { kind: 'measured' as const, accuracy, constraints: [], metrics: {}, stopped: false, durationMs: 1 },
    }))
    const part = { state: 'running' as const, runs }
    const standing = [confirmationStanding(part) ?? '']
    const confirmed = confirmedRows({ ...part, id: 1, startedAtMs: 0, message: null }, trials, 'accuracy')
    const during = reportHtml({ ...content, confirmed, standing })
    expect(during).toContain('A confirmation is running: 1 of 2 networks have been trained')
    expect(during).toContain('Best so far: trial 1.')
    expect(confirmationStanding({ ...part, state: 'finished' })).toBeNull()
    expect(reportHtml({ ...content, confirmed })).toContain('Confirmed best: trial 1.')
    expect(html).not.toContain('is running')
  })

  it('has the card of the dataset, and what is suspicious about it', () => {
    expect(html).toContain('<strong>Look at the data:</strong>')
    expect(html).toContain('<li>&lt;i&gt;dark&lt;/i&gt;</li>')
    const known = reportHtml({ ...content, dataset: cardOf() })
    expect(known).toContain('<dt>classes</dt><dd>2: 0 (60), 1 (40)</dd>')
    expect(known).toContain(`<dt>SHA-256</dt><dd>${'a'.repeat(64)}</dd>`)
  })
})

describe('the estimate of a confirmation', () => {
  it('trains in rounds of as many networks as there are workers', () => {
    const trials = [complete(0, 0.8, 0, 4000), complete(1, 0.9, 0, 2000)]
    expect(confirmationEstimateMs(trials, [0, 1], 5, 4)).toBe(3 * 3000)
    expect(confirmationEstimateMs(trials, [7], 5, 4)).toBeNull()
  })
})
