/**
 * DVS128 Gesture (Amir et al., CVPR 2017): 11 gestures of 29 people, of whom 1 to 23 are trained on and 24 to 29 tested
 * on. As published, in AEDAT 3.1 with the times of the gestures beside each recording; or as tonic has it, cut already,
 * in folders ibmGestureTrain and ibmGestureTest: user/<class>.npy of rows x, y, polarity, milliseconds. Both also as the
 * .tar.gz archives in which they are published.
 */
import type { Hash } from 'node:crypto'
import { join } from 'node:path'
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import { indexAt } from '../../../src-core/encoding/inputEvents.ts'
import type { EventSource, SourceSample } from '../events/eventSource.ts'
import { type PolarityEvents, readAedat31 } from '../formats/aedat31.ts'
import { damaged, damagedAt, type NamedFile } from '../formats/damaged.ts'
import { readCsvTable } from '../formats/csvTable.ts'
import { readNpy } from '../formats/npy.ts'
import { sortEvents } from '../formats/sortEvents.ts'
import { filesIn, kindAt, missingIn } from './readSource.ts'
import { archivesAt, filesOfArchives, filesOfFolder, type RecordingFiles } from './recordingFiles.ts'

export const gestureShape = { channels: 2, rows: 128, columns: 128 } as const
const facts = { name: 'dvs-gesture', sampleShape: gestureShape, classes: 11 } as const
const lastTrainingUser = 23
/** How many there are, for those who wait until archives are unpacked. */
const publishedGestures = 1342

/**
 * @param folder of the files, or of archives of them, or an archive
 * @param temporaryFolder where archives are unpacked
 * @throws {SpiketuneError} dataset-missing
 */
export const dvsGestureSource = async (
  folder: string,
  advice: string,
  temporaryFolder: string,
): Promise<EventSource> => {
  const paths = await archivesAt(folder, isOfUse)
  if (paths.length > 0) {
    const archives = { paths, advice, isWanted: isOfUse, temporaryFolder }
    return source(paths, publishedGestures, advice, (hash) => filesOfArchives(archives, hash))
  }
  const names = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const used = usedOf(names)
  if (used.length === 0) {
    throw await missingIn(folder, 'recording (.aedat, .npy) of DVS128 Gesture', advice)
  }
  const files = used.flatMap(({ name, labels }) => (labels === null ? [name] : [name, labels]))
  const expected = used[0]?.labels === null ? used.length : used.length * facts.classes
  return source(
    files.map((name) => join(folder, name)),
    expected,
    advice,
    (hash) => Promise.resolve(filesOfFolder(folder, names, advice, hash)),
  )
}

const isRecording = (name: string): boolean => /user\d+[^/]*\.aedat$/i.test(name)
const isCut = (name: string): boolean => /ibmGesture(Train|Test)\/.*\/\d+\.npy$/i.test(name)
const isLabels = (name: string): boolean => /user\d+[^/]*_labels\.csv$/i.test(name)
const isOfUse = (name: string): boolean => isRecording(name) || isCut(name) || isLabels(name)

interface UsedFile {
  readonly name: string
  readonly part: 'train' | 'test'
  /** Where the times of its gestures are; null: it is one gesture. */
  readonly labels: string | null
}

/** Those of train first. Gestures that are cut already make recordings beside them superfluous. */
const usedOf = (names: readonly string[]): readonly UsedFile[] => {
  const cut = names.filter(isCut)
  const labels = new Map(names.filter(isLabels).map((name) => [name.toLowerCase(), name]))
  const labelsOf = (recording: string): string => {
    const expected = recording.replace(/\.aedat$/i, '_labels.csv')
    return labels.get(expected.toLowerCase()) ?? expected
  }
  const used =
    cut.length > 0
      ? cut.map((name) => ({ name, part: isTrainFolder(name) ? 'train' : 'test', labels: null }) as const)
      : names
          .filter(isRecording)
          .map((name) => ({ name, part: isTrainUser(name) ? 'train' : 'test', labels: labelsOf(name) }) as const)
  return [...used.filter(({ part }) => part === 'train'), ...used.filter(({ part }) => part === 'test')]
}

const isTrainFolder = (name: string): boolean => /ibmGestureTrain\//i.test(name)
const isTrainUser = (name: string): boolean => Number(/user(\d+)[^/]*$/i.exec(name)?.[1]) <= lastTrainingUser

const source = (
  files: readonly string[],
  expected: number,
  advice: string,
  open: (hash: Hash) => Promise<RecordingFiles>,
): EventSource => ({
  ...facts,
  files,
  expected,
  advice,
  async *samples(hash) {
    const opened = await open(hash)
    try {
      const used = usedOf(opened.names)
      if (used.length === 0) throw damaged(files.join(', '), 'it holds no recordings (.aedat, .npy)', advice)
      for (const { name, part, labels } of used) {
        const gestures =
          labels === null ? cutGestures(name, opened, advice) : timedGestures(name, labels, opened, advice)
        for await (const gesture of gestures) yield { part, ...gesture }
      }
    } finally {
      await opened.close()
    }
  },
})

type Gesture = Omit<SourceSample, 'part'>

const cutGestures = async function* (name: string, files: RecordingFiles, advice: string): AsyncIterable<Gesture> {
  const named = { file: files.pathOf(name), advice }
  const label = Number(/(\d+)\.npy$/i.exec(name)?.[1])
  if (label >= facts.classes) throw damaged(named.file, `its name says class ${label}, of 0 to 10`, advice)
  yield { label, sample: readCutGesture(await files.read(name), named) }
}

const timedGestures = async function* (
  name: string,
  labels: string,
  files: RecordingFiles,
  advice: string,
): AsyncIterable<Gesture> {
  const events = readAedat31(await files.read(name), gestureShape, { file: files.pathOf(name), advice })
  const times = readGestureTimes(await files.read(labels), { file: files.pathOf(labels), advice })
  const { first, last } = spanOf(events)
  const elsewhere = times.find(({ startUs, endUs }) => startUs > last || endUs <= first)
  if (elsewhere !== undefined) {
    const { line, startUs, endUs } = elsewhere
    const span = events.timesUs.length === 0 ? 'has no events' : `has its events from ${first} to ${last} us`
    const what = `line ${line} has a gesture from ${startUs} to ${endUs} us, and ${files.pathOf(name)} ${span}`
    const why = 'Such times are often in other units than microseconds, or those of another recording'
    throw damaged(files.pathOf(labels), `${what}. ${why}`, advice)
  }
  for (const gesture of times) yield { label: gesture.label, sample: cutGesture(events, gesture) }
}

/** Times of the first and the last event. */
const spanOf = ({ timesUs }: PolarityEvents) => ({
  first: timesUs.reduce((first, timeUs) => Math.min(first, timeUs), Infinity),
  last: timesUs.reduce((last, timeUs) => Math.max(last, timeUs), -Infinity),
})

/** Events [n, 4] of tonic's form. @throws {SpiketuneError} dataset-damaged */
export const readCutGesture = (bytes: Uint8Array, named: NamedFile): EventSample => {
  const { shape, at } = readNpy(bytes, named)
  if (shape.length !== 2 || shape[1] !== 4) {
    throw damagedAt(named, 10, `its shape is [${shape.join(', ')}], not [events, 4]`)
  }
  const events = shape[0] ?? 0
  const timesUs = new Uint32Array(events)
  const inputs = new Uint16Array(events)
  for (let event = 0; event < events; event++) {
    const first = event * 4
    const [column, row, polarity, timeMs] = [at(first), at(first + 1), at(first + 2), at(first + 3)]
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

interface GestureTime {
  /** Where it stands in the table. */
  readonly line: number
  readonly label: number
  readonly startUs: number
  readonly endUs: number
}

/** Rows of class (1 to 11), start and end in microseconds. @throws {SpiketuneError} dataset-damaged */
export const readGestureTimes = (bytes: Uint8Array, named: NamedFile): readonly GestureTime[] => {
  const times: GestureTime[] = []
  readCsvTable(bytes, named, () => ({ cells, line, byte }) => {
    const [gesture = NaN, startUs = NaN, endUs = NaN] = cells.map((cell) => (cell === '' ? NaN : Number(cell)))
    if (!(Number.isInteger(gesture) && gesture >= 1 && gesture <= facts.classes && startUs >= 0 && endUs > startUs)) {
      throw damagedAt(named, byte, `line ${line} is not a class from 1 to 11, a start and a later end`)
    }
    if (endUs - startUs >= 2 ** 32) throw damagedAt(named, byte, `line ${line} is a gesture of more than 71 minutes`)
    times.push({ line, label: gesture - 1, startUs, endUs })
  })
  return times
}

/** The events from the start up to but not including the end; the time counts from the start. */
export const cutGesture = (
  { timesUs, inputs }: PolarityEvents,
  { startUs, endUs }: Omit<GestureTime, 'line'>,
): EventSample => {
  const kept: number[] = []
  timesUs.forEach((timeUs, event) => {
    if (timeUs >= startUs && timeUs < endUs) kept.push(event)
  })
  return sortEvents(
    Uint32Array.from(kept, (event) => (timesUs[event] ?? 0) - startUs),
    Uint16Array.from(kept, (event) => inputs[event] ?? 0),
  )
}
