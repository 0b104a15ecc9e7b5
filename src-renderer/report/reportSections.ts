/** What the report of a study says, section by section; the figures are made elsewhere. */
import { confirmedBest, oneSeedWords, seedWords } from '../../src-core/confirmation/summarise.ts'
import { type DataCard, dataCardFacts } from '../../src-core/datasets/dataCard.ts'
import { bestTrials } from '../../src-core/progress/best.ts'
import { type DesignPart, initialDesignReport } from '../../src-core/progress/initialDesign.ts'
import { isMinimised, metricName, measuredNumber, objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import { shownLimit, type TrialRow } from '../../src-core/progress/readModel.ts'
import { silenceReport } from '../../src-core/progress/silenceReport.ts'
import { nonSpikingShareOf, wordsOf } from '../../src-core/study/studyWords.ts'
import type { ConfirmedRow } from '../decide/confirmedRows.ts'
import { formatCount, formatDuration, formatPercent, notKnown } from '../trials/format.ts'
import type { StudyView } from '../trials/studyView.ts'
import { facts, figure, type ReportBlock, type ReportDocument, type ReportFigure, text } from './reportDocument.ts'

/** The figures of a report by the section that they stand in; an empty list says nothing. */
interface ReportFigures {
  readonly history: readonly ReportFigure[]
  readonly constraints: readonly ReportFigure[]
  readonly importance: readonly ReportFigure[]
  readonly timeline: readonly ReportFigure[]
  readonly curves: readonly ReportFigure[]
  readonly network: readonly ReportFigure[]
  readonly confirmation: readonly ReportFigure[]
}

export interface ReportContent {
  readonly view: StudyView
  /** What the study is about, as its definition says; null: it does not. */
  readonly description: string | null
  readonly environment: readonly { readonly term: string; readonly value: string }[]
  /** Empty: nothing has been confirmed. */
  readonly confirmed: readonly ConfirmedRow[]
  /** What is not finished of confirmations, in sentences. */
  readonly standing: readonly string[]
  readonly figures: ReportFigures
  /** Why there are no figures of the models, or of the best network; null: there are, or nobody asked. */
  readonly importanceProblem: string | null
  readonly networkProblem: string | null
  /** SHA-256 of the dataset that was measured on; null: not known. */
  readonly datasetSha256: string | null
  /** What that dataset is; null: not known. */
  readonly dataset: DataCard | null
  readonly writtenAt: Date
}

/** As many as a page is wide. */
const bestShown = 6

const figuresOf = (figures: readonly ReportFigure[]): ReportBlock[] => figures.map(figure)

const question = ({ description, view: { constraints, limits, objective, summary } }: ReportContent): ReportBlock[] => {
  const words = wordsOf(summary.network)
  return [
    ...(description === null ? [] : [text(description)]),
    facts([
      ['Searched for', `${isMinimised(objective) ? 'least' : 'most'} ${metricName(objective)}`],
      ...constraints.map(({ layer, beta }): [string, string] => [
        nonSpikingShareOf(layer),
        `at most ${formatPercent(beta, 1)} of ${words.whole}`,
      ]),
      ...limits.map((limit): [string, string] => [
        `Limit of ${metricName(shownLimit(limit))}`,
        `${limit.side === 'atMost' ? 'at most' : 'at least'} ${measuredNumber(limit.metric, limit.limit)}`,
      ]),
    ]),
  ]
}

const outcome = ({ view: { summary } }: ReportContent): ReportBlock[] => {
  const { counts, best, metric } = summary
  return [
    facts([
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
    ]),
  ]
}

/** What the optimiser gained over the points that it began with. */
const history = ({ view, figures }: ReportContent): ReportBlock[] => {
  const design = initialDesignReport(view.trials)
  const column = ({ finished, feasibleShare, stoppedShare, best }: DesignPart): string[] => [
    formatCount(finished),
    formatPercent(feasibleShare, 0),
    formatPercent(stoppedShare, 0),
    best === null ? notKnown : `${objectiveNumber(view.objective, best.objective)} (trial ${best.number})`,
  ]
  const parts = design === null ? [] : [column(design.initial), column(design.after)]
  return [
    ...figuresOf(figures.history),
    ...(design === null
      ? [text('The optimiser has no initial design to compare with.')]
      : [
          {
            kind: 'table',
            head: ['', 'Initial design', 'After it'],
            rows: ['finished trials', 'feasible', 'stopped early', 'best feasible'].map((name, place) => [
              name,
              ...parts.map((cells) => cells[place] ?? notKnown),
            ]),
          } as const,
        ]),
    ...figuresOf(figures.timeline),
  ]
}

const silence = ({ view }: ReportContent): ReportBlock[] => {
  const report = silenceReport(view.trials)
  if (report.finished === 0) return [text('No trial has finished yet.')]
  const { stoppedTrials, completeTrials } = report
  const words = wordsOf(view.summary.network)
  const number = (objective: number | null): string =>
    objective === null ? notKnown : objectiveNumber(view.objective, objective)
  const time = (durationMs: number | null): string => (durationMs === null ? notKnown : formatDuration(durationMs))
  return [
    facts([
      [
        'Stopped for silence',
        `${formatCount(report.stopped)} of ${formatCount(report.finished)} finished trials (${formatPercent(report.stoppedShare, 0)})`,
      ],
      ...report.layers.map(({ layer, trials }): [string, string] => [words.silentHead(layer), formatCount(trials)]),
      ['Time saved', `${formatDuration(report.timeSavedMs)} of training (${formatPercent(report.timeSavedShare, 0)})`],
      [
        'Workers’ time',
        `${formatDuration(report.computeMs)}, ${formatPercent(report.stoppedComputeShare, 0)} of it on stopped trials`,
      ],
    ]),
    {
      kind: 'table',
      head: ['', 'Stopped', 'Complete'],
      rows: [
        ['trials', formatCount(stoppedTrials.trials), formatCount(completeTrials.trials)],
        [
          `best ${metricName(view.objective)}`,
          number(stoppedTrials.bestObjective),
          number(completeTrials.bestObjective),
        ],
        [
          `median ${metricName(view.objective)}`,
          number(stoppedTrials.medianObjective),
          number(completeTrials.medianObjective),
        ],
        ['median duration', time(stoppedTrials.medianDurationMs), time(completeTrials.medianDurationMs)],
      ],
    },
  ]
}

const confirmation = (content: ReportContent): ReportBlock[] => [
  ...content.standing.map(text),
  ...confirmedPart(content),
]

const confirmedPart = ({ confirmed, standing, view, figures }: ReportContent): ReportBlock[] => {
  if (confirmed.length === 0) {
    const single = view.trials.every(({ replicates }) => replicates === undefined)
    return [text(`No trial has been confirmed with other seeds yet. ${single ? oneSeedWords : ''}`.trim())]
  }
  const metric = view.objective
  const best = confirmedBest(confirmed, metric)
  const number = (value: number): string => measuredNumber(metric, value)
  const orNone = (value: number | null): string => (value === null ? notKnown : number(value))
  const words = [
    'Trained anew with new seeds, measured on the dataset’s own test samples.',
    ...(isMinimised(metric) ? [`What is measured: ${metricName(metric)}; less is better.`] : []),
    ...(best === null ? [] : [`${standing.length > 0 ? 'Best so far' : 'Confirmed best'}: trial ${best.trial}.`]),
    seedWords(confirmed, number),
  ]
  return [
    text(words.filter((one) => one !== '').join(' ')),
    {
      kind: 'table',
      head: ['Trial', 'Mean', '95 % interval', 'Deviation', 'In the search', 'Feasible', 'Seeds'],
      rows: confirmed.map(({ trial, mean, interval, standardDeviation, searched, feasibleShare, values }) => [
        String(trial),
        orNone(mean),
        interval === null ? notKnown : `${number(interval.low)} to ${number(interval.high)}`,
        orNone(standardDeviation),
        orNone(searched),
        feasibleShare === null ? notKnown : formatPercent(feasibleShare, 0),
        String(values.length),
      ]),
    },
    ...figuresOf(figures.confirmation),
  ]
}

const bestTable = ({ view }: ReportContent): ReportBlock[] => {
  const best = bestTrials(view.trials, bestShown)
  if (best.length === 0) return [text('No trial has been measured yet.')]
  const names = [...new Set(best.flatMap(({ configuration }) => Object.keys(configuration)))]
  const value = (trial: TrialRow, name: string): string => {
    const found = trial.configuration[name]
    return typeof found === 'number' ? Number(found.toPrecision(5)).toString() : (found ?? notKnown)
  }
  return [
    {
      kind: 'table',
      head: ['', ...best.map(({ number }) => `Trial ${number}`)],
      rows: [
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
    },
  ]
}

/** What the dataset is and what is suspicious about it. */
const datasetFacts = ({ dataset, datasetSha256, view }: ReportContent): ReportBlock[] => {
  const items = view.summary.dataWarnings
  return [
    facts(
      dataset === null
        ? [['SHA-256', datasetSha256 ?? notKnown]]
        : dataCardFacts(dataset).map(({ term, words }) => [term, words] as const),
    ),
    ...(items.length === 0 ? [] : [{ kind: 'list', title: 'Look at the data:', items } as const]),
  ]
}

const withProblem = (figures: readonly ReportFigure[], problem: string | null): ReportBlock[] => [
  ...figuresOf(figures),
  ...(problem === null ? [] : [text(problem)]),
]

const reproduce = ({ view: { summary } }: ReportContent): ReportBlock[] => [
  text(
    'The definition below, run by the same version of Spiketune on the same data, comes to the same trials where they end in the same order. ' +
      'A single trial comes to the same numbers wherever it is trained: export it, and run what was exported.',
  ),
  {
    kind: 'code',
    text:
      summary.best === null
        ? `spiketune run definition.yaml`
        : `spiketune run definition.yaml\nspiketune export ${summary.id} --best\nspiketune run ${summary.id}-trial-${summary.best.number}.yaml`,
  },
]

/** The report as a document. */
export const reportDocument = (content: ReportContent): ReportDocument => {
  const { view, environment, figures, writtenAt } = content
  const sections: readonly (readonly [title: string, blocks: readonly ReportBlock[]])[] = [
    ['Question', question(content)],
    ['Outcome', outcome(content)],
    ['Confirmation', confirmation(content)],
    ['How the search went', history(content)],
    ['Constraints', figuresOf(figures.constraints)],
    ['What silence cost, and what stopping saved', silence(content)],
    ['What matters', withProblem(figures.importance, content.importanceProblem)],
    ['Learning curves', figuresOf(figures.curves)],
    [`The ${Math.min(bestShown, view.trials.length)} best trials`, bestTable(content)],
    ['The best network', withProblem(figures.network, content.networkProblem)],
    ['Dataset', datasetFacts(content)],
    ['How to reproduce it', reproduce(content)],
    ['Environment', [facts(environment.map(({ term, value }) => [term, value] as const))]],
    ['Definition', [{ kind: 'code', text: view.definitionYaml }]],
  ]
  return {
    title: view.summary.id,
    about: `Report of a Spiketune study, written ${writtenAt.toISOString()}`,
    sections: sections.filter(([, blocks]) => blocks.length > 0).map(([title, blocks]) => ({ title, blocks })),
  }
}
