/** How tables of text are written, whatever they hold: what separates their cells, how their numbers and names look. */

const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

/**
 * Which separator the first line of a table has most of, outside of quotes; a comma where it has none. Of as many, a comma
 * is the likelier part of a name or number.
 */
export const separatorOf = (text: string): Separator => {
  const counts = { ',': 0, ';': 0, '\t': 0 }
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (isQuoted) continue
    if (character === '\n' || character === '\r') break
    if (isSeparator(character)) counts[character]++
  }
  return separators.reduce<Separator>(
    (most, separator) => (counts[separator] > 0 && counts[separator] >= counts[most] ? separator : most),
    ',',
  )
}

const isSeparator = (character: string): character is Separator => (separators as readonly string[]).includes(character)

const pointed = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const withComma = /^[-+]?(\d+,\d*|,\d+)(e[-+]?\d+)?$/i

export type DecimalMark = '.' | ','

/** What separates the decimals in a cell that holds a number; null: nothing. */
export const decimalMarkIn = (cell: string): DecimalMark | null =>
  cell.includes(',') ? ',' : cell.includes('.') ? '.' : null

/** The number that a cell without spaces around it holds, its decimals after a point or a comma; NaN: it holds none. */
export const decimalNumber = (cell: string): number => {
  if (pointed.test(cell)) return Number(cell)
  return withComma.test(cell) ? Number(cell.replace(',', '.')) : NaN
}

/** A cell where a number belongs, in a message: that of a file that is no table is nobody's to read there. */
export const cellText = (cell: string): string => {
  if (cell === '') return 'nothing'
  return /^(?=.*\d)[-+\d.,e]{1,24}$/i.test(cell) ? cell : 'text'
}

const longestName = 40

/** A name of a column or class, in a message. */
export const nameText = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 3)}...`

const namesShown = 20

/** The names of columns, in a message. */
export const namesText = (names: readonly string[]): string =>
  names.length <= namesShown
    ? names.map(nameText).join(', ')
    : `${names.slice(0, namesShown).map(nameText).join(', ')} and ${names.length - namesShown} more`

/**
 * What is wrong with the names in the first line of a table, and what to do; null: nothing.
 * @param names without spaces around them
 */
export const problemOfNames = (names: readonly string[]): string | null => {
  const unnamed = names.findIndex((name) => name === '' || /^Unnamed: \d+$/.test(name))
  const numbers = names.filter((name) => Number.isFinite(decimalNumber(name))).length
  // All but a class, which may be a word.
  if (numbers > 0 && numbers >= names.length - 1) {
    return (
      'its first line has numbers where the names of its columns belong: without a line of names its first sample ' +
      'would be lost. Write the names above it'
    )
  }
  if (unnamed >= 0) {
    const found = names[unnamed] === '' ? 'no name' : `the name ${names[unnamed] ?? ''}`
    return (
      `column ${unnamed + 1} has ${found} in its line of names. Where pandas wrote the numbers of the rows there, write ` +
      'it with to_csv(..., index=False); where lines end with a separator, remove that'
    )
  }
  const seen = new Set<string>()
  const twice = names.find((name) => seen.size === seen.add(name).size)
  return twice === undefined ? null : `its line of names has ${nameText(twice)} twice`
}
