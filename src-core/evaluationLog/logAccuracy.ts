/** Whether the accuracies of a log are shares or per cent. */
import { SpiketuneError } from '../errors/spiketuneError.ts'
import type { LogColumns } from './logColumns.ts'
import { isEmptyCell, type LogReader, type LogTable, numberIn } from './logTable.ts'

export const accuracyUnits = ['share', 'percent'] as const
export type AccuracyUnit = (typeof accuracyUnits)[number]

/** Accuracies that may be per cent, or wrong: a person has to say. */
export class AccuracyUnclearError extends SpiketuneError {
  readonly file: string
  readonly column: string
  readonly highest: number

  constructor(file: string, column: string, highest: number) {
    super(
      'log-accuracy-unclear',
      `${file}: the column ${column} goes up to ${highest}, where an accuracy is from 0 to 1. ` +
        'If it is in per cent, say so: --accuracy percent. If not, correct it. Nothing was imported.',
    )
    this.name = 'AccuracyUnclearError'
    this.file = file
    this.column = column
    this.highest = highest
  }
}

/**
 * The unit of all accuracies; those that neither unit allows are problems.
 * @param said what a person says that they are; null: nothing was said
 * @throws {AccuracyUnclearError} when nothing was said, and they look like per cent
 */
export const accuracyUnit = (
  { rows }: LogTable,
  { objective }: LogColumns,
  reader: LogReader,
  { file, said }: { readonly file: string; readonly said: AccuracyUnit | null },
): AccuracyUnit => {
  const columns = [objective.column, 'train'].filter((column) => reader.has(column))
  const values = columns.flatMap((column) =>
    rows.flatMap((row) => {
      const cell = reader.cell(row, column)
      const value = isEmptyCell(cell) || hasFailed(reader.cell(row, 'error')) ? null : numberIn(cell)
      return value === null
        ? []
        : [{ row, column, value: column === objective.column ? objective.sign * value : value }]
    }),
  )
  const most = said === 'share' ? 1 : 100
  const absurd = values.filter(({ value }) => !(value >= 0 && value <= most))
  for (const { row, column, value } of absurd) {
    const allowed = most === 1 ? 'an accuracy from 0 to 1' : 'an accuracy from 0 to 1, or from 0 to 100 per cent'
    reader.complain(row, column, String(value), allowed)
  }
  if (said !== null || absurd.length > 0) return said ?? 'share'
  const highest = values.reduce((most, other) => (other.value > most.value ? other : most), { column: '', value: 0 })
  if (highest.value > 1) throw new AccuracyUnclearError(file, highest.column, highest.value)
  return 'share'
}

/** An accuracy as a share; digits that a division by 100 would add are left out. */
export const asShare = (value: number, unit: AccuracyUnit): number =>
  unit === 'percent' ? Number((value / 100).toPrecision(15)) : value

/** Whether a cell of the column `error` says that there was one. */
export const hasFailed = (error: string): boolean =>
  !isEmptyCell(error) && !/^\s*(false|no)\s*$/i.test(error) && numberIn(error) !== 0
