import type { Hash } from 'node:crypto'
import { join } from 'node:path'
import { byNumbersAndLetters, filesIn, hashSource, kindAt, readSource } from './readSource.ts'
import { type UnpackedTar, unpackTar } from './unpackTar.ts'

/** The files of a dataset, in a folder or unpacked from archives. */
export interface RecordingFiles {
  /** In their order, numbers by their value. */
  readonly names: readonly string[]
  /** Where it lies, for people. */
  pathOf(name: string): string
  /** @throws {SpiketuneError} dataset-missing, dataset-damaged */
  read(name: string): Promise<Uint8Array>
  close(): Promise<void>
}

/** @param hash takes the content of each file when it is read */
export const filesOfFolder = (
  folder: string,
  names: readonly string[],
  advice: string,
  hash: Hash,
): RecordingFiles => ({
  names,
  pathOf: (name) => join(folder, name),
  async read(name) {
    const bytes = await readSource(join(folder, name), advice)
    hash.update(bytes)
    return bytes
  },
  close: () => Promise.resolve(),
})

interface Archives {
  readonly paths: readonly string[]
  readonly advice: string
  /** Which files of them are of use. */
  isWanted(name: string): boolean
  /** Where they are unpacked. */
  readonly temporaryFolder: string
}

/**
 * Unpacks archives, of whatever size, to the disk.
 * @param hash takes their content
 * @throws {SpiketuneError} dataset-missing, dataset-damaged; disk-full and folder-not-writable of the temporary folder
 */
export const filesOfArchives = async (archives: Archives, hash: Hash): Promise<RecordingFiles> => {
  const { paths, advice, isWanted, temporaryFolder } = archives
  const unpacked: (UnpackedTar & { readonly path: string })[] = []
  const close = async (): Promise<void> => {
    await Promise.all(unpacked.map((archive) => archive.close()))
  }
  try {
    for (const path of paths) {
      await hashSource(path, advice, hash)
      unpacked.push({ path, ...(await unpackTar({ file: path, advice }, isWanted, temporaryFolder)) })
    }
  } catch (error) {
    await close()
    throw error
  }
  const archiveOf = new Map(unpacked.flatMap((archive) => archive.names.map((name) => [name, archive] as const)))
  // One that is not there is missed by the first archive.
  const holder = (name: string) => archiveOf.get(name) ?? unpacked[0]
  return {
    names: [...archiveOf.keys()].sort(byNumbersAndLetters),
    pathOf: (name) => join(holder(name)?.path ?? '', name),
    read: async (name) => (await holder(name)?.read(name)) ?? new Uint8Array(),
    close,
  }
}

const isArchive = (name: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(name)

/** The archives at a place: itself, or those in a folder in which nothing else is of use. */
export const archivesAt = async (place: string, isOfUse: (name: string) => boolean): Promise<readonly string[]> => {
  const kind = await kindAt(place)
  if (kind !== 'folder') return kind === 'file' ? [place] : []
  const files = await filesIn(place)
  return files.some(isOfUse) ? [] : files.filter(isArchive).map((name) => join(place, name))
}
