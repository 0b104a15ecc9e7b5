import type { DesignPart, InitialDesignReport } from '../../../src-core/progress/initialDesign.ts'
import { isMinimised, metricName, objectiveNumber } from '../../../src-core/progress/objectiveText.ts'
import type { Reproduction } from '../../../src-core/progress/reproduction.ts'
import { oneSeedWords } from '../../../src-core/confirmation/summarise.ts'
import type { GroupReport, SilenceReport } from '../../../src-core/progress/silenceReport.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { type ShownMetric, shownObjective, type StudyWords, wordsOf } from '../../../src-core/study/studyWords.ts'
import { bestTable, trialsThatFit } from './bestTable.ts'
import { countOf, formatCount, formatDuration, formatShare } from './format.ts'
import type { StudyResult } from './studyResult.ts'
import type { Styles } from './styledLine.ts'

type Pairs = (readonly [label: string, value: string])[]

/** What silence cost and saved, as labels and values. */
const silenceText = (report: SilenceReport, metric: ShownMetric, { stoppedBy }: StudyWords): Pairs => {
  const { finished, stopped } = report
  if (stopped === 0) return [['stopped', `none of ${countOf(finished, 'trial')}: silence cost nothing here`]]
  const layers = report.layers.map(({ layer, trials }) => `${formatCount(trials)} ${layer}`).join(', ')
  return [
    [
      'stopped',
      `${formatCount(stopped)} of ${formatCount(finished)} trials (${formatShare(report.stoppedShare)}), ${stoppedBy(layers)}`,
    ],
    [
      'cost',
      `${formatDuration(report.stoppedComputeMs)} of ${formatDuration(report.computeMs)} worker time ` +
        `(${formatShare(report.stoppedComputeShare)}) went to stopped trials`,
    ],
    [
      'saved',
      `about ${formatDuration(report.timeSavedMs)} of worker time, ` +
        `${formatShare(report.timeSavedShare)} of the time without stopping`,
    ],
    ...objectives(metric, 'of stopped trials', metricName(metric), report.stoppedTrials),
    ...objectives(metric, 'of complete trials', '', report.completeTrials),
  ]
}

const objectives = (
  metric: ShownMetric,
  of: string,
  label: string,
  { medianObjective, bestObjective }: GroupReport,
): Pairs => {
  if (medianObjective === null || bestObjective === null) return []
  const [median, best] = [medianObjective, bestObjective].map((value) => objectiveNumber(metric, value))
  return [[label, `${of}: median ${median}, ${isMinimised(metric) ? 'at least' : 'at most'} ${best}`]]
}

/** Whether an exported configuration gave the same result again, as lines of text; the first of them says it all. */
const reproductionText = (
  reproduction: Reproduction,
  { study, trial, pruned }: NonNullable<StudyDefinition['provenance']>,
): { ok: boolean; lines: string[] } | null => {
  const origin = `trial ${trial} of ${study}`
  const ending =
    pruned === undefined
      ? []
      : [`  It was pruned after epoch ${pruned.epoch + 1} there, and its training ends there again.`]
  switch (reproduction.kind) {
    case 'not-applicable':
      return null
    case 'other-dataset':
      return {
        ok: false,
        lines: [
          `Warning: this is not the dataset that ${origin} was measured on, so its result cannot be compared.`,
          `  exported: sha256 ${reproduction.exportedSha256}`,
          `  here:     sha256 ${reproduction.measuredSha256}`,
        ],
      }
    case 'compared':
      if (reproduction.reproduced) {
        const lines = [`Reproduced: all metrics and constraints equal those of ${origin} exactly.`, ...ending]
        return { ok: true, lines }
      }
      return {
        ok: false,
        lines: [
          `Warning: the result differs from that of ${origin}.`,
          ...reproduction.differences.map(
            ({ name, exported, measured }) => `  ${name}: exported ${exported}, measured ${measured ?? 'nothing'}`,
          ),
          ...ending,
          '  The same version of Spiketune gives the same result; see application under provenance in the exported file.',
        ],
      }
  }
}

/** The best trial after the initial design beside the best of it, as labels and values. */
const initialDesignText = (
  { initial, after }: InitialDesignReport,
  { optimiser: { type } }: Pick<StudyDefinition, 'optimiser'>,
  metric: ShownMetric,
): Pairs => [
  [
    metricName(metric),
    `${type.toUpperCase()}: ${bestText(after, metric)}; its random initial design of ${formatCount(initial.finished)}: ${bestText(initial, metric)}`,
  ],
  [
    'feasible',
    `${formatShare(initial.feasibleShare)} of the initial design, ${formatShare(after.feasibleShare)} after it`,
  ],
  [
    'stopped',
    `${formatShare(initial.stoppedShare)} of the initial design, ${formatShare(after.stoppedShare)} after it`,
  ],
]

const bestText = ({ best }: DesignPart, metric: ShownMetric): string =>
  best === null ? 'nothing feasible' : `${objectiveNumber(metric, best.objective)} (trial ${best.number})`

interface ResultTextOptions {
  readonly columns: number
  readonly styles: Styles
  /** How many of the best trials to show; as many as stand beside each other unless told. */
  readonly trials?: number | undefined
}

/** What a study came to, for people: the best trials, silence, failures, and whether an export was reproduced. */
export const resultText = (result: StudyResult, options: ResultTextOptions): string[] => {
  const { styles } = options
  const failed = result.failures.reduce((sum, { trials }) => sum + trials, 0)
  return [
    ...bestLines(result, options),
    '',
    ...initialDesignLines(result, styles),
    ...(result.silence.finished === 0
      ? []
      : [
          styles.bold('What silence cost and saved'),
          ...labelled(
            silenceText(result.silence, shownObjective(result.definition), wordsOf(result.definition.network.type)),
            styles,
          )
            .split('\n')
            .map(indented),
          '',
        ]),
    ...(failed === 0
      ? []
      : [
          styles.bold(`${countOf(failed, 'failed trial')}`),
          ...result.failures.map(({ reason, trials, example }) =>
            indented(`${reason}: ${formatCount(trials)}, for example trial ${example}`),
          ),
          '',
        ]),
    ...withoutNetworkLines(result, styles),
    ...reproductionLines(result, styles),
  ]
}

/** The last reason stands for all: as a rule it is the same one. */
const withoutNetworkLines = ({ withoutNetwork }: StudyResult, styles: Styles): string[] => {
  const [last] = withoutNetwork
  if (last === undefined) return []
  const title = `${countOf(withoutNetwork.length, 'trial')} measured without keeping the network`
  return [styles.bold(title), indented(`trial ${last.number}: ${last.networkProblem ?? ''}`), '']
}

const bestLines = (result: StudyResult, { columns, styles, trials }: ResultTextOptions): string[] => {
  const { ranked, constraints, definition } = result
  if (ranked.length === 0) return ['No trial was measured.']
  const searched = Object.keys(definition.space)
  const input = { rows: ranked, constraints, definition, columns, styles }
  const rows = ranked.slice(0, trials ?? trialsThatFit(input))
  const title =
    rows.length === 1 ? 'Best trial' : `Best ${rows.length} of ${formatCount(ranked.length)} measured trials`
  const single = rows.every(({ replicates }) => replicates === undefined)
  const oneSeed = searched.length > 0 && ranked.length > 1 && single ? [styles.dim(oneSeedWords)] : []
  return [styles.bold(title), bestTable({ ...input, rows }), ...oneSeed]
}

const initialDesignLines = ({ initialDesign, definition }: StudyResult, styles: Styles): string[] => {
  // Before the first trial after the design there is nothing to compare.
  if (initialDesign === null || initialDesign.after.finished === 0) return []
  const pairs = initialDesignText(initialDesign, definition, shownObjective(definition))
  return [styles.bold('What the search gained'), ...labelled(pairs, styles).split('\n').map(indented), '']
}

const reproductionLines = ({ reproduction, definition: { provenance } }: StudyResult, styles: Styles): string[] => {
  const text = provenance && reproductionText(reproduction, provenance)
  if (!text) return []
  const style = text.ok ? styles.green : styles.yellow
  return [...text.lines.map((line) => style(line)), '']
}

const indented = (line: string): string => `  ${line}`

/** Names and values below each other, the values aligned. */
export const labelled = (pairs: readonly (readonly [label: string, value: string])[], styles: Styles): string => {
  const width = Math.max(0, ...pairs.map(([label]) => label.length))
  return pairs.map(([label, value]) => `${styles.dim(label.padEnd(width))}  ${value}`).join('\n')
}
