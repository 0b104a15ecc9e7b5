import Table from 'cli-table3'

const noRules = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const

/** Text of at most `width` characters, cut in the middle: names of studies differ at their ends. */
export const cutInside = (text: string, width: number): string => {
  if (text.length <= width) return text
  const end = Math.max(1, Math.floor((width - 1) * 0.6))
  return `${text.slice(0, Math.max(0, width - 1 - end))}…${text.slice(-end)}`
}

/** A table without rules, so that much fits into 80 columns; the first columns named are texts, the others numbers. */
export const openTable = (heads: readonly string[], rows: readonly (readonly string[])[], texts: number): string => {
  const table = new Table({
    head: [...heads],
    colAligns: heads.map((_, place) => (place < texts ? 'left' : 'right')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: noRules,
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Cells longer than this are cut: a table of many studies is to be seen at once. */
const widestCell = 22

interface SideBySide {
  /** What stands before each row. */
  readonly labels: readonly string[]
  /** One for each study. */
  readonly heads: readonly string[]
  /** [row][study] */
  readonly cells: readonly (readonly string[])[]
  /** At the end of each row; empty: nothing. */
  readonly remarks?: readonly string[]
}

/** One study a column; those that do not fit beside each other follow in further tables. */
export const sideBySide = ({ labels, heads, cells, remarks = [] }: SideBySide, columns: number): string => {
  const shown = cells.map((row) => row.map((cell) => cutInside(cell, widestCell)))
  const widthOf = (texts: readonly string[]): number => Math.max(1, ...texts.map(({ length }) => length))
  const remarkWidth = remarks.some((remark) => remark !== '') ? widthOf(remarks) + 2 : 0
  const label = Math.min(widthOf(labels), 34)
  const cell = widthOf([...heads, ...shown.flat()]) + 2
  const atOnce = Math.max(1, Math.floor((columns - label - remarkWidth) / cell))
  const tables: string[] = []
  for (let from = 0; from < heads.length; from += atOnce) {
    const part = <Item>(items: readonly Item[]): readonly Item[] => items.slice(from, from + atOnce)
    const hasRemarks = remarkWidth > 0
    tables.push(
      openTable(
        ['', ...part(heads), ...(hasRemarks ? [''] : [])],
        labels.map((name, row) => [
          cutInside(name, label),
          ...part(shown[row] ?? []),
          ...(hasRemarks ? [remarks[row] ?? ''] : []),
        ]),
        1,
      ),
    )
  }
  return tables.join('\n\n')
}
