import type { Hash } from 'node:crypto'
import { samplesOfParts } from '../converted/sampleSource.ts'
import type { SampleSource, SourceContent, WholePart } from '../converted/sampleSource.ts'
import type { DatasetSettings } from '../datasetSource.ts'
import { damaged } from '../formats/damaged.ts'
import type { NamedFile } from '../formats/damaged.ts'
import { readCsvTable } from '../formats/csvTable.ts'
import type { CsvTable } from '../formats/csvTable.ts'
import { byNumbersAndLetters, readSource } from './readSource.ts'

const advice = 'Mend the table, or name another in `dataset.file`.'
const mostClasses = 256

/**
 * A table, every row a sample: a column of classes, of any text, numbers in all others. Classes are numbered in the
 * order of their names. Without a table to test on, there are no test samples.
 */
export function csvSource(file: string, { testFile, labelColumn }: DatasetSettings): SampleSource {
  return {
    name: 'csv',
    settings: JSON.stringify({ labelColumn }),
    files: testFile === undefined ? [file] : [file, testFile],
    expected: 0,
    advice,
    content: (hash) => readTables(file, testFile, labelColumn, hash),
  }
}

async function readTables(
  file: string,
  testFile: string | undefined,
  labelColumn: string | undefined,
  hash: Hash,
): Promise<SourceContent> {
  const read = async (path: string) => {
    const bytes = await readSource(path, advice)
    hash.update(bytes)
    const named = { file: path, advice }
    return { table: readCsvTable(bytes, named), named }
  }
  const train = await read(file)
  const label = columnOfLabels(train.table, labelColumn, train.named)
  const classes = classesOf(train.table, label, train.named)
  const { columns } = train.table
  const test = testFile === undefined ? null : await read(testFile)
  if (test !== null && JSON.stringify(test.table.columns) !== JSON.stringify(columns)) {
    throw damaged(test.named.file, 'its columns are not those of the table to train on', advice)
  }
  const shape = { channels: columns.length - 1, rows: 1, columns: 1 }
  if (shape.channels === 0) throw damaged(train.named.file, 'it has no column of values', advice)
  return {
    kind: 'values',
    sampleShape: shape,
    frames: 1,
    classes: classes.length,
    samples: samplesOfParts(
      valuesOf(train.table, label, classes, train.named),
      test === null ? null : valuesOf(test.table, label, classes, test.named),
    ),
  }
}

function columnOfLabels({ columns }: CsvTable, labelColumn: string | undefined, { file }: NamedFile): number {
  if (labelColumn === undefined) return columns.length - 1
  const found = columns.indexOf(labelColumn)
  if (found < 0) throw damaged(file, `it has no column ${labelColumn}, only ${columns.join(', ')}`, advice)
  return found
}

function classesOf({ rows, columns }: CsvTable, label: number, { file }: NamedFile): readonly string[] {
  const classes = [...new Set(rows.map(({ cells }) => cells[label] ?? ''))].sort(byNumbersAndLetters)
  if (classes.length <= mostClasses) return classes
  const what = `its column ${columns[label] ?? ''} has ${classes.length} different values, more than ${mostClasses} classes`
  throw damaged(file, what, 'Name the column of the classes in `dataset.labelColumn`.')
}

function valuesOf(
  { rows, columns }: CsvTable,
  label: number,
  classes: readonly string[],
  { file }: NamedFile,
): WholePart {
  const size = columns.length - 1
  const values = new Float32Array(rows.length * size)
  const labels = Uint8Array.from(rows, ({ cells, line }) => {
    const found = classes.indexOf(cells[label] ?? '')
    if (found < 0) throw damaged(file, `line ${line} has the class ${cells[label] ?? ''}, unknown in training`, advice)
    return found
  })
  rows.forEach(({ cells, line, byte }, row) => {
    const numbers = cells.filter((_, column) => column !== label)
    numbers.forEach((text, column) => {
      const value = text === '' ? NaN : Math.fround(Number(text))
      if (!Number.isFinite(value)) {
        const name = columns.filter((_, at) => at !== label)[column] ?? ''
        const what = `line ${line}, which ends at byte ${byte}, has ${text === '' ? 'nothing' : text} in column ${name}`
        throw damaged(file, `${what}, where a number belongs`, advice)
      }
      values[row * size + column] = value
    })
  })
  return { labels, values }
}
