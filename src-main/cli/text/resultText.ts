import { oneSeedWords } from '../../../src-core/progress/seedWords.ts'
import { bestTable, trialsThatFit } from './bestTable.ts'
import { countOf, formatCount } from './format.ts'
import { initialDesignText } from './initialDesignText.ts'
import { reproductionText } from './reproductionText.ts'
import { silenceText } from './silenceText.ts'
import type { Styles } from './styledLine.ts'
import type { StudyResult } from './studyResult.ts'

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
          ...labelled(silenceText(result.silence, result.definition.objective.metric), styles)
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
  const { metric } = definition.objective
  const input = { rows: ranked, constraints, limits: definition.constraints, metric, searched, columns, styles }
  const rows = ranked.slice(0, trials ?? trialsThatFit(input))
  const title =
    rows.length === 1 ? 'Best trial' : `Best ${rows.length} of ${formatCount(ranked.length)} measured trials`
  const oneSeed = searched.length > 0 && ranked.length > 1 ? [styles.dim(oneSeedWords)] : []
  return [styles.bold(title), bestTable({ ...input, rows }), ...oneSeed]
}

const initialDesignLines = ({ initialDesign, definition }: StudyResult, styles: Styles): string[] => {
  // Before the first trial after the design there is nothing to compare.
  if (initialDesign === null || initialDesign.after.finished === 0) return []
  const pairs = initialDesignText(initialDesign, definition)
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
