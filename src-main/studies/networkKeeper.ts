import { mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { surplusNetworks } from '../../src-core/library/studyDisk.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { filesIn } from '../files/checkpointPlaces.ts'
import { isNetworkFile } from '../files/studyFolder.ts'
import { type FileIdentity, identityOf, isStillAt } from '../storage/fileIdentity.ts'
import { unlessDiskFails } from './keptFiles.ts'

/** Keeps the trained networks of the best trials and of the pinned ones on disk, and no others. */
export class NetworkKeeper {
  readonly #folder: string
  readonly #keep: number
  /** The folder of the study: where another one has taken its place, the networks are no longer ours to remove. */
  readonly #study: FileIdentity | null
  /** Sizes of the kept networks by file, in bytes. */
  readonly #sizes = new Map<string, number>()

  constructor(folder: string, keep: number) {
    this.#folder = folder
    this.#keep = keep
    // Where it cannot be made, each trial says why its network is not there.
    unlessDiskFails(() => mkdirSync(folder, { recursive: true }), undefined)
    this.#study = identityOf(dirname(folder))
  }

  /**
   * Removes networks that no trial refers to: a worker or the application died while one was written. Whatever else
   * somebody has put there is not ours to remove.
   */
  sweep(rows: Iterable<TrialRow>): void {
    const all = [...rows]
    const known = new Set(all.map(({ networkFile }) => networkFile))
    // Of a trial that cannot be read nobody knows whether it has one.
    const isWhole = all.every(({ failure }) => failure?.reason !== 'unreadable')
    const here = isWhole ? filesIn(this.#folder) : []
    for (const file of here) if (isNetworkFile(file) && !known.has(file)) this.remove(file)
    for (const file of known) if (file !== null) this.added(file)
  }

  /** Disk space of the kept networks. */
  get bytes(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0)
  }

  /** Disk space of one of them. */
  bytesOf(file: string): number {
    return this.#sizes.get(file) ?? 0
  }

  /** A worker has written this one. */
  added(file: string): void {
    this.#sizes.set(file, sizeOf(join(this.#folder, file)))
  }

  /** The trials whose networks are kept no longer, now that these are all trials. @param keep of the best; as the definition says unless given */
  surplus(rows: Iterable<TrialRow>, keep = this.#keep): (TrialRow & { readonly networkFile: string })[] {
    return surplusNetworks(rows, keep)
  }

  /** One that the disk does not let go of is swept when the study is opened again. */
  remove(file: string): void {
    this.#sizes.delete(file)
    if (!isStillAt(dirname(this.#folder), this.#study)) return
    unlessDiskFails(() => {
      rmSync(join(this.#folder, file), { force: true })
    }, undefined)
  }
}

const sizeOf = (file: string): number => unlessDiskFails(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0, 0)

/** Disk space of the networks in a study's folder of them. */
export const networkBytesIn = (folder: string): number =>
  filesIn(folder)
    .filter(isNetworkFile)
    .reduce((sum, file) => sum + sizeOf(join(folder, file)), 0)
