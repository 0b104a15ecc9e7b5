import type { Hash } from 'node:crypto'
import {
  cellText,
  type DecimalMark,
  decimalMarkIn,
  decimalNumber,
  namesText,
  nameText,
  type Separator,
} from '../../../src-core/tables/separatedText.ts'
import { samplesOfParts, type SampleSource, type SourceContent, type WholePart } from '../converted/sampleSource.ts'
import type { DatasetSettings } from '../datasetSource.ts'
import { type CsvRow, readCsvTable } from '../formats/csvTable.ts'
import { damaged, type NamedFile } from '../formats/damaged.ts'
import { byNumbersAndLetters, readSource } from './readSource.ts'

/** A list of numbers of single precision that grows: four bytes for each, and as much again while it grows. */
class GrowingFloats {
  #values = new Float32Array(1024)
  #count = 0

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float32Array(this.#count * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = value
  }

  get length(): number {
    return this.#count
  }

  /** What is in it by now: a view. */
  all(): Float32Array {
    return this.#values.subarray(0, this.#count)
  }
}

const advice = 'Mend the table, or name another in `dataset.file`.'
const nameLabels = 'Name the column of the classes in `dataset.labelColumn`.'
const mostClasses = 256

/**
 * A table, every row a sample: a column of classes, of any text, numbers in all others. Classes are numbered in the
 * order of their names. Without a table to test on, there are no test samples.
 */
export const csvSource = (
  file: string,
  { testFile, labelColumn }: Pick<DatasetSettings, 'testFile' | 'labelColumn'>,
  whenMissing: string = advice,
): SampleSource => ({
  name: 'csv',
  settings: JSON.stringify({ labelColumn }),
  files: testFile === undefined ? [file] : [file, testFile],
  expected: 0,
  advice: whenMissing,
  content: (hash) => readTables({ file, testFile, labelColumn, whenMissing }, hash),
})

interface Tables {
  readonly file: string
  readonly testFile: string | undefined
  readonly labelColumn: string | undefined
  readonly whenMissing: string
}

const readTables = async ({ file, testFile, labelColumn, whenMissing }: Tables, hash: Hash): Promise<SourceContent> => {
  const read = async (path: string, columns: readonly string[] | null) => {
    const bytes = await readSource(path, whenMissing)
    hash.update(bytes)
    return readTable(bytes, labelColumn, columns, { file: path, advice })
  }
  const train = await read(file, null)
  const classes = [...train.classes.keys()].sort(byNumbersAndLetters)
  if (classes.length > mostClasses) {
    const column = `its column ${train.columns[train.label] ?? ''}`
    const what = `${column} has ${classes.length} different values, more than ${mostClasses} classes`
    throw damaged(file, what, nameLabels)
  }
  const shape = { channels: train.columns.length - 1, rows: 1, columns: 1 }
  if (shape.channels === 0) throw damaged(file, 'it has no column of values', advice)
  const test = testFile === undefined ? null : await read(testFile, train.columns)
  return {
    kind: 'values',
    sampleShape: shape,
    frames: 1,
    classes: classes.length,
    classNames: classes,
    inputNames: train.columns.filter((_, column) => column !== train.label),
    notes: labelColumn === undefined ? likelierLabels(train) : [],
    oneClassAdvice: nameLabels,
    samples: samplesOfParts(
      numbered(train, classes, file),
      test === null ? null : numbered(test, classes, testFile ?? ''),
    ),
  }
}

interface Table {
  readonly columns: readonly string[]
  /** Column of the classes. */
  readonly label: number
  /** By name, in the order in which they come: number, and the line of the first. */
  readonly classes: ReadonlyMap<string, { readonly number: number; readonly line: number }>
  /** [rows], numbers of classes. */
  readonly labels: GrowingFloats
  /** [rows][columns but that of the classes]. */
  readonly values: GrowingFloats
  /** The first cell that is no number, and why. */
  readonly wrong: string | null
}

/** @param expected the names that its columns must have; null: any */
const readTable = (
  bytes: Uint8Array,
  labelColumn: string | undefined,
  expected: readonly string[] | null,
  named: NamedFile,
): Table => {
  const classes = new Map<string, { readonly number: number; readonly line: number }>()
  const labels = new GrowingFloats()
  const values = new GrowingFloats()
  let wrong: string | null = null
  let columns: readonly string[] = []
  let label = 0
  let decimals: DecimalMark | null = null
  let separator: Separator = ','
  const take = ({ cells, line, byte }: CsvRow): void => {
    const place = (column: number): string =>
      `line ${line}, which ends at byte ${byte}, has ${cellText(cells[column] ?? '')} in column ${nameText(columns[column] ?? '')}`
    for (const [column, cell] of cells.entries()) {
      if (column === label) {
        if (cell === '') throw damaged(named.file, `${place(column)}, where a class belongs`, advice)
        const text = plainClass(cell)
        const known = classes.get(text) ?? { number: classes.size, line }
        classes.set(text, known)
        labels.push(known.number)
        continue
      }
      const mark = decimalMarkIn(cell)
      // Where commas separate the cells, those within one are of thousands as likely.
      const value = mark === ',' && separator === ',' ? NaN : Math.fround(decimalNumber(cell))
      values.push(value)
      if (!Number.isFinite(value)) wrong ??= `${place(column)}, where a number belongs`
      else if (mark !== null && mark !== (decimals ??= mark)) {
        wrong ??= `${place(column)}: its numbers have points and commas. Write their decimals after one of the two`
      }
    }
  }
  readCsvTable(bytes, named, (names, separated) => {
    if (expected !== null && JSON.stringify(names) !== JSON.stringify(expected)) {
      throw damaged(named.file, 'its columns are not those of the table to train on', advice)
    }
    columns = names
    separator = separated
    label = columnOfLabels(names, labelColumn, named)
    return take
  })
  return { columns, label, classes, labels, values, wrong }
}

/** Tables often have their classes first, under a name that says so, and a number in the last column. */
const likelierLabels = ({ columns, label }: Table): readonly string[] => {
  const isOfLabels = (name: string): boolean => /^(label|labels|class|classes|target|species|category|y)$/i.test(name)
  const likelier = columns.find((name, column) => column !== label && isOfLabels(name))
  if (likelier === undefined || isOfLabels(columns[label] ?? '')) return []
  return [
    `Its last column, ${columns[label] ?? ''}, is taken for the classes, though there is a column ${likelier}. ${nameLabels}`,
  ]
}

/** 0 and 0.0 are the same class: a column that lacked a cell on its way here has the second for the first. */
const plainClass = (cell: string): string => cell.replace(/^([-+]?\d+)\.0*$/, '$1')

const columnOfLabels = (columns: readonly string[], labelColumn: string | undefined, { file }: NamedFile): number => {
  if (labelColumn === undefined) return columns.length - 1
  const found = columns.indexOf(labelColumn)
  if (found < 0) throw damaged(file, `it has no column ${labelColumn}, only ${namesText(columns)}`, advice)
  return found
}

/** The rows with classes numbered in the order of `names`. @throws {SpiketuneError} dataset-damaged */
const numbered = ({ classes, labels, values, wrong }: Table, names: readonly string[], file: string): WholePart => {
  const places = new Map(names.map((name, place) => [name, place]))
  const placeOf = Uint8Array.from(classes, ([name, { line }]) => {
    const place = places.get(name)
    if (place === undefined)
      throw damaged(file, `line ${line} has the class ${nameText(name)}, unknown in training`, advice)
    return place
  })
  if (wrong !== null) throw damaged(file, wrong, advice)
  return { labels: Uint8Array.from(labels.all(), (number) => placeOf[number] ?? 0), values: values.all() }
}
