/** The best configurations of several studies side by side, and how far they agree. */
import type { Configuration, Parameter } from '../space/parameter.ts'
import { scaleOf, unitFromNumber } from '../space/scale.ts'

interface OptimumRow {
  readonly name: string
  /** One for each study; null: it does not apply there, or nothing is measured. */
  readonly values: readonly (number | string | null)[]
  readonly agreement: Agreement
}

/**
 * `same`: all that have it have the same; `spread`: of numbers, how far apart the outermost are, as a share of the whole range on its
 * scale; `most`: of choices, how many have the one that is most common.
 */
export type Agreement =
  | { readonly kind: 'same' }
  | { readonly kind: 'spread'; readonly share: number }
  | { readonly kind: 'most'; readonly value: string; readonly studies: number; readonly of: number }
  | { readonly kind: 'unknown' }

interface Optimum {
  /** All hyperparameters of the best trial; null: none is measured. */
  readonly hyperparameters: Configuration | null
  readonly space: Readonly<Record<string, Parameter>>
}

/** @returns what at least one of them searches, and what is not the same in all of them */
export const optimumTable = (optima: readonly Optimum[]): OptimumRow[] => {
  const names = new Set(
    optima.flatMap(({ hyperparameters, space }) => [...Object.keys(space), ...Object.keys(hyperparameters ?? {})]),
  )
  return [...names].flatMap((name): OptimumRow[] => {
    const values = optima.map(({ hyperparameters }) => hyperparameters?.[name] ?? null)
    const ranges = optima.flatMap(({ space }) => space[name] ?? [])
    const agreement = agreementOf(
      values.filter((value) => value !== null),
      ranges,
    )
    return ranges.length === 0 && agreement.kind === 'same' ? [] : [{ name, values, agreement }]
  })
}

const agreementOf = (values: readonly (number | string)[], ranges: readonly Parameter[]): Agreement => {
  const [first] = values
  if (first === undefined) return { kind: 'unknown' }
  if (values.every((value) => value === first)) return { kind: 'same' }
  if (values.some((value) => typeof value === 'string')) return mostCommon(values.map(String))
  const range = wholeRange(ranges)
  if (range === null) return { kind: 'unknown' }
  const units = values.map((value) => unitFromNumber(range, scaleOf(range), Number(value)))
  return { kind: 'spread', share: Math.max(...units) - Math.min(...units) }
}

const mostCommon = (texts: readonly string[]): Agreement => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const [value, studies] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])
  return { kind: 'most', value, studies, of: texts.length }
}

/** From the lowest bound of any of them to the highest, on the scale of the first. */
const wholeRange = (ranges: readonly Parameter[]) => {
  const numeric = ranges.filter((range) => range.type !== 'categorical')
  const [first] = numeric
  if (first === undefined) return null
  return {
    ...first,
    low: Math.min(...numeric.map(({ low }) => low)),
    high: Math.max(...numeric.map(({ high }) => high)),
  }
}
