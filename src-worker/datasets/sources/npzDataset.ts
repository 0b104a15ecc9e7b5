import type { Hash } from 'node:crypto'
import type { LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import { samplesOfParts, type SampleSource, type SourceContent, type WholePart } from '../converted/sampleSource.ts'
import type { DatasetSettings } from '../datasetSource.ts'
import { damaged, type NamedFile } from '../formats/damaged.ts'
import type { NpyArray } from '../formats/npy.ts'
import { readNpz } from '../formats/npz.ts'
import { readSource } from './readSource.ts'

/** The brightest grey value. */
const white = 255
const advice = 'Write it anew with np.savez, or name another file in `dataset.file`.'

/**
 * NumPy arrays: `x` and `y` of a file each for training and testing, or all in one as x_train, y_train, x_test, y_test.
 * Bytes are images, Booleans too, whose True is white: x [n, rows, columns], [n, rows, columns, channels] or, with frames in time, [n, frames, rows,
 * columns, channels]. Other numbers are real values: x [n, values], a series [n, steps, values], or with four and five
 * dimensions as for images.
 */
export const npzSource = (file: string, { testFile }: DatasetSettings): SampleSource => ({
  name: 'npz',
  settings: '',
  files: testFile === undefined ? [file] : [file, testFile],
  expected: 0,
  advice,
  content: (hash) => readArchives(file, testFile, hash),
})

const readArchives = async (file: string, testFile: string | undefined, hash: Hash): Promise<SourceContent> => {
  const read = async (path: string, names: readonly string[]) => {
    const bytes = await readSource(path, advice)
    hash.update(bytes)
    return readNpz(bytes, names, { file: path, advice })
  }
  const arrays = await read(file, ['x', 'y', 'x_train', 'y_train', 'x_test', 'y_test'])
  const first = arrays.has('x_train') ? '_train' : ''
  const train = samplesOf(arrays, first, { file, advice })
  const test = testFile === undefined ? arrays : await read(testFile, ['x', 'y', 'x_test', 'y_test'])
  const second = test.has('x_test') ? '_test' : testFile === undefined ? null : ''
  const tested = second === null ? null : samplesOf(test, second, { file: testFile ?? file, advice })
  if (tested !== null && JSON.stringify(shapeKey(tested)) !== JSON.stringify(shapeKey(train))) {
    throw damaged(testFile ?? file, 'the samples to test on are not like those to train on', advice)
  }
  const classes = train.part.labels.reduce((highest, label) => Math.max(highest, label), 0) + 1
  const unknown = tested?.part.labels.find((label) => label >= classes)
  if (unknown !== undefined) throw damaged(testFile ?? file, `class ${unknown} is unknown in training`, advice)
  const { kind, shape, frames, part } = train
  return { kind, sampleShape: shape, frames, classes, samples: samplesOfParts(part, tested?.part ?? null) }
}

interface Samples {
  readonly shape: LayerShape
  readonly frames: number
  readonly kind: 'images' | 'values'
  readonly part: WholePart
}

const shapeKey = ({ shape, frames, kind }: Samples): unknown => [kind, frames, shape]

const samplesOf = (arrays: ReadonlyMap<string, NpyArray>, suffix: string, { file }: NamedFile): Samples => {
  const x = arrays.get(`x${suffix}`)
  const y = arrays.get(`y${suffix}`)
  if (x === undefined || y === undefined) throw damaged(file, `it has no arrays x${suffix} and y${suffix}`, advice)
  const [count = 0, ...sizes] = x.shape
  if (y.shape.length !== 1 || y.shape[0] !== count || count === 0) {
    throw damaged(file, `x${suffix} has ${count} samples, y${suffix} the shape [${y.shape.join(', ')}]`, advice)
  }
  const labels = labelsOf(y, `y${suffix}`, file)
  const isImages = x.bytes !== null
  const layout = isImages ? imageLayout(sizes) : valueLayout(sizes)
  if (layout === null || x.count === 0) {
    const kind = isImages ? 'images' : 'values'
    throw damaged(file, `x${suffix} has the shape [${x.shape.join(', ')}], which is none of ${kind}`, advice)
  }
  if (x.bytes !== null) {
    const values = x.type === 'b1' ? x.bytes.map((isWhite) => (isWhite === 0 ? 0 : white)) : x.bytes
    return { ...layout, kind: 'images', part: { labels, values } }
  }
  for (let place = 0; place < x.count; place++) {
    if (Number.isFinite(Math.fround(x.at(place)))) continue
    throw damaged(file, `number ${place} of x${suffix} is ${x.at(place)}, not finite`, advice)
  }
  return { ...layout, kind: 'values', part: { labels, values: { length: x.count, floats: floatsOf(x) } } }
}

const floatsOf =
  ({ at }: NpyArray) =>
  (from: number, to: number): Float32Array =>
    Float32Array.from({ length: to - from }, (_, index) => at(from + index))

const labelsOf = ({ count, at }: NpyArray, name: string, file: string): Uint8Array =>
  Uint8Array.from({ length: count }, (_, place) => {
    const label = at(place)
    if (Number.isInteger(label) && label >= 0 && label <= 255) return label
    throw damaged(file, `number ${place} of ${name} is ${label}, no class from 0 to 255`, advice)
  })

type Layout = Pick<Samples, 'shape' | 'frames'> | null

const imageLayout = (sizes: readonly number[]): Layout => {
  const [first = 1, second = 1, third = 1, channels = 1] = sizes
  if (sizes.length === 2) return { frames: 1, shape: { rows: first, columns: second, channels: 1 } }
  if (sizes.length === 3) return { frames: 1, shape: { rows: first, columns: second, channels: third } }
  if (sizes.length === 4) return { frames: first, shape: { rows: second, columns: third, channels } }
  return null
}

const valueLayout = (sizes: readonly number[]): Layout => {
  const [first = 1, second = 1] = sizes
  if (sizes.length === 1) return { frames: 1, shape: { rows: 1, columns: 1, channels: first } }
  if (sizes.length === 2) return { frames: first, shape: { rows: 1, columns: 1, channels: second } }
  return imageLayout(sizes)
}
