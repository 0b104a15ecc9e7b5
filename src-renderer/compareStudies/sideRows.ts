/** Rows of tables that have a column for each compared study. */
import { constraintTitle } from '../../src-core/progress/constraintTitle.ts'
import type { TermKey } from '../../src-core/glossary/glossary.ts'
import type { ComparedImportance } from '../../src-core/studyComparison/comparedImportance.ts'
import type { ComparedStudy, StudyComparison } from '../../src-core/studyComparison/comparison.ts'
import { type Agreement, optimumTable } from '../../src-core/studyComparison/optimumTable.ts'
import { termOfHyperparameter } from '../components/hyperparameterTerms.ts'
import { formatPercent, formatValue, notKnown } from '../trials/format.ts'

export interface SideRow {
  readonly key: string
  readonly name: string
  readonly term: TermKey | null
  /** One for each study. */
  readonly values: readonly string[]
  /** At the end of the row. */
  readonly remark: string
  /** Where a part of the table begins: its name. */
  readonly heading: string | null
}

const agreementText = (agreement: Agreement): string => {
  switch (agreement.kind) {
    case 'same':
      return 'all the same'
    case 'spread':
      return `within ${formatPercent(agreement.share, 0)} of the range`
    case 'most':
      return `${agreement.studies} of ${agreement.of}: ${agreement.value}`
    case 'unknown':
      return ''
  }
}

const rounded = (value: number | string | null): string =>
  value === null
    ? notKnown
    : formatValue(typeof value === 'string' || Number.isInteger(value) ? value : Number(value.toPrecision(4)))

export const optimumRows = (studies: readonly ComparedStudy[]): SideRow[] =>
  optimumTable(studies.map(({ optimum, space }) => ({ hyperparameters: optimum, space }))).map(
    ({ name, values, agreement }) => ({
      key: name,
      name,
      term: termOfHyperparameter(name),
      values: values.map(rounded),
      remark: agreementText(agreement),
      heading: null,
    }),
  )

export const differenceRows = ({ differences }: StudyComparison): SideRow[] =>
  differences.flatMap(({ section, rows }) =>
    rows.map(({ path, values }, place) => ({
      key: `${section}.${path}`,
      name: path === '' ? section : path,
      term: null,
      values: values.map((value) => value ?? 'not set'),
      remark: '',
      heading: place === 0 ? section : null,
    })),
  )

/** @param importance of the studies in their order; undefined: not modelled yet */
export const importanceRows = (importance: readonly (ComparedImportance | undefined)[]): SideRow[] => {
  const outputs = [...new Set(importance.flatMap((one) => one?.outputs.map(({ output }) => output) ?? []))]
  return outputs.flatMap((output) => {
    const totals = importance.map((one) => one?.outputs.find((own) => own.output === output)?.parameters ?? [])
    const largest = (name: string): number =>
      Math.max(...totals.map((own) => own.find(({ parameter }) => parameter === name)?.value ?? 0))
    const names = [...new Set(totals.flat().map(({ parameter }) => parameter))].sort((a, b) => largest(b) - largest(a))
    return names.map((name, place) => ({
      key: `${output} ${name}`,
      name,
      term: termOfHyperparameter(name),
      values: totals.map((own) => {
        const total = own.find(({ parameter }) => parameter === name)
        return total === undefined ? notKnown : `${total.value.toFixed(2)} ± ${total.standardError.toFixed(2)}`
      }),
      remark: '',
      heading: place === 0 ? `Importance for ${constraintTitle(output)}` : null,
    }))
  })
}
