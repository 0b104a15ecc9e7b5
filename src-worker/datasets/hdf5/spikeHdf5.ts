/**
 * The HDF5 files of the Heidelberg datasets (Cramer, Stradmann, Schemmel & Zenke 2022): for each sample,
 * `spikes/times` in seconds, of half or single precision, and `spikes/units` (channels), of variable length; `labels`.
 * On some damage the library ends itself or never comes back, so this runs in a thread that can be thrown away.
 */
import { statSync } from 'node:fs'
import { Dataset, File, ready } from 'h5wasm/node'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged, type NamedFile } from '../formats/damaged.ts'
import { halfPrecision } from '../formats/npy.ts'
import { sortEvents } from '../formats/sortEvents.ts'
import type { LabelledRecording } from './batches.ts'
import type { Reading } from './messages.ts'

type Numbers = ArrayLike<number | bigint>

interface SpikeDatasets {
  readonly times: Dataset
  readonly units: Dataset
  readonly labels: Dataset
  readonly samples: number
}

/** A sample takes 33 bytes at least (two references, one label), which deflate makes a thousandth of at best. */
const mostSamplesPerByte = 32

/**
 * The samples of a file, each read when it is asked for.
 * @throws {SpiketuneError} dataset-damaged, also later, from the iterator
 */
export const openSpikeHdf5 = async (reading: Reading): Promise<Iterable<LabelledRecording>> => {
  const file = await opened(reading)
  const datasets = hdf5(reading, () => spikeDatasets(file, reading))
  return recordings(datasets, secondsReader(datasets.times, reading), reading)
}

const recordings = function* (
  { units, labels, samples }: SpikeDatasets,
  secondsAt: (index: number) => ArrayLike<number>,
  reading: Reading,
): Generator<LabelledRecording> {
  const { classes, file, advice } = reading
  for (let index = 0; index < samples; index++) {
    const label = hdf5(reading, () => Number(numbersOf(labels.slice([[index, index + 1]]))[0]), index)
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw damaged(file, `label ${index} is ${label}, where 0 to ${classes - 1} are allowed`, advice)
    }
    const seconds = hdf5(reading, () => secondsAt(index), index)
    const channel = hdf5(reading, () => numbersAt(units, index), index)
    yield { label, sample: sampleOf(seconds, channel, index, reading) }
  }
}

const opened = async ({ file: path, advice }: NamedFile): Promise<File> => {
  // Else it writes its errors to the standard error stream.
  ;(await ready).activate_throwing_error_handler()
  let reason = ''
  try {
    const file = new File(path, 'r')
    if (file.file_id > 0n) return file
  } catch (cause) {
    reason = ` (${reasonOf(cause)})`
  }
  throw damaged(path, `at byte 0, it is no HDF5 file that can be read${reason}`, advice)
}

/** Errors of the library become ours. */
const hdf5 = <Result>({ file, advice }: NamedFile, read: () => Result, sample?: number): Result => {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    const what = sample === undefined ? 'it' : `sample ${sample}`
    throw damaged(file, `${what} cannot be read as HDF5 (${reasonOf(cause)})`, advice, cause)
  }
}

/** What the library says is a stack of many lines; the last one that names a function says what it stumbled over. */
const reasonOf = (cause: unknown): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return [...text.matchAll(/ in \w+\(\): (.+)/g)].at(-1)?.[1] ?? text.split('\n')[0] ?? ''
}

const spikeDatasets = (file: File, { file: path, advice }: NamedFile): SpikeDatasets => {
  const get = (name: string): Dataset => {
    const found = file.get(name)
    if (found instanceof Dataset) return found
    throw damaged(path, `it has no dataset ${name}`, advice)
  }
  const [times, units, labels] = [get('spikes/times'), get('spikes/units'), get('labels')]
  const samples = labels.shape?.[0] ?? 0
  if ([times, units, labels].some(({ shape }) => shape?.length !== 1 || shape[0] !== samples)) {
    throw damaged(path, 'its times, units and labels are not three lists of as many samples', advice)
  }
  if (samples > statSync(path).size * mostSamplesPerByte) {
    throw damaged(path, `it announces ${samples} samples, more than a file of its size can hold`, advice)
  }
  return { times, units, labels, samples }
}

/** The library does not know half precision: its bits are asked for as whole numbers. */
const secondsReader = (times: Dataset, { file, advice }: NamedFile): ((index: number) => ArrayLike<number>) => {
  const kind = times.metadata.vlen_type
  const integer = 0
  const float = 1
  if (kind?.type !== float) throw damaged(file, 'its times are no numbers of variable length', advice)
  if (kind.size !== 2) return (index) => doubles(numbersAt(times, index), Number)
  kind.type = integer
  kind.signed = false
  const values = Float64Array.from({ length: 2 ** 16 }, (_, bits) => halfPrecision(bits))
  return (index) => doubles(numbersAt(times, index), (bits) => values[Number(bits)] ?? NaN)
}

// In loops: with `from`, reading a file took twice as long.
const doubles = (numbers: Numbers, read: (number: number | bigint) => number): Float64Array => {
  const result = new Float64Array(numbers.length)
  for (let at = 0; at < result.length; at++) result[at] = read(numbers[at] ?? NaN)
  return result
}

const numbersAt = (dataset: Dataset, index: number): Numbers => {
  const sliced: unknown = dataset.slice([[index, index + 1]])
  return numbersOf(Array.isArray(sliced) ? sliced[0] : sliced)
}

/** @throws {TypeError} unless these are numbers */
const numbersOf = (value: unknown): Numbers => {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) throw new TypeError('numbers expected')
  return value as unknown as Numbers
}

const sampleOf = (
  seconds: ArrayLike<number>,
  units: Numbers,
  index: number,
  { channels, file, advice }: Reading,
): EventSample => {
  if (seconds.length !== units.length) {
    throw damaged(file, `sample ${index} has ${seconds.length} times and ${units.length} units`, advice)
  }
  const inputs = new Uint16Array(units.length)
  const timesUs = new Uint32Array(units.length)
  for (let spike = 0; spike < inputs.length; spike++) {
    const unit = Number(units[spike])
    if (!(Number.isInteger(unit) && unit >= 0 && unit < channels)) {
      throw damaged(file, `spike ${spike} of sample ${index} is of channel ${unit}`, advice)
    }
    const time = seconds[spike] ?? NaN
    const timeUs = Math.round(time * 1e6)
    if (!(timeUs >= 0 && timeUs < 2 ** 32)) {
      throw damaged(file, `spike ${spike} of sample ${index} is at ${time} s`, advice)
    }
    inputs[spike] = unit
    timesUs[spike] = timeUs
  }
  return sortEvents(timesUs, inputs)
}
