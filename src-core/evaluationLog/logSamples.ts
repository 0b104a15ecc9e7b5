/** What the counts of a log mean: how many samples a network was shown, and of how many a constraint is the share. */
import type { WatchedLayer } from '../study/silenceSchema.ts'
import { type LogReader, type LogRow, type LogTable, numberIn } from './logTable.ts'
import type { LogColumns } from './logColumns.ts'

export interface LogSamples {
  /** Training samples of one epoch, and samples of the test that follows; the logs count both as processed. */
  readonly train: number
  readonly test: number
  /** Samples that the constraints are shares of: those of an epoch, or in some logs of epoch and test. */
  readonly shared: number
}

/** Reference values of arXiv 2403.00450: a silent sample has fewer spikes than this in the layer. */
const watched = [
  { layer: 'excitatory', alpha: 5 },
  { layer: 'inhibitory', alpha: 1 },
] as const

/**
 * The watched layers. A constraint is the share of non-spiking samples less beta, so its smallest value, which networks
 * without a silent sample have, is -beta; logs do not say it otherwise.
 */
export const logLayers = ({ constraints }: LogColumns, reader: LogReader): WatchedLayer[] =>
  constraints.map((column, index) => {
    const values = reader.cells(column).flatMap((cell) => numberIn(cell) ?? [])
    const smallest = values.reduce((low, value) => Math.min(low, value), 0)
    const beta = Math.min(1, Math.ceil(-smallest * 100 - 1e-6) / 100)
    return { layer: watched[index]?.layer ?? 'excitatory', alpha: watched[index]?.alpha ?? 0, beta }
  })

/**
 * From evaluations that went on to the end: what each further epoch adds is an epoch, what is left over is the test. A log
 * with one number of epochs cannot tell them apart: all counts as training.
 */
export const logSamples = (
  table: LogTable,
  columns: LogColumns,
  layers: readonly WatchedLayer[],
  reader: LogReader,
): LogSamples => {
  const processed = new Map<number, number>()
  let most = 1
  for (const row of table.rows) {
    const samples = numberIn(reader.cell(row, 'processed_images'))
    if (samples === null || samples < 1) continue
    most = Math.max(most, samples)
    if (!isTrue(reader.cell(row, 'stopped'))) processed.set(epochsOf(row, reader), samples)
  }
  const [first, second] = [...processed].sort(([a], [b]) => a - b)
  const added = first && second ? (second[1] - first[1]) / (second[0] - first[0]) : 0
  const distinct = first !== undefined && Number.isInteger(added) && added > 0 && first[1] >= first[0] * added
  const train = distinct ? added : Math.max(1, first ? Math.floor(first[1] / first[0]) : most)
  const test = distinct && first ? first[1] - first[0] * added : 0
  const fits = (count: number): boolean =>
    columns.constraints.every((column, index) =>
      reader.cells(column).every((cell) => {
        const share = ((numberIn(cell) ?? 0) + (layers[index]?.beta ?? 0)) * count
        return Math.abs(share - Math.round(share)) < 1e-4
      }),
    )
  return { train, test, shared: !fits(train) && fits(train + test) ? train + test : train }
}

/** Also 1.0 and 0.0: a column of which a cell was missing once holds numbers. */
export const isTrue = (cell: string): boolean => /^\s*(true|yes)\s*$/i.test(cell) || numberIn(cell) === 1
export const isFalse = (cell: string): boolean => /^\s*(false|no)\s*$/i.test(cell) || numberIn(cell) === 0

/** Epochs that were planned; 1 where the log has no such column. */
export const epochsOf = (row: LogRow, reader: LogReader): number =>
  Math.max(1, numberIn(reader.cell(row, 'epochs')) ?? 1)
