import {
  checkpointFormat,
  type CheckpointHead,
  type CheckpointPlace,
} from '../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { Paused } from '../training/failure.ts'
import { type CheckpointOwner, readCheckpoint, writeCheckpoint } from './checkpointFile.ts'
import type { SafePoint } from './safePoint.ts'
import { fileOfState, stateOfFile, type TrialState } from './trialState.ts'
import { UnfitCheckpoint } from './unfitCheckpoint.ts'

/** Training goes on for so many times as long as writing has taken: it costs 2 % of the time at most. */
const pauseFactor = 50

/** What is told of checkpoints, to whoever wants to know. */
export interface CheckpointNews {
  /** The trial goes on from one. @param accuracies of the epochs that have ended */
  resumed(from: CheckpointPlace, accuracies: readonly (number | null)[]): void
  /** There was one that is of no use. */
  beginsAnew(problem: string): void
  written(place: CheckpointPlace): void
  /** There is none of now; training goes on. */
  failed(problem: string): void
}

interface CheckpointsOptions {
  /** Where they are written, and how often; undefined: nowhere. */
  readonly file: EvaluationRequest['checkpoint']
  readonly nowMs: () => number
  /** Aborted when training is to end, to go on later. */
  readonly pause: AbortSignal | undefined
  readonly news: CheckpointNews | undefined
}

/** The checkpoints of one evaluation. */
export class Checkpoints implements SafePoint {
  readonly #options: CheckpointsOptions
  #owner: CheckpointOwner | null = null
  #save: (() => { readonly state: TrialState; readonly place: CheckpointPlace }) | null = null
  #lastMs = 0
  #everyMs: number

  constructor(options: CheckpointsOptions) {
    this.#options = options
    this.#everyMs = options.file?.everyMs ?? Infinity
  }

  /**
   * What the trial goes on from; null: from its beginning, either because there is nothing or because that is of no use, which is told.
   * @param owner whose checkpoints they are from now on
   */
  async read(owner: CheckpointOwner): Promise<TrialState | null> {
    this.#owner = owner
    const { file, news } = this.#options
    if (file === undefined) return null
    try {
      const found = await readCheckpoint(file.path, owner)
      return found === null ? null : stateOfFile(found)
    } catch (error) {
      news?.beginsAnew(problemOf(error))
      return null
    }
  }

  /** From now on training can be saved. */
  watch(save: () => { readonly state: TrialState; readonly place: CheckpointPlace }): void {
    this.#save = save
    if (this.#options.file !== undefined) this.#lastMs = this.#options.nowMs()
  }

  isDue(): boolean {
    if (this.isPausing) return true
    return this.#options.file !== undefined && this.#options.nowMs() - this.#lastMs >= this.#everyMs
  }

  get isPausing(): boolean {
    return this.#options.pause?.aborted === true
  }

  async reach(): Promise<void> {
    const { file, nowMs } = this.#options
    if (file !== undefined && this.#save !== null && this.#owner !== null) {
      const beganMs = nowMs()
      await this.#write(file.path, this.#save(), this.#owner)
      this.#lastMs = nowMs()
      this.#everyMs = Math.max(file.everyMs, pauseFactor * (this.#lastMs - beganMs))
    }
    if (this.isPausing) throw new Paused('The evaluation is to go on later.')
  }

  async #write(
    path: string,
    { state, place }: { readonly state: TrialState; readonly place: CheckpointPlace },
    owner: CheckpointOwner,
  ): Promise<void> {
    const head: CheckpointHead = { format: checkpointFormat, ...owner, ...place }
    try {
      await writeCheckpoint(path, head, fileOfState(state))
    } catch (error) {
      this.#options.news?.failed(error instanceof Error ? error.message : String(error))
      return
    }
    this.#options.news?.written(place)
  }
}

/** Why a checkpoint is of no use. */
export const problemOf = (error: unknown): string => {
  const why = error instanceof UnfitCheckpoint ? error.message : 'its state cannot be read'
  return `The checkpoint is of no use: ${why}.`
}
