/**
 * DVS128 Gesture (Amir et al., CVPR 2017): 11 gestures of 29 people, of whom 1 to 23 are trained on and 24 to 29 tested
 * on. As published, in AEDAT 3.1 with the times of the gestures beside each recording; or as tonic has it, cut already,
 * in folders ibmGestureTrain and ibmGestureTest: user/<class>.npy of rows x, y, polarity, milliseconds.
 */
import type { Hash } from 'node:crypto'
import { join } from 'node:path'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import { indexAt } from '../../../src-core/encoding/inputEvents.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { EventSource, SourceSample } from '../events/eventSource.ts'
import { readAedat31 } from '../formats/aedat31.ts'
import type { PolarityEvents } from '../formats/aedat31.ts'
import { damaged, damagedAt } from '../formats/damaged.ts'
import type { NamedFile } from '../formats/damaged.ts'
import { readCsvTable } from '../formats/csvTable.ts'
import { readNpy } from '../formats/npy.ts'
import { sortEvents } from '../formats/sortEvents.ts'
import { filesIn, kindAt, readSource } from './readSource.ts'

export const gestureShape = { channels: 2, rows: 128, columns: 128 } as const
const facts = { name: 'dvs-gesture', sampleShape: gestureShape, classes: 11 } as const
const lastTrainingUser = 23

/** @throws {SpiketuneError} dataset-missing */
export async function dvsGestureSource(folder: string, advice: string): Promise<EventSource> {
  const names = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const recordings = names.filter((name) => /user\d+[^/]*\.aedat$/.test(name))
  const cut = names.filter((name) => /ibmGesture(Train|Test)\/.*\/\d+\.npy$/.test(name))
  if (recordings.length === 0 && cut.length === 0) {
    const what = `There are no recordings (.aedat, .npy) of DVS128 Gesture in ${folder}.`
    throw new SpiketuneError('dataset-missing', `${what} ${advice}`)
  }
  if (cut.length > 0) return cutSource(folder, trainFirst(cut, isTrainFolder), advice)
  return recordedSource(folder, trainFirst(recordings, isTrainUser), advice)
}

const trainFirst = (names: readonly string[], isTrain: (name: string) => boolean): readonly string[] => [
  ...names.filter(isTrain),
  ...names.filter((name) => !isTrain(name)),
]
const isTrainFolder = (name: string): boolean => name.includes('ibmGestureTrain/')
const isTrainUser = (name: string): boolean => Number(/user(\d+)[^/]*$/.exec(name)?.[1]) <= lastTrainingUser

const hashed = async (path: string, hash: Hash, advice: string): Promise<Buffer> => {
  const bytes = await readSource(path, advice)
  hash.update(bytes)
  return bytes
}

function cutSource(folder: string, names: readonly string[], advice: string): EventSource {
  return {
    ...facts,
    files: names.map((name) => join(folder, name)),
    expected: names.length,
    advice,
    async *samples(hash): AsyncIterable<SourceSample> {
      for (const name of names) {
        const named = { file: join(folder, name), advice }
        const label = Number(/(\d+)\.npy$/.exec(name)?.[1])
        if (label >= facts.classes) throw damaged(named.file, `its name says class ${label}, of 0 to 10`, advice)
        const sample = readCutGesture(await hashed(named.file, hash, advice), named)
        yield { part: isTrainFolder(name) ? 'train' : 'test', label, sample }
      }
    },
  }
}

/** Events [n, 4] of tonic's form. @throws {SpiketuneError} dataset-damaged */
export function readCutGesture(bytes: Uint8Array, named: NamedFile): EventSample {
  const { shape, values } = readNpy(bytes, named)
  if (shape.length !== 2 || shape[1] !== 4) {
    throw damagedAt(named, 10, `its shape is [${shape.join(', ')}], not [events, 4]`)
  }
  const events = shape[0] ?? 0
  const timesUs = new Uint32Array(events)
  const inputs = new Uint16Array(events)
  for (let event = 0; event < events; event++) {
    const [column = NaN, row = NaN, polarity = NaN, timeMs = NaN] = values.subarray(event * 4, event * 4 + 4)
    const isThere = isBelow(column, gestureShape.columns) && isBelow(row, gestureShape.rows) && isBelow(polarity, 2)
    if (!isThere || !(timeMs >= 0 && timeMs * 1000 < 2 ** 32)) {
      const found = [column, row, polarity, timeMs].join(', ')
      throw damaged(named.file, `event ${event} is ${found}, none of a sensor of 128 x 128 places`, named.advice)
    }
    timesUs[event] = Math.round(timeMs * 1000)
    inputs[event] = indexAt(gestureShape, polarity, row, column)
  }
  return sortEvents(timesUs, inputs)
}

const isBelow = (value: number, bound: number): boolean => Number.isInteger(value) && value >= 0 && value < bound

function recordedSource(folder: string, names: readonly string[], advice: string): EventSource {
  const labelsOf = (name: string): string => name.replace(/\.aedat$/, '_labels.csv')
  return {
    ...facts,
    files: names.flatMap((name) => [name, labelsOf(name)]).map((name) => join(folder, name)),
    expected: names.length * facts.classes,
    advice,
    async *samples(hash): AsyncIterable<SourceSample> {
      for (const name of names) {
        const named = { file: join(folder, name), advice }
        const events = readAedat31(await hashed(named.file, hash, advice), gestureShape, named)
        const labels = { file: join(folder, labelsOf(name)), advice }
        for (const gesture of readGestureTimes(await hashed(labels.file, hash, advice), labels)) {
          const part = isTrainUser(name) ? 'train' : 'test'
          yield { part, label: gesture.label, sample: cutGesture(events, gesture) }
        }
      }
    },
  }
}

interface GestureTime {
  readonly label: number
  readonly startUs: number
  readonly endUs: number
}

/** Rows of class (1 to 11), start and end in microseconds. @throws {SpiketuneError} dataset-damaged */
export function readGestureTimes(bytes: Uint8Array, named: NamedFile): readonly GestureTime[] {
  return readCsvTable(bytes, named).rows.map(({ cells, line, byte }) => {
    const [gesture = NaN, startUs = NaN, endUs = NaN] = cells.map((cell) => (cell === '' ? NaN : Number(cell)))
    if (!(Number.isInteger(gesture) && gesture >= 1 && gesture <= facts.classes && startUs >= 0 && endUs > startUs)) {
      throw damagedAt(named, byte, `line ${line} is not a class from 1 to 11, a start and a later end`)
    }
    if (endUs - startUs >= 2 ** 32) throw damagedAt(named, byte, `line ${line} is a gesture of more than 71 minutes`)
    return { label: gesture - 1, startUs, endUs }
  })
}

/** The events from the start up to but not including the end; the time counts from the start. */
export function cutGesture({ timesUs, inputs }: PolarityEvents, { startUs, endUs }: GestureTime): EventSample {
  const kept: number[] = []
  timesUs.forEach((timeUs, event) => {
    if (timeUs >= startUs && timeUs < endUs) kept.push(event)
  })
  return sortEvents(
    Uint32Array.from(kept, (event) => (timesUs[event] ?? 0) - startUs),
    Uint16Array.from(kept, (event) => inputs[event] ?? 0),
  )
}
