import { describe, expect, it } from 'vitest'
import { confirmationStanding } from '../../../src-core/confirmation/summarise.ts'
import { isReport } from '../../../src-core/contracts/window/savedFiles.ts'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import { escapeHtml, reportHtml } from '../../../src-renderer/report/reportHtml.ts'
import { reportMarkdown } from '../../../src-renderer/report/reportMarkdown.ts'
import { type ReportContent, reportDocument } from '../../../src-renderer/report/reportSections.ts'
import { confirmedRows } from '../../../src-renderer/decide/confirmedRows.ts'
import { viewOf } from '../../../src-renderer/trials/studyView.ts'
import { cardOf } from '../../core/datasets/cards.ts'
import { complete, input, stopped } from '../../core/progress/fixtures.ts'
import { summarise } from '../../support/summarise.ts'

const trials = [
  { ...complete(0, 0.8), initialDesign: true },
  { ...complete(1, 0.9), configuration: { mapSize: 400, decoder: '<b>|*x*' }, initialDesign: false },
  { ...stopped(2, 0.95), initialDesign: true },
]
const view = viewOf({
  summary: { ...summarise({ ...input(), id: 'a<script>', trials, dataWarnings: ['<i>dark</i>'] }), name: 'a' },
  constraints: [],
  limits: [],
  definitionYaml: 'name: "x" # <img onerror=alert(1)>\n```',
  trials: packTrials(trials),
  changed: [],
})
const none = { history: [], constraints: [], importance: [], timeline: [], curves: [], network: [], confirmation: [] }
const content: ReportContent = {
  view,
  description: 'Is <em> quick?',
  environment: [{ term: 'Processor', value: 'A & B' }],
  confirmed: [],
  standing: [],
  figures: {
    ...none,
    history: [{ title: 'A', caption: 'b < c', svg: '<svg></svg>' }],
    network: [{ title: 'Spikes', caption: 'of ten samples', svg: '<svg width="1"></svg>' }],
  },
  importanceProblem: 'Too few trials.',
  networkProblem: null,
  datasetSha256: 'ab12',
  dataset: null,
  writtenAt: new Date(0),
}
describe('the report', () => {
  const html = reportHtml(reportDocument(content))

  it('escapes everything that a study holds', () => {
    expect(escapeHtml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;')
    for (const raw of ['a<script>', '<img', '<b>', '<i>', 'A & B', 'b < c', '<em>'])
      expect(html, raw).not.toContain(raw)
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

  it('has the card of the dataset, and what is suspicious about it', () => {
    expect(html).toContain('<strong>Look at the data:</strong>')
    expect(html).toContain('<li>&lt;i&gt;dark&lt;/i&gt;</li>')
    const known = reportHtml(reportDocument({ ...content, dataset: cardOf() }))
    expect(known).toContain('<dt>classes</dt><dd>2: 0 (60), 1 (40)</dd>')
    expect(known).toContain(`<dt>SHA-256</dt><dd>${'a'.repeat(64)}</dd>`)
  })

  it('numbers its figures in their order, and leaves out sections that would say nothing', () => {
    expect([...html.matchAll(/<strong>(Figure \d+\. \w+)\./g)].map(([, name]) => name)).toEqual([
      'Figure 1. A',
      'Figure 2. Spikes',
    ])
    const titles = reportDocument(content).sections.map(({ title }) => title)
    expect(titles).not.toContain('Learning curves')
    expect(titles.slice(0, 4)).toEqual(['Question', 'Outcome', 'Confirmation', 'How the search went'])
  })

  it('sets the initial design against what came after it, and says why a part is missing', () => {
    expect(html).toContain('<tr><td>finished trials</td><td>2</td><td>1</td></tr>')
    expect(html).toContain('<tr><td>best feasible</td><td>0.8000 (trial 0)</td><td>0.9000 (trial 1)</td></tr>')
    expect(html).toContain('Too few trials.')
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
    const of = (known: readonly string[]): string =>
      reportHtml(reportDocument({ ...content, confirmed, standing: known }))
    expect(of(standing)).toContain('A confirmation is running: 1 of 2 networks have been trained')
    expect(of(standing)).toContain('Best so far: trial 1.')
    expect(confirmationStanding({ ...part, state: 'finished' })).toBeNull()
    expect(of([])).toContain('Confirmed best: trial 1.')
    expect(html).not.toContain('is running')
  })
})

describe('the report as Markdown', () => {
  const { parts, figures } = reportMarkdown(reportDocument(content))
  const text = parts.map((part) => (typeof part === 'string' ? part : `FILE${part}`)).join('')

  it('has its figures as files, each at its place', () => {
    expect(figures).toEqual(['<svg></svg>', '<svg width="1"></svg>'])
    expect(text).toContain('![A](FILE0)\n\n**Figure 1. A.** b \\< c\n')
    expect(text).toContain('![Spikes](FILE1)')
  })

  it('takes nothing that a study holds for markup', () => {
    expect(text).toContain('| decoder | \\<b\\>\\|\\*x\\* |')
    expect(text).toContain('````\nname: "x" # <img onerror=alert(1)>\n```\n````')
  })

  it('has tables of as many cells in each row', () => {
    for (const table of text.split('\n\n').filter((block) => block.startsWith('|'))) {
      const cells = table
        .trim()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length)
      expect(new Set(cells).size, table).toBe(1)
    }
  })
})
