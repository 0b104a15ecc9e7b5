import {
  compareFitness,
  type Evaluated,
  type GenerationRecord,
  recordGeneration,
} from '../../../src-core/evolution/fitness.ts'
import { type Evolution, firstGeneration, nextGeneration } from '../../../src-core/evolution/nextGeneration.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { SpikeRateCounter } from '../../../src-core/progress/spikeRate.ts'
import type { SilenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { endedEarly } from '../../../src-core/stopping/timeSaved.ts'
import type { IntervalReport, TrialStop } from '../../../src-core/trial/measurement.ts'
import { judgeEpoch, type JudgeEpoch } from '../judgeEpoch.ts'
import type { Pacer } from '../pacer.ts'
import { SilenceWatch } from '../silenceWatch.ts'
import type { TrainingResult } from '../trialTraining.ts'
import type { Judged, Problem } from './problem.ts'

interface EonsSetup {
  readonly evolution: Evolution
  readonly generations: number
  readonly problem: Problem
  /** For epochs of as many samples as there are networks in the population. */
  readonly silence: SilenceRule
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
}

/**
 * Evolves networks: a generation is an epoch, and a network of it a sample, whose spikes are those of its outputs. Ends with the
 * last generation, when too many networks are silent, when it is pruned, or when a network is as good as any can be.
 */
export class EonsTraining {
  readonly #setup: EonsSetup
  readonly #watch: SilenceWatch
  readonly #intervals: IntervalReport[] = []
  readonly #records: GenerationRecord[] = []
  readonly #spikes = new SpikeRateCounter()
  /** Elites are the same networks again. */
  readonly #known = new WeakMap<NeuroNetwork, Judged>()
  #best: Evaluated | null = null
  #trained = 0

  constructor(setup: EonsSetup) {
    this.#setup = setup
    this.#watch = new SilenceWatch(setup.silence)
  }

  /** Networks that were judged, elites of a generation before among them. */
  get samplesTrained(): number {
    return this.#trained
  }

  /** Of each generation so far. */
  get records(): readonly GenerationRecord[] {
    return this.#records
  }

  /** The fittest so far. @throws {Error} before any was judged */
  get best(): NeuroNetwork {
    if (this.#best === null) throw new Error('no network was judged yet')
    return this.#best.network
  }

  /**
   * @throws {Cancelled} when it was called off
   * @throws {ImpossibleNetwork | OutOfMemory}
   */
  async run(): Promise<TrainingResult> {
    const { evolution, generations, judge } = this.#setup
    let population = firstGeneration(evolution)
    let stop: TrialStop | null = null
    for (let generation = 0; ; generation++) {
      const { evaluated, silence } = await this.#judgeAll(population, generation)
      stop = silence
      if (stop !== null || generation === generations - 1 || this.#isSolved()) break
      stop = await judgeEpoch(judge, this.#intervals)
      if (stop !== null) break
      this.#watch.nextEpoch()
      const fitnesses = evaluated.map(({ fitness }) => fitness)
      population = nextGeneration(population, fitnesses, evolution, generation + 1)
    }
    const samplesPlanned = generations * evolution.parameters.populationSize
    if (!endedEarly({ samplesTrained: this.#trained, samplesPlanned })) stop = null
    return {
      stop,
      constraints: this.#watch.constraints(stop),
      intervals: this.#intervals,
      spikeCounts: this.#watch.spikeCounts,
      samplesTrained: this.#trained,
      samplesPlanned,
      metrics: { generations: this.#records.length, ...this.#watch.nonSpikingShares() },
    }
  }

  /** One generation, or as much of it as silence lets be judged. */
  async #judgeAll(population: readonly NeuroNetwork[], generation: number) {
    const evaluated: Evaluated[] = []
    let silence: TrialStop | null = null
    await this.#turn(generation)
    for (const network of population) {
      const { fitness, outputSpikes } = this.#judged(network)
      const one = { network, fitness }
      evaluated.push(one)
      if (this.#best === null || compareFitness(one, this.#best, this.#goals) < 0) this.#best = one
      this.#trained++
      this.#watch.add(() => outputSpikes)
      this.#spikes.add(outputSpikes)
      if (this.#watch.isDue) silence = this.#watch.look()
      if (silence !== null) break
      if (this.#setup.pacer.isDue()) await this.#turn(generation)
    }
    this.#watch.endEpoch()
    const record = recordGeneration(evaluated.map(({ fitness }) => fitness))
    this.#records.push(record)
    const { sample, nonSpiking } = this.#watch
    this.#intervals.push({ epoch: generation, sample, trainAccuracy: record.bestScore, nonSpiking })
    return { evaluated, silence }
  }

  #judged(network: NeuroNetwork): Judged {
    const known = this.#known.get(network) ?? this.#setup.problem.judge(network)
    this.#known.set(network, known)
    return known
  }

  /** Whether nothing is left to gain: the best score, and no goal that could still be met better. */
  #isSolved(): boolean {
    const fitness = this.#best?.fitness
    if (fitness?.state !== 'measured' || fitness.score < 1) return false
    return this.#goals.every((goal) => goal === 'margin' && fitness.margin === null)
  }

  get #goals() {
    return this.#setup.evolution.parameters.goals
  }

  #turn(generation: number): Promise<void> {
    const { generations, pacer, evolution } = this.#setup
    const { populationSize } = evolution.parameters
    return pacer.turn({
      phase: 'training',
      epoch: generation,
      epochs: generations,
      epochSamples: populationSize,
      samplesDone: this.#trained,
      samplesPlanned: generations * populationSize,
      lastInterval: this.#intervals.at(-1) ?? null,
      spikes: this.#spikes.rate,
    })
  }
}
