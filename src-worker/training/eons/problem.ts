import type { Fitness } from '../../../src-core/evolution/fitness.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { InputRange } from '../../../src-core/neuroprocessor/spikeCounts.ts'
import type { TestResult } from '../testing.ts'

/** What a network did in training. */
export interface Judged {
  readonly fitness: Fitness
  /** Of all outputs together, over the first samples or decisions: those that silence is judged by. */
  readonly outputSpikes: number
}

/** What networks evolve for: samples to tell apart, or a task to act in. */
export interface Problem {
  /** Neurons that the networks take input by, and are read by. */
  readonly inputs: number
  readonly outputs: number
  /** Of the values that they are shown. */
  readonly ranges: readonly InputRange[]
  /**
   * How a network does in training. A silent one costs no more than the first samples.
   * @throws {ImpossibleNetwork | OutOfMemory}
   */
  judge(network: NeuroNetwork): Judged
  /**
   * How it does on what the objective is measured on.
   * @param turn called now and then with how many samples, or episodes, are done, of how many
   */
  test(network: NeuroNetwork, turn: (done: number, planned: number) => Promise<void>): Promise<TestResult>
}
