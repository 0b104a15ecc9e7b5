/**
 * N-MNIST in the forms in which it is found: folders Train/0..9 and Test/0..9 of recordings, as published; or
 * recordings by number with two lists, `train*.txt` and `test*.txt` (a line of names, then number, tab, label), in a
 * folder or packed as .tar.gz, as SLAYER's examples have it.
 */
import type { Hash } from 'node:crypto'
import { basename, join } from 'node:path'
import type { EventSource, SourceSample } from '../events/eventSource.ts'
import { damaged, type NamedFile } from '../formats/damaged.ts'
import { readSaccadeEvents } from '../formats/saccadeEvents.ts'
import { filesIn, kindAt, missingIn } from './readSource.ts'
import { archivesAt, filesOfArchives, filesOfFolder, type RecordingFiles } from './recordingFiles.ts'

export const nmnistShape = { channels: 2, rows: 34, columns: 34 } as const

interface Recording {
  readonly part: 'train' | 'test'
  readonly label: number
  readonly name: string
}

/**
 * @param folder of the files, or the archive
 * @param temporaryFolder where an archive is unpacked
 * @throws {SpiketuneError} dataset-missing
 */
export const nmnistSource = async (folder: string, advice: string, temporaryFolder: string): Promise<EventSource> => {
  const paths = await archivesAt(folder, isRecording)
  if (paths.length > 0) {
    const archives = { paths, advice, isWanted: isUsed, temporaryFolder }
    // Of SLAYER's archive; what it really is shows when it is unpacked.
    return source(paths, 1100, advice, (hash) => filesOfArchives(archives, hash))
  }
  const names = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const recordings = names.filter(isRecording)
  if (recordings.length === 0) {
    throw await missingIn(folder, 'recording (.bin, .bs2) of N-MNIST', advice)
  }
  const used = names.filter(isUsed)
  const files = used.map((name) => join(folder, name))
  return source(files, recordings.length, advice, (hash) => Promise.resolve(filesOfFolder(folder, used, advice, hash)))
}

const source = (
  files: readonly string[],
  expected: number,
  advice: string,
  open: (hash: Hash) => Promise<RecordingFiles>,
): EventSource => ({
  name: 'nmnist',
  sampleShape: nmnistShape,
  classes: 10,
  files,
  expected,
  advice,
  async *samples(hash) {
    const opened = await open(hash)
    try {
      yield* samplesOf(opened, advice)
    } finally {
      await opened.close()
    }
  },
})

const samplesOf = async function* (files: RecordingFiles, advice: string): AsyncIterable<SourceSample> {
  const listed = await listedRecordings(files, advice)
  const recordings = listed.length > 0 ? listed : files.names.flatMap(inClassFolder)
  for (const part of ['train', 'test'] as const) {
    for (const { name, label } of recordings.filter((recording) => recording.part === part)) {
      const bytes = await files.read(name)
      yield { part, label, sample: readSaccadeEvents(bytes, nmnistShape, { file: files.pathOf(name), advice }) }
    }
  }
}

const isRecording = (name: string): boolean => /\.(bin|bs2)$/i.test(name)

const isUsed = (name: string): boolean => isRecording(name) || listPart(name) !== null

/** `.../Train/7/00016.bin` */
const inClassFolder = (name: string): Recording[] => {
  const found = /(?:^|\/)(train|test)\/([0-9])\/[^/]+\.(?:bin|bs2)$/i.exec(name)
  if (found === null) return []
  return [{ part: found[1]?.toLowerCase() === 'train' ? 'train' : 'test', label: Number(found[2]), name }]
}

const listPart = (name: string): 'train' | 'test' | null => {
  const found = /^(train|test)[^/]*\.txt$/i.exec(basename(name))
  return found === null ? null : found[1]?.toLowerCase() === 'train' ? 'train' : 'test'
}

const listedRecordings = async ({ names, pathOf, read }: RecordingFiles, advice: string): Promise<Recording[]> => {
  const byId = new Map(names.filter(isRecording).map((name) => [basename(name).replace(/\.\w+$/, ''), name]))
  const recordings: Recording[] = []
  for (const list of names) {
    const part = listPart(list)
    if (part === null) continue
    const named: NamedFile = { file: pathOf(list), advice }
    const text = Buffer.from(await read(list)).toString('latin1')
    for (const { id, label, line } of readList(text, named)) {
      const name = byId.get(id)
      if (name === undefined)
        throw damaged(named.file, `line ${line} names recording ${id}, which is not there`, advice)
      recordings.push({ part, label, name })
    }
  }
  return recordings
}

/** The lines of a list after its first, which names the columns. @throws {SpiketuneError} dataset-damaged */
export const readList = (text: string, { file, advice }: NamedFile) =>
  text.split(/\r?\n/).flatMap((content, index) => {
    if (index === 0 || content.trim() === '') return []
    const found = /^(\w+)\s+([0-9])\s*$/.exec(content)
    const line = index + 1
    if (found === null) throw damaged(file, `line ${line} is not a number and a label from 0 to 9`, advice)
    return [{ id: found[1] ?? '', label: Number(found[2]), line }]
  })
