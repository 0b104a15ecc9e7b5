/**
 * The HDF5 files of the Heidelberg datasets (Cramer, Stradmann, Schemmel & Zenke 2022): for each sample,
 * `spikes/times` in seconds, of half or single precision, and `spikes/units` (channels), of variable length; `labels`.
 */
import { Dataset, File, ready } from 'h5wasm/node'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { damaged } from './damaged.ts'
import type { NamedFile } from './damaged.ts'
import { halfPrecision } from './npy.ts'
import { sortEvents } from './sortEvents.ts'

export interface LabelledRecording {
  readonly label: number
  readonly sample: EventSample
}

interface SpikeDatasets {
  readonly times: Dataset
  readonly units: Dataset
  readonly labels: readonly number[]
}

/**
 * The samples of a file, one after the other.
 * @throws {SpiketuneError} dataset-damaged
 */
export async function* readSpikeHdf5(
  channels: number,
  classes: number,
  named: NamedFile,
): AsyncIterable<LabelledRecording> {
  const file = await opened(named)
  try {
    const { times, units, labels } = hdf5(named, () => spikeDatasets(file, named))
    const timeOf = secondsReader(times, named)
    for (const [index, label] of labels.entries()) {
      if (!(label >= 0 && label < classes)) {
        throw damaged(named.file, `label ${index} is ${label}, where 0 to ${classes - 1} are allowed`, named.advice)
      }
      const seconds = hdf5(named, () => timeOf(index))
      const channel = hdf5(named, () => numbersAt(units, index))
      yield { label, sample: sampleOf(seconds, channel, channels, index, named) }
    }
  } finally {
    if (gaveUpOn === null) file.close()
  }
}

/** The file on which the library gave up: it ends itself on some damage, and reads nothing more in this process. */
let gaveUpOn: string | null = null

function noteEnd(path: string, cause: unknown): void {
  if (cause instanceof Error && cause.name === 'RuntimeError') gaveUpOn ??= path
}

async function opened({ file: path, advice }: NamedFile): Promise<File> {
  if (gaveUpOn !== null) {
    throw new SpiketuneError(
      'dataset-damaged',
      `${path} was not read: the HDF5 library gave up on ${gaveUpOn}, which is damaged, and reads nothing more in this ` +
        'process. Mend or remove that file, then start the study again.',
    )
  }
  // Else it writes its errors to the standard error stream.
  ;(await ready).activate_throwing_error_handler()
  try {
    const file = new File(path, 'r')
    if (file.file_id > 0n) return file
  } catch (cause) {
    noteEnd(path, cause)
    throw damaged(path, `at byte 0, it is no HDF5 file that can be read (${reasonOf(cause)})`, advice, cause)
  }
  throw damaged(path, 'at byte 0, it is no HDF5 file that can be read', advice)
}

/** Errors of the library become ours. */
function hdf5<Result>({ file, advice }: NamedFile, read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof SpiketuneError) throw cause
    noteEnd(file, cause)
    throw damaged(file, `it cannot be read as HDF5 (${reasonOf(cause)})`, advice, cause)
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

function spikeDatasets(file: File, { file: path, advice }: NamedFile): SpikeDatasets {
  const get = (name: string): Dataset => {
    const found = file.get(name)
    if (found instanceof Dataset) return found
    throw damaged(path, `it has no dataset ${name}`, advice)
  }
  const [times, units, labels] = [get('spikes/times'), get('spikes/units'), get('labels')]
  const count = labels.shape?.[0]
  if (labels.shape?.length !== 1 || times.shape?.[0] !== count || units.shape?.[0] !== count) {
    throw damaged(path, 'its times, units and labels are not of as many samples', advice)
  }
  return { times, units, labels: numbersOf(labels.value) }
}

/** The library does not know half precision: its bits are asked for as whole numbers. */
function secondsReader(times: Dataset, { file, advice }: NamedFile): (index: number) => readonly number[] {
  const kind = times.metadata.vlen_type
  const integer = 0
  const float = 1
  if (kind?.type !== float) throw damaged(file, 'its times are no numbers of variable length', advice)
  if (kind.size !== 2) return (index) => numbersAt(times, index)
  kind.type = integer
  kind.signed = false
  return (index) => numbersAt(times, index).map(halfPrecision)
}

function numbersAt(dataset: Dataset, index: number): readonly number[] {
  const sliced: unknown = dataset.slice([[index, index + 1]])
  return numbersOf(Array.isArray(sliced) ? sliced[0] : sliced)
}

/** @throws {TypeError} unless these are numbers */
function numbersOf(value: unknown): readonly number[] {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) throw new TypeError('numbers expected')
  return Array.from(value as unknown as ArrayLike<number | bigint>, Number)
}

function sampleOf(
  seconds: readonly number[],
  units: readonly number[],
  channels: number,
  index: number,
  { file, advice }: NamedFile,
): EventSample {
  if (seconds.length !== units.length) {
    throw damaged(file, `sample ${index} has ${seconds.length} times and ${units.length} units`, advice)
  }
  const wrong = units.findIndex((unit) => !(Number.isInteger(unit) && unit >= 0 && unit < channels))
  if (wrong >= 0) throw damaged(file, `spike ${wrong} of sample ${index} is of channel ${units[wrong]}`, advice)
  const timesUs = Uint32Array.from(seconds, (time, spike) => {
    const timeUs = Math.round(time * 1e6)
    if (timeUs >= 0 && timeUs < 2 ** 32) return timeUs
    throw damaged(file, `spike ${spike} of sample ${index} is at ${time} s`, advice)
  })
  return sortEvents(timesUs, Uint16Array.from(units))
}
