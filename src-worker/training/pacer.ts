import { setImmediate } from 'node:timers/promises'
import type { TrialProgress } from '../../src-core/contracts/worker.ts'
import type { SafePoint } from '../checkpoint/safePoint.ts'
import { Cancelled } from './failure.ts'

/** Longest stretch of computing between two looks at what the host sent. */
const turnMs = 100
const reportEveryMs = 250

type ProgressState = Omit<TrialProgress, 'samplesPerSecond'>
/** How far training went. */
export type TrainedState = Pick<ProgressState, 'epoch' | 'epochs' | 'epochSamples' | 'lastInterval'>

/** Before any training. */
export const untrained: TrainedState = { epoch: 0, epochs: 1, epochSamples: null, lastInterval: null }

interface PacerOptions {
  readonly nowMs: () => number
  readonly signal: AbortSignal
  readonly report: (progress: TrialProgress) => void
  /** Whoever trains says itself when it may be written down; in all other phases nothing is learned. */
  readonly safePoint?: SafePoint
}

/**
 * Lets long computations give the event loop its turn, be called off and report progress. Time decides only when, never
 * what is computed.
 */
export class Pacer {
  readonly #options: PacerOptions
  #lastTurnMs: number
  #lastReportMs = -Infinity
  #lastPhase: ProgressState['phase'] | null = null
  #lastSamples = 0
  #replicate: TrialProgress['replicate'] = undefined
  #spikes: TrialProgress['spikes'] = undefined

  constructor(options: PacerOptions) {
    this.#options = options
    this.#lastTurnMs = options.nowMs()
  }

  /** What is reported from now on is of the training `number`, from 1, of so many; of one alone nothing is said. */
  beginReplicate(number: number, of: number): void {
    if (of > 1) this.#replicate = { number, of }
  }

  get nowMs(): number {
    return this.#options.nowMs()
  }

  /** Whether it is time for a turn. */
  isDue(): boolean {
    return this.nowMs - this.#lastTurnMs >= turnMs
  }

  /**
   * Gives the event loop its turn, and reports when it is time or another phase begins.
   * @throws {Cancelled} when the evaluation was called off
   * @throws {Paused} when it is to go on later
   */
  async turn(ofReplicate: ProgressState): Promise<void> {
    const state = this.#ofTrial(ofReplicate)
    // Some datasets are loaded in parts, whose samples are counted from 0 each.
    const begins = state.phase !== this.#lastPhase || state.samplesDone < this.#lastSamples
    if (begins) this.#beginPhase(state)
    else if (this.nowMs - this.#lastReportMs >= reportEveryMs) this.#report(state)
    await setImmediate()
    this.#lastTurnMs = this.nowMs
    const { signal, safePoint } = this.#options
    if (signal.aborted) throw new Cancelled('The evaluation was called off.')
    if (state.phase !== 'training' && safePoint?.isPausing) await safePoint.reach()
  }

  /**
   * Training is that of all replicates, as if those before had gone to their ends. How it spiked is still told while the network is
   * tested.
   */
  #ofTrial(ofReplicate: ProgressState): ProgressState {
    if (ofReplicate.phase === 'training') this.#spikes = ofReplicate.spikes
    const { spikes: _, ...rest } = ofReplicate
    const state = this.#spikes === undefined ? rest : { ...rest, spikes: this.#spikes }
    const replicate = this.#replicate
    if (replicate === undefined) return state
    if (state.phase !== 'training') return { ...state, replicate }
    const { samplesDone, samplesPlanned } = state
    return {
      ...state,
      replicate,
      samplesDone: (replicate.number - 1) * samplesPlanned + samplesDone,
      samplesPlanned: replicate.of * samplesPlanned,
    }
  }

  #beginPhase(state: ProgressState): void {
    this.#lastPhase = state.phase
    this.#lastSamples = state.samplesDone
    this.#lastReportMs = this.nowMs
    this.#options.report({ ...state, samplesPerSecond: 0 })
  }

  #report(state: ProgressState): void {
    const seconds = (this.nowMs - this.#lastReportMs) / 1000
    const samplesPerSecond = (state.samplesDone - this.#lastSamples) / seconds
    this.#lastReportMs = this.nowMs
    this.#lastSamples = state.samplesDone
    this.#options.report({ ...state, samplesPerSecond })
  }
}
