/** Whatever lies in a table or an archive of arrays, loading it gives a dataset or an error that names the file. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import type { Dataset, LabelledSamples } from '../../../../src-worker/datasets/dataset.ts'
import { loadDataset } from '../../../../src-worker/datasets/loadDataset.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { npyBytes, npyFile, npyOf, npzFile } from '../formats/tinyFiles.ts'
import { installed } from '../tinyDataset.ts'

const seed = 31
const numRuns = 1500

interface Content {
  readonly train: Uint8Array
  readonly test: Uint8Array | null
  readonly labelColumn: string | undefined
}

/** Some bytes changed, or cut off. */
const damagedFrom = (valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }), fc.option(fc.nat()))
    .map(([bytes, changes, end]) => {
      const changed = Uint8Array.from(bytes)
      for (const [at, byte] of changes) if (changed.length > 0) changed[at % changed.length] = byte
      return end === null ? changed : changed.subarray(0, end % (changed.length + 1))
    })

const contentOf = (valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Content> => {
  const file = fc.oneof(
    { weight: 4, arbitrary: valid },
    { weight: 3, arbitrary: damagedFrom(valid) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  )
  return fc.record({
    train: file,
    test: fc.option(file),
    labelColumn: fc.constantFrom(undefined, undefined, undefined, 'a', 'class', '__proto__', ''),
  })
}

const cell = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: -9, max: 9 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2.5',
      '-1e3',
      'NaN',
      'inf',
      '1e39',
      '1e400',
      '0x10',
      '',
      ' 7 ',
      '"7"',
      '"a,b"',
      '"a""b"',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"', '"open', 'a"b', 'é', '\u2028', '__proto__', 'constructor', '\0', '\ufeff'),
  },
)
const names = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(['a', 'x', 'class'], ['a'], ['a', 'b']) },
  { weight: 1, arbitrary: fc.constantFrom(['a', 'a'], ['', ''], ['"a\nb"', 'c'], ['a', '"b\nc"'], ['__proto__', 'x']) },
)
const table = fc
  .record({
    bom: fc.constantFrom('', '\ufeff'),
    columns: names,
    rows: fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 6 }),
    ragged: fc.option(fc.nat({ max: 4 })),
    comma: fc.constantFrom(',', ';', '\t'),
    line: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.boolean(),
  })
  .map(({ bom, columns, rows, ragged, comma, line, last }) => {
    const cut = rows.map((cells, row) => cells.slice(0, row === ragged ? 2 : columns.length))
    return Buffer.from(bom + [columns, ...cut].map((cells) => cells.join(comma)).join(line) + (last ? line : ''))
  })

const validTable = Buffer.from('a,x,class\n1,2,u\n3,4,v\n')
const dtypes = fc.constantFrom(
  '|u1',
  '|b1',
  '<f4',
  '>f8',
  '<i8',
  '<f2',
  '<u2',
  '|O',
  '<U5',
  '<c16',
  'f4',
  '<M8[ns]',
  '',
)
const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(2, 2 ** 31, 2 ** 40, 1e308), { minLength: 1, maxLength: 4 }) },
)
const anyArray = fc
  .record({
    descr: dtypes,
    shape: sizes,
    fits: fc.boolean(),
    data: fc.uint8Array({ maxLength: 64 }),
    order: fc.constantFrom('False', 'False', 'False', 'True', 'Maybe'),
  })
  .map(({ descr, shape, fits, data, order }) => {
    const bytes = shape.reduce((product, size) => product * size, Number(/\d+/.exec(descr)?.[0] ?? 1))
    return npyFile(
      descr,
      shape,
      fits && bytes < 10_000 ? Uint8Array.from({ length: bytes }, (_, at) => at % 3) : data,
      order,
    )
  })
const images = npyBytes([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])
const values = npyOf([2, 3], [1, 2, 3, 4, 5, 6])
const labels = npyBytes([2], [0, 1])
const member = fc.oneof(anyArray, damagedFrom(anyArray), fc.constantFrom(images, values, labels))
const archive = fc
  .record({
    arrays: fc.oneof(
      fc.record({ x: member, y: fc.oneof(member, fc.constant(labels)) }),
      fc.record({ x_train: member, y_train: fc.constant(labels), x_test: member, y_test: member }),
      fc.dictionary(fc.constantFrom('x', 'y', 'x_train', 'y_test', '__proto__', '../x'), member),
    ),
    level: fc.constantFrom(0 as const, 6 as const),
  })
  .map(({ arrays, level }) =>
    zipSync(
      Object.fromEntries(
        Object.entries(arrays as Record<string, Uint8Array>).map(([name, bytes]) => [
          `${name}.npy`,
          [bytes, { level }],
        ]),
      ),
    ),
  )

/** How many numbers all samples have together. */
const numbersIn = ({ train, test, ...shape }: Dataset): number => {
  const { sampleShape, frames } = shape
  const size = frames * sampleShape.channels * sampleShape.rows * sampleShape.columns
  const read = (part: LabelledSamples): number => {
    let numbers = 0
    for (let index = 0; index < part.count; index++) {
      if (part.kind === 'events') throw new TypeError('no events expected')
      const sample: ArrayLike<number> = part.kind === 'images' ? part.imageAt(index) : part.valuesAt(index)
      expect(sample.length).toBe(size)
      expect(part.labels[index]).toBeLessThan(shape.classes)
      numbers += size
    }
    return numbers
  }
  return read(train) + read(test)
}

/** Loads what lies in two files. @returns whether there is a dataset in them */
const tryer = (name: 'csv' | 'npz') => {
  const folder = temporaryFolder()
  const cacheFolder = join(folder, 'cache')
  let tried = 0
  return async ({ train, test, labelColumn }: Content): Promise<boolean> => {
    const file = join(folder, `${++tried}.${name}`)
    writeFileSync(file, train)
    const testFile = test === null ? undefined : `${file}.test`
    if (testFile !== undefined && test !== null) writeFileSync(testFile, test)
    try {
      const settings = { name, file, testFile, labelColumn, trainFraction: 0.8 }
      const dataset = await loadDataset(settings, { ...installed, cacheFolder })
      expect(numbersIn(dataset)).toBeLessThanOrEqual(300 * (train.length + (test?.length ?? 0)))
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(SpiketuneError)
      const { code, message } = error as SpiketuneError
      expect([code, message]).toEqual(['dataset-damaged', expect.stringContaining(`${file}`)])
      return false
    } finally {
      expect(readdirSync(join(cacheFolder, 'datasets')).filter((left) => !left.endsWith('.samples'))).toEqual([])
    }
  }
}

describe.each([
  { name: 'csv' as const, valid: validTable, contents: table },
  { name: 'npz' as const, valid: npzFile({ x: values, y: labels }), contents: archive },
])('$name', ({ name, valid, contents }) => {
  it(`is loaded or refused in words, whatever it holds (seed ${seed})`, async () => {
    const load = tryer(name)
    expect(await load({ train: valid, test: valid, labelColumn: undefined })).toBe(true)
    let loaded = 0
    await fc.assert(
      fc.asyncProperty(contentOf(fc.oneof(fc.constant(valid), contents)), async (content) => {
        if (await load(content)) loaded++
      }),
      { seed, numRuns },
    )
    // Neither nothing nor everything is damaged.
    expect(loaded).toBeGreaterThan(numRuns / 20)
    expect(loaded).toBeLessThan(numRuns / 2)
  })
})
