import type { StudiedTask } from '../../../src-core/control/controlDataset.ts'
import { episodeSeed, playEpisode, requireChoice, scoreShare } from '../../../src-core/control/episode.ts'
import { decodeAnswer, outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'
import { createInputEncoder } from '../../../src-core/neuroprocessor/inputSpikes.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { InputRange } from '../../../src-core/neuroprocessor/spikeCounts.ts'
import { deriveSeed, type Seed } from '../../../src-core/random/seed.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { NeuroprocessorDefinition } from '../../../src-core/study/networkSchema.ts'
import type { Neuroprocessor } from '../../engines/neuroprocessor/neuroprocessor.ts'
import type { TestResult } from '../testing.ts'
import type { Judged, Problem } from './problem.ts'
import type { Coding } from './tableProblem.ts'

interface ControlParts extends Coding {
  readonly definition: Pick<StudyDefinition, 'objective' | 'seeds'>
  readonly studied: StudiedTask
  readonly activity: NeuroprocessorDefinition['activity']
  readonly processor: Neuroprocessor
}

/** Thrown out of an episode as soon as its network is known to be silent. */
class Silent extends Error {}

/** The seed of the starts of episodes; all trials of a study have the same ones, as they have the same samples. */
export const startsOf = (
  { seeds }: Pick<StudyDefinition, 'seeds'>,
  use: 'training' | StudyDefinition['objective']['split'],
): Seed => deriveSeed(seeds.split, 'episodes', use)

/**
 * A task that a network acts in: what it observes is encoded, it runs, and its answer is the action. Fitness is the mean score
 * of the episodes, as a share of the best there is.
 */
export class ControlProblem implements Problem {
  readonly inputs: number
  readonly outputs: number
  readonly ranges: readonly InputRange[]
  readonly #parts: ControlParts
  readonly #encode: ReturnType<typeof createInputEncoder>['encode']
  /** Of the network that plays. */
  #outputSpikes = 0
  #decisions = 0
  #spikes = 0
  #accumulates = 0

  /** @throws {SpiketuneError} definition-invalid when the task is over with its first step whatever is done */
  constructor(parts: ControlParts) {
    const { studied, encoding, outputDecoder, definition } = parts
    const { observations, actions } = studied.task
    this.#parts = parts
    const { neurons, encode } = createInputEncoder(encoding, observations)
    this.#encode = encode
    this.ranges = observations
    this.inputs = neurons
    this.outputs = outputsFor({ decoder: outputDecoder, answers: actions.length })
    requireChoice(studied.task, episodeSeed(startsOf(definition, 'training'), 0))
  }

  judge(network: NeuroNetwork): Judged {
    const { definition, studied } = this.#parts
    this.#take(network)
    let score = 0
    try {
      for (let episode = 0; episode < studied.episodes; episode++) {
        score += this.#play(episodeSeed(startsOf(definition, 'training'), episode), true)
      }
    } catch (error) {
      if (!(error instanceof Silent)) throw error
      return { fitness: { state: 'silent' }, outputSpikes: 0 }
    }
    const spikes = this.#spikes / Math.max(1, this.#decisions)
    // Episodes may end before there were as many decisions as silence is judged by.
    return this.#outputSpikes === 0
      ? { fitness: { state: 'silent' }, outputSpikes: 0 }
      : {
          fitness: { state: 'measured', score: score / studied.episodes, margin: null, spikes },
          outputSpikes: this.#outputSpikes,
        }
  }

  async test(network: NeuroNetwork, turn: (done: number, planned: number) => Promise<void>): Promise<TestResult> {
    const { definition, studied } = this.#parts
    this.#take(network)
    let score = 0
    for (let episode = 0; episode < studied.episodes; episode++) {
      await turn(episode, studied.episodes)
      score += this.#play(episodeSeed(startsOf(definition, definition.objective.split), episode), false)
    }
    const accuracy = score / studied.episodes
    const decisions = Math.max(1, this.#decisions)
    return {
      accuracy,
      confusion: [],
      metrics: {
        accuracy,
        testSamples: studied.episodes,
        stepsPerEpisode: this.#decisions / studied.episodes,
        neurons: network.neurons.length,
        synapses: network.synapses.length,
        synapticOperationsPerSample: this.#accumulates / decisions,
        spikesPerSample: this.#spikes / decisions,
      },
    }
  }

  #take(network: NeuroNetwork): void {
    this.#parts.processor.load(network)
    this.#outputSpikes = 0
    this.#decisions = 0
    this.#spikes = 0
    this.#accumulates = 0
  }

  /** @returns its share of the best score @throws {Silent} */
  #play(seed: Seed, watched: boolean): number {
    const { studied, processor } = this.#parts
    processor.clear()
    const { score } = playEpisode(studied.task, seed, (observations) => this.#decide(observations, watched))
    return scoreShare(studied.task, score)
  }

  #decide(observations: readonly number[], watched: boolean): number {
    const { processor, activity, encoding, outputDecoder, studied, silentSamples } = this.#parts
    if (activity === 'cleared') processor.clear()
    const { steps, inputs, values } = this.#encode(observations)
    for (const [place, step] of steps.entries()) processor.apply(inputs[place] ?? 0, step, values[place] ?? 0)
    const { spikes, accumulates } = processor.run(encoding.runSteps)
    this.#spikes += spikes
    this.#accumulates += accumulates
    this.#decisions++
    const fires = processor.outputCounts()
    // Later spikes say nothing of silence, and would count for long episodes only.
    if (this.#decisions <= silentSamples) for (const count of fires) this.#outputSpikes += count
    if (watched && this.#decisions === silentSamples && this.#outputSpikes === 0) throw new Silent()
    const reading = { decoder: outputDecoder, answers: studied.task.actions.length, runSteps: encoding.runSteps }
    return decodeAnswer(reading, { fires, firstSteps: processor.outputFirsts() })
  }
}
