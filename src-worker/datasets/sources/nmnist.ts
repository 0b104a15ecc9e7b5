/**
 * N-MNIST in the forms in which it is found: folders Train/0..9 and Test/0..9 of recordings, as published; or
 * recordings by number with two lists, `train*.txt` and `test*.txt` (a line of names, then number, tab, label), in a
 * folder or packed as .tar.gz, as SLAYER's examples have it.
 */
import type { Hash } from 'node:crypto'
import { basename, join } from 'node:path'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { EventSource, SourceSample } from '../events/eventSource.ts'
import { damaged } from '../formats/damaged.ts'
import type { NamedFile } from '../formats/damaged.ts'
import { readSaccadeEvents } from '../formats/saccadeEvents.ts'
import { byNumbersAndLetters, filesIn, kindAt, readSource } from './readSource.ts'
import { readTar } from './tarArchive.ts'

export const nmnistShape = { channels: 2, rows: 34, columns: 34 } as const

interface Recording {
  readonly part: 'train' | 'test'
  readonly label: number
  readonly name: string
}

type Read = (name: string) => Promise<Uint8Array>

/**
 * @param folder of the files, or the archive
 * @throws {SpiketuneError} dataset-missing
 */
export async function nmnistSource(folder: string, advice: string): Promise<EventSource> {
  const archive = await archiveOf(folder)
  return archive === null ? inFolder(folder, advice) : inArchive(archive, advice)
}

const facts = { name: 'nmnist', sampleShape: nmnistShape, classes: 10 } as const
const isArchive = (name: string): boolean => /\.(tar|tar\.gz|tgz)$/.test(name)

async function archiveOf(folder: string): Promise<string | null> {
  const kind = await kindAt(folder)
  if (kind === 'file') return folder
  if (kind === null) return null
  const files = await filesIn(folder)
  const archives = files.filter(isArchive)
  return archives.length === 1 && !files.some(isRecording) ? join(folder, archives[0] ?? '') : null
}

async function inFolder(folder: string, advice: string): Promise<EventSource> {
  const names = (await kindAt(folder)) === 'folder' ? await filesIn(folder) : []
  const recordings = names.filter(isRecording)
  if (recordings.length === 0) {
    throw new SpiketuneError(
      'dataset-missing',
      `There are no recordings (.bin, .bs2) of N-MNIST in ${folder}. ${advice}`,
    )
  }
  const used = names.filter((name) => isRecording(name) || listPart(name) !== null)
  return {
    ...facts,
    files: used.map((name) => join(folder, name)),
    expected: recordings.length,
    advice,
    samples: (hash) =>
      samplesOf(
        names,
        folder,
        advice,
        hashing(hash, (name) => readSource(join(folder, name), advice)),
      ),
  }
}

function inArchive(path: string, advice: string): EventSource {
  return {
    ...facts,
    files: [path],
    // Of SLAYER's archive; what it really is shows when it is unpacked.
    expected: 1100,
    advice,
    async *samples(hash) {
      const bytes = await readSource(path, advice)
      hash.update(bytes)
      const members = await readTar(bytes, { file: path, advice })
      const read: Read = (name) => {
        const member = members.get(name)
        if (member === undefined) return Promise.reject(damaged(path, `it has no ${name}`, advice))
        return Promise.resolve(member)
      }
      yield* samplesOf([...members.keys()].sort(byNumbersAndLetters), path, advice, read)
    },
  }
}

const hashing =
  (hash: Hash, read: Read): Read =>
  async (name) => {
    const bytes = await read(name)
    hash.update(bytes)
    return bytes
  }

async function* samplesOf(
  names: readonly string[],
  place: string,
  advice: string,
  read: Read,
): AsyncIterable<SourceSample> {
  const listed = await listedRecordings(names, place, advice, read)
  const recordings = listed.length > 0 ? listed : names.flatMap(inClassFolder)
  for (const part of ['train', 'test'] as const) {
    for (const { name, label } of recordings.filter((recording) => recording.part === part)) {
      const bytes = await read(name)
      yield { part, label, sample: readSaccadeEvents(bytes, nmnistShape, { file: join(place, name), advice }) }
    }
  }
}

const isRecording = (name: string): boolean => /\.(bin|bs2)$/.test(name)

/** `.../Train/7/00016.bin` */
function inClassFolder(name: string): Recording[] {
  const found = /(?:^|\/)(train|test)\/([0-9])\/[^/]+\.(?:bin|bs2)$/i.exec(name)
  if (found === null) return []
  return [{ part: found[1]?.toLowerCase() === 'train' ? 'train' : 'test', label: Number(found[2]), name }]
}

function listPart(name: string): 'train' | 'test' | null {
  const found = /^(train|test)[^/]*\.txt$/i.exec(basename(name))
  return found === null ? null : found[1]?.toLowerCase() === 'train' ? 'train' : 'test'
}

async function listedRecordings(names: readonly string[], place: string, advice: string, read: Read) {
  const byId = new Map(names.filter(isRecording).map((name) => [basename(name).replace(/\.\w+$/, ''), name]))
  const recordings: Recording[] = []
  for (const list of names) {
    const part = listPart(list)
    if (part === null) continue
    const named: NamedFile = { file: join(place, list), advice }
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
export function readList(text: string, { file, advice }: NamedFile) {
  return text.split(/\r?\n/).flatMap((content, index) => {
    if (index === 0 || content.trim() === '') return []
    const found = /^(\w+)\s+([0-9])\s*$/.exec(content)
    const line = index + 1
    if (found === null) throw damaged(file, `line ${line} is not a number and a label from 0 to 9`, advice)
    return [{ id: found[1] ?? '', label: Number(found[2]), line }]
  })
}
