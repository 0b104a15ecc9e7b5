/** What a study keeps on the disk. */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type DiskPart, diskPartOf, type StudyDisk } from '../../src-core/library/studyDisk.ts'
import { isFileError } from '../files/fileErrors.ts'
import { studyPaths } from '../files/studyFolder.ts'
import type { Clock } from '../scheduler/clock.ts'
import { unlessDiskFails } from './keptFiles.ts'

/** Folders in folders that are looked into: no study has more, and a link may lead around in a circle. */
const deepest = 8

/** The files below a folder with their sizes, as far as they can be looked at; links are not followed. */
const filesBelow = function* (folder: string, depth = 0): Generator<{ readonly path: string; readonly bytes: number }> {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (!isFileError(error)) throw error
    return
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < deepest) yield* filesBelow(path, depth + 1)
    // The shared memory of whoever looks at a database is gone when nobody does.
    else if (entry.isFile() && !entry.name.endsWith('.sqlite-shm')) {
      const bytes = unlessDiskFails(() => statSync(path, { throwIfNoEntry: false })?.size ?? 0, 0)
      yield { path, bytes }
    }
  }
}

/** Bytes of everything in the folder of a study. */
export const diskBytesOf = (folder: string): number => {
  let sum = 0
  for (const { bytes } of filesBelow(folder)) sum += bytes
  return sum
}

/** What a study keeps, by what it is for. */
export const studyDiskOf = (folder: string): StudyDisk => {
  const paths = studyPaths(folder)
  const parts = new Map<DiskPart['kind'], { files: number; bytes: number }>()
  for (const { path, bytes } of filesBelow(folder)) {
    const kind = diskPartOf(path.slice(folder.length + 1), basename(paths.database))
    const part = parts.get(kind) ?? { files: 0, bytes: 0 }
    parts.set(kind, { files: part.files + 1, bytes: part.bytes + bytes })
  }
  return { parts: [...parts].map(([kind, sums]) => ({ kind, ...sums })).sort((a, b) => b.bytes - a.bytes) }
}

/** Sooner nobody would notice. */
const lookEveryMs = 10_000

/** The disk space of an open study, looked at now and then: its summary is asked for at every change of a trial. */
export class DiskLook {
  readonly #folder: string
  readonly #clock: Pick<Clock, 'monotonicMs'>
  #lookedAtMs = -Infinity
  #bytes = 0

  constructor(folder: string, clock: Pick<Clock, 'monotonicMs'>) {
    this.#folder = folder
    this.#clock = clock
  }

  get bytes(): number {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#lookedAtMs >= lookEveryMs) this.lookAgain()
    return this.#bytes
  }

  /** Something was removed: it is looked at once more. */
  lookAgain(): void {
    this.#lookedAtMs = this.#clock.monotonicMs()
    this.#bytes = diskBytesOf(this.#folder)
  }
}
