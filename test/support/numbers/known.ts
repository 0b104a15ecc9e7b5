/** A table of number and source: a number that is told and in no row of it is wrong, and so is one that is not what is stored. */
import type { Facts } from './facts.ts'

export interface Known {
  /** How the line begins. */
  readonly line: RegExp
  readonly source: string
  /** Every number of the line, in its order. */
  readonly numbers: (facts: Facts, line: string) => readonly string[]
}

/** What is wrong with the numbers of a line: each must be there, in this order, and none may be left. */
export const wrong = (line: string, facts: Facts, known: readonly Known[]): string[] => {
  if (!/\d/.test(line)) return []
  const row = known.find((one) => one.line.test(line))
  if (row === undefined) return [`in no row of the table: ${line}`]
  let rest = line
  for (const number of row.numbers(facts, line)) {
    const at = rest.indexOf(number)
    if (at < 0 || /\d/.test(rest.slice(0, at))) return [`${line}: not ${number} of ${row.source}, but "${rest}"`]
    rest = rest.slice(at + number.length)
  }
  return /\d/.test(rest) ? [`${line}: more than what is of ${row.source}: "${rest}"`] : []
}
