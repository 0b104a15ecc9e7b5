import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type CheckpointPlace, placeShare } from '../../src-core/checkpoint/checkpointHead.ts'
import { checkpointPlacesIn, filesIn } from '../files/checkpointPlaces.ts'
import { checkpointFileName, isCheckpointFile } from '../files/studyFolder.ts'
import type { CheckpointShelf } from '../scheduler/ports.ts'
import { type FileIdentity, identityOf, isStillAt } from '../storage/fileIdentity.ts'
import { unlessDiskFails } from './keptFiles.ts'

/** Keeps the checkpoints of the trials that have not ended, and no others. */
export class CheckpointKeeper implements CheckpointShelf {
  readonly #folder: string
  /** The folder of the study: where another one has taken its place, the checkpoints are no longer ours to remove. */
  readonly #study: FileIdentity | null
  readonly #places: Map<number, CheckpointPlace>
  readonly #changed: () => void
  #problem: string | null = null

  /**
   * @param waiting trials that may go on: whatever else there is is of a trial that has ended meanwhile, or half written
   * @param changed called when there is something else that a person should know of them
   */
  constructor(folder: string, waiting: ReadonlySet<number>, changed: () => void) {
    this.#folder = folder
    this.#changed = changed
    unlessDiskFails(() => mkdirSync(folder, { recursive: true }), undefined)
    this.#study = identityOf(dirname(folder))
    this.#places = checkpointPlacesIn(folder)
    const known = new Set([...waiting].map(checkpointFileName))
    for (const trial of this.#places.keys()) if (!waiting.has(trial)) this.#places.delete(trial)
    for (const name of filesIn(folder)) if (isCheckpointFile(name) && !known.has(name)) this.#removeFile(name)
  }

  pathOf(trial: number): string {
    return join(this.#folder, checkpointFileName(trial))
  }

  placeOf(trial: number): CheckpointPlace | null {
    return this.#places.get(trial) ?? null
  }

  /** How far a trial had come where it would go on, of 1; undefined: it begins. */
  shareOf(trial: number): number | undefined {
    const place = this.placeOf(trial)
    return place === null ? undefined : placeShare(place)
  }

  /** What a person should know of checkpoints now; null: nothing. */
  get problem(): string | null {
    return this.#problem
  }

  written(trial: number, place: CheckpointPlace): void {
    this.#places.set(trial, place)
  }

  remove(trial: number): void {
    if (this.#places.delete(trial)) this.#removeFile(checkpointFileName(trial))
  }

  told(problem: string | null): void {
    if (this.#problem === problem) return
    this.#problem = problem
    this.#changed()
  }

  /** One that the disk does not let go of goes when the study is opened again. */
  #removeFile(name: string): void {
    if (!isStillAt(dirname(this.#folder), this.#study)) return
    unlessDiskFails(() => {
      rmSync(join(this.#folder, name), { force: true })
    }, undefined)
  }
}
