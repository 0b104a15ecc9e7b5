/** How a definition's errors name values and choices. */

/** A value as it was found, short. */
export const valueText = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value)
  return String(value as number | boolean | bigint)
}

/** `a`, `a or b`, `a, b or c`. */
export const oneOf = (choices: readonly string[]): string =>
  choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) as string}`

/** The bounds of a number, in words. */
export const rangeText = (kind: 'real' | 'integer', minimum: number, maximum: number): string =>
  `a ${kind === 'integer' ? 'whole number' : 'number'} from ${minimum} to ${maximum}`

/** Candidates that are compared with a word; a person who has made more does not wait for a guess among them. */
const comparedAtMost = 1000

/** The candidate that was probably meant: the one with the fewest slips, if these are few for its length. */
export const probablyMeant = (word: string, candidates: readonly string[]): string | null => {
  let best: { readonly candidate: string; readonly slips: number } | null = null
  for (const candidate of candidates.slice(0, comparedAtMost)) {
    const slips = editDistance(plain(word), plain(candidate))
    if (slips <= Math.max(1, Math.floor(candidate.length / 3)) && (best === null || slips < best.slips)) {
      best = { candidate, slips }
    }
  }
  return best?.candidate ?? null
}

const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[\s_-]/g, '')
    .slice(0, 64)

/** Fewest insertions, deletions, replacements and swaps of neighbours (optimal string alignment, Boytsov 2011). */
const editDistance = (left: string, right: string): number => {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = at(last, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1)
      let fewest = Math.min(replaced, at(last, column) + 1, at(current, column - 1) + 1)
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        fewest = Math.min(fewest, at(beforeLast, column - 2) + 1)
      }
      current.push(fewest)
    }
    beforeLast = last
    last = current
  }
  return at(last, right.length)
}

const at = (row: readonly number[], column: number): number => row[column] as number
