/** The report of a study: one HTML document that needs nothing else, for reading, keeping and printing. */
import { confirmedBest, oneSeedWords, seedWords } from '../../src-core/confirmation/summarise.ts'
import { type DataCard, dataCardFacts } from '../../src-core/datasets/dataCard.ts'
import { bestTrials } from '../../src-core/progress/best.ts'
import { isMinimised, metricName, measuredNumber, objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import { reportStart } from '../../src-core/contracts/window/savedFiles.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { formatCount, formatDuration, formatPercent, notKnown } from '../trials/format.ts'
import type { StudyView } from '../trials/studyView.ts'
import type { ConfirmedRow } from './confirmedRows.ts'

export interface ReportFigure {
  readonly title: string
  readonly caption: string
  readonly svg: string
}

export interface ReportContent {
  readonly view: StudyView
  readonly environment: readonly { readonly term: string; readonly value: string }[]
  /** Empty: nothing has been confirmed. */
  readonly confirmed: readonly ConfirmedRow[]
  /** What is not finished of confirmations, in sentences. */
  readonly standing: readonly string[]
  readonly figures: readonly ReportFigure[]
  /** SHA-256 of the dataset that was measured on; null: not known. */
  readonly datasetSha256: string | null
  /** What that dataset is; null: not known. */
  readonly dataset: DataCard | null
  readonly writtenAt: Date
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)

/** As many as a page is wide. */
const bestShown = 6

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`

const definitions = (entries: readonly (readonly [string, string])[]): string =>
  `<dl>${entries.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`

const outcome = ({ view: { summary } }: ReportContent): string => {
  const { counts, best, metric } = summary
  return definitions([
    [
      'Best',
      best === null
        ? 'nothing measured'
        : `${isMinimised(metric) ? `${metricName(metric)} ` : ''}${objectiveNumber(metric, best.objective, best.standardError)}, trial ${best.number}${best.feasible ? '' : ' (breaks a constraint: no trial keeps them all)'}`,
    ],
    [
      'Trials',
      `${formatCount(counts.complete)} complete, ${formatCount(counts.stopped)} stopped early, ${formatCount(counts.failed)} failed`,
    ],
    [
      'Time',
      `${formatDuration(summary.elapsedMs)}; stopping early saved about ${formatDuration(summary.timeSavedMs)} of training`,
    ],
    ['Created', new Date(summary.createdAtMs).toISOString()],
    ['Folder', summary.folder],
  ])
}

const confirmation = (content: ReportContent): string =>
  content.standing.map((text) => `<p><strong>${escapeHtml(text)}</strong></p>`).join('') + confirmedPart(content)

const confirmedPart = ({ confirmed, standing, view }: ReportContent): string => {
  if (confirmed.length === 0) {
    const single = view.trials.every(({ replicates }) => replicates === undefined)
    return `<p>No trial has been confirmed with other seeds yet. ${single ? oneSeedWords : ''}</p>`
  }
  const metric = view.objective
  const best = confirmedBest(confirmed, metric)
  const number = (value: number): string => measuredNumber(metric, value)
  const orNone = (value: number | null): string => (value === null ? notKnown : number(value))
  const rows = confirmed.map(({ trial, mean, interval, standardDeviation, searched, feasibleShare, values }) => [
    String(trial),
    orNone(mean),
    interval === null ? notKnown : `${number(interval.low)} to ${number(interval.high)}`,
    orNone(standardDeviation),
    orNone(searched),
    feasibleShare === null ? notKnown : formatPercent(feasibleShare, 0),
    String(values.length),
  ])
  return `<p>Trained anew with new seeds, measured on the dataset's own test images.${
    isMinimised(metric) ? ` What is measured: ${metricName(metric)}; less is better.` : ''
  }${
    best === null ? '' : ` ${standing.length > 0 ? 'Best so far' : 'Confirmed best'}: trial ${best.trial}.`
  } ${seedWords(confirmed, number)}</p>${table(['Trial', 'Mean', '95 % interval', 'Deviation', 'In the search', 'Feasible', 'Seeds'], rows)}`
}

const bestTable = ({ view }: ReportContent): string => {
  const best = bestTrials(view.trials, bestShown)
  const names = [...new Set(best.flatMap(({ configuration }) => Object.keys(configuration)))]
  const value = (trial: TrialRow, name: string): string => {
    const found = trial.configuration[name]
    return typeof found === 'number' ? Number(found.toPrecision(5)).toString() : (found ?? notKnown)
  }
  return table(
    ['', ...best.map(({ number }) => `Trial ${number}`)],
    [
      [
        metricName(view.objective),
        ...best.map(({ objective, replicates }) =>
          objectiveNumber(view.objective, objective, replicates?.objectiveStandardError),
        ),
      ],
      ...(best.every(({ replicates }) => replicates === undefined)
        ? []
        : [['replicates', ...best.map(({ replicates }) => String(replicates?.trained ?? 1))]]),
      ['violation', ...best.map(({ violation }) => violation.toPrecision(3))],
      ['seed', ...best.map(({ seed }) => String(seed))],
      ...names.map((name) => [name, ...best.map((trial) => value(trial, name))]),
    ],
  )
}

/** What the dataset is and what is suspicious about it. */
const datasetFacts = ({ dataset, datasetSha256, view }: ReportContent): string => {
  const warnings = view.summary.dataWarnings
  const facts =
    dataset === null
      ? [['SHA-256', datasetSha256 ?? notKnown] as const]
      : dataCardFacts(dataset).map(({ term, words }) => [term, words] as const)
  const list = warnings.map((text) => `<li>${escapeHtml(text)}</li>`).join('')
  return `${definitions(facts)}${list === '' ? '' : `<p><strong>Look at the data:</strong></p><ul>${list}</ul>`}`
}

const style = `
  @page { size: A4; margin: 16mm; }
  body { max-width: 900px; margin: 24px auto; padding: 0 16px; color: #1a2028; font: 13px/1.5 system-ui, sans-serif; }
  h1 { margin: 0; font-size: 24px; } h2 { margin: 28px 0 8px; font-size: 16px; break-after: avoid; }
  table { width: 100%; border-collapse: collapse; font-size: 11px; } th, td { padding: 3px 6px; border-bottom: 1px solid #d9dde3; text-align: right; }
  th:first-child, td:first-child { text-align: left; } dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; } dt { color: #586270; } dd { margin: 0; overflow-wrap: anywhere; }
  figure { margin: 12px 0; break-inside: avoid; } figure svg { max-width: 100%; height: auto; } figcaption { color: #586270; }
  pre { padding: 12px; background: #f4f5f7; font-size: 10px; white-space: pre-wrap; overflow-wrap: anywhere; } .muted { color: #586270; }
`

/** The whole document. Everything that comes from a study is escaped; the figures are SVG of this application's own drawing. */
export const reportHtml = (content: ReportContent): string => {
  const { view, environment, figures, writtenAt } = content
  const { summary } = view
  const section = (title: string, body: string): string => `<section><h2>${escapeHtml(title)}</h2>${body}</section>`
  return `${reportStart}<title>${escapeHtml(summary.id)} – Spiketune</title><style>${style}</style></head><body>
<h1>${escapeHtml(summary.id)}</h1><p class="muted">Report of a Spiketune study, written ${writtenAt.toISOString()}</p>
${section('Outcome', outcome(content))}
${section('Confirmation', confirmation(content))}
${section(
  'Figures',
  figures
    .map(
      ({ title, caption, svg }) =>
        `<figure><h3>${escapeHtml(title)}</h3>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`,
    )
    .join('\n'),
)}
${section(`The ${Math.min(bestShown, view.trials.length)} best trials`, bestTable(content))}
${section('Dataset', datasetFacts(content))}
${section('Environment', definitions(environment.map(({ term, value }) => [term, value] as const)))}
${section('Definition', `<pre>${escapeHtml(view.definitionYaml)}</pre>`)}
</body></html>
`
}
