import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A Markdown table, the first column to the left, numbers to the right. */
export const markdownTable = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((title, column) =>
    Math.max(title.length, 4, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** Four significant digits, or the word for what is no number. */
export const shortNumber = (value: number, infinite = 'none feasible'): string => {
  if (!Number.isFinite(value)) return infinite
  if (value === 0) return '0'
  const magnitude = Math.abs(value)
  if (magnitude >= 1e5 || magnitude < 1e-4) return value.toExponential(2)
  return magnitude >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)))
}

/** Three significant digits; nothing for what is no number. */
export const percent = (share: number): string => {
  if (Number.isNaN(share)) return ''
  if (share > 0 && share < 1e-5) return '< 0.001 %'
  return `${Number((100 * share).toPrecision(3))} %`
}

export const writeText = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

export const writeJson = (path: string, value: unknown): void => writeText(path, `${JSON.stringify(value)}\n`)
