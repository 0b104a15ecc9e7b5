import type { FigureData } from '../state/figure.ts'

const cell = (value: number | string | null): string => {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The numbers of a figure as comma-separated values (RFC 4180); numbers in full, what is missing empty. */
export const figureToCsv = ({ columns, rows }: FigureData): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')

/** The numbers of a figure to be pasted into a sheet: columns parted by tabs. */
export const figureToText = ({ columns, rows }: FigureData): string =>
  [columns, ...rows].map((row) => row.map((value) => String(value ?? '').replace(/[\t\n]/g, ' ')).join('\t')).join('\n')
