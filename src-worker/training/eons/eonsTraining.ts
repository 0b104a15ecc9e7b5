import { z } from 'zod'
import {
  compareFitness,
  type Evaluated,
  fitnessSchema,
  type GenerationRecord,
  generationRecordSchema,
  recordGeneration,
} from '../../../src-core/evolution/fitness.ts'
import { type Evolution, firstGeneration, nextGeneration } from '../../../src-core/evolution/nextGeneration.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { SpikeRateCounter, spikeRateStateSchema } from '../../../src-core/progress/spikeRate.ts'
import { epochAccuracies } from '../../../src-core/stopping/pruning.ts'
import type { SilenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { endedEarly } from '../../../src-core/stopping/timeSaved.ts'
import {
  type IntervalReport,
  intervalReportSchema,
  type TrialStop,
  trialStopSchema,
} from '../../../src-core/trial/measurement.ts'
import type { SafePoint } from '../../checkpoint/safePoint.ts'
import { type SavedState, type SavedTraining, tensorsOf, tensorsUnder } from '../../checkpoint/savedState.ts'
import { judgeEpoch, type JudgeEpoch } from '../judgeEpoch.ts'
import type { Pacer } from '../pacer.ts'
import { SilenceWatch, silenceWatchSchema } from '../silenceWatch.ts'
import type { TrainingResult } from '../trialTraining.ts'
import { networksOf, networkTensors } from './networkList.ts'
import type { Judged, Problem } from './problem.ts'

interface EonsSetup {
  readonly evolution: Evolution
  readonly generations: number
  readonly problem: Problem
  /** For epochs of as many samples as there are networks in the population. */
  readonly silence: SilenceRule
  readonly judge: JudgeEpoch
  readonly pacer: Pacer
  /** Reached at the beginning of a generation, or in it when it is to end; absent: nobody asks for that. */
  readonly safePoint?: SafePoint | undefined
}

/** As it was before the first network of a generation was judged. */
const savedSchema = z.strictObject({
  watch: silenceWatchSchema,
  intervals: z.array(intervalReportSchema),
  records: z.array(generationRecordSchema),
  spikes: spikeRateStateSchema,
  trained: z.int().min(0),
  /** Of the fittest so far; null: none was judged. */
  best: fitnessSchema.nullable(),
  /** Why training has ended; null: it has not. */
  ended: z.strictObject({ stop: trialStopSchema.nullable() }).nullable(),
})

/**
 * Evolves networks: a generation is an epoch, and a network of it a sample, whose spikes are those of its outputs. Ends with the
 * last generation, when too many networks are silent, when it is pruned, or when a network is as good as any can be.
 */
export class EonsTraining {
  readonly #setup: EonsSetup
  readonly #watch: SilenceWatch
  #intervals: IntervalReport[] = []
  #records: GenerationRecord[] = []
  readonly #spikes = new SpikeRateCounter()
  /** Elites are the same networks again. */
  readonly #known = new WeakMap<NeuroNetwork, Judged>()
  #best: Evaluated | null = null
  #trained = 0
  /** What it goes on from; null: from the first generation. */
  #population: readonly NeuroNetwork[] | null = null
  #ended: { readonly stop: TrialStop | null } | null = null
  #marked: (() => SavedTraining) | null = null

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
    const { evolution, generations } = this.#setup
    if (this.#ended === null) {
      this.#ended = { stop: await this.#evolve() }
      this.#marked = this.#mark([])
    }
    const samplesPlanned = generations * evolution.parameters.populationSize
    const stop = endedEarly({ samplesTrained: this.#trained, samplesPlanned }) ? this.#ended.stop : null
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

  /** The evolution as it was when its last generation began, or at its end. @throws {Error} before it has begun */
  save(): SavedTraining {
    if (this.#marked === null) throw new Error('no generation has begun')
    return this.#marked()
  }

  /**
   * `run` goes on from there, and comes to the same as if it had never ended.
   * @throws {z.ZodError | RangeError} when it is not of such an evolution; this one is of no use then
   */
  restore({ tensors, values }: SavedState): void {
    const saved = savedSchema.parse(values)
    const [best] = networksOf(tensorsOf('best', tensors))
    if ((best === undefined) !== (saved.best === null))
      throw new RangeError('the best network and its fitness do not fit')
    this.#population = networksOf(tensorsOf('population', tensors))
    this.#best = best === undefined || saved.best === null ? null : { network: best, fitness: saved.best }
    this.#watch.restore(saved.watch)
    this.#intervals = saved.intervals
    this.#records = saved.records
    this.#spikes.restore(saved.spikes)
    this.#trained = saved.trained
    this.#ended = saved.ended
    this.#marked = this.#mark(this.#population)
  }

  get judgedAccuracies(): readonly (number | null)[] {
    return epochAccuracies(this.#intervals, true).slice(0, this.#watch.epoch)
  }

  #mark(population: readonly NeuroNetwork[]): () => SavedTraining {
    const [intervals, records, best, ended, trained] = [
      this.#intervals.length,
      this.#records.length,
      this.#best,
      this.#ended,
      this.#trained,
    ]
    const [watch, spikes] = [this.#watch.mark(), this.#spikes.save()]
    const { generations, evolution } = this.#setup
    return () => {
      const values: z.input<typeof savedSchema> = {
        watch: watch(),
        intervals: this.#intervals.slice(0, intervals),
        records: this.#records.slice(0, records),
        spikes,
        trained,
        best: best?.fitness ?? null,
        ended,
      }
      return {
        tensors: {
          ...tensorsUnder('population', networkTensors(population)),
          ...tensorsUnder('best', networkTensors(best === null ? [] : [best.network])),
        },
        values,
        samplesDone: trained,
        samplesPlanned: generations * evolution.parameters.populationSize,
      }
    }
  }

  /** @returns why it ended before its last generation; null: nothing was left to gain, or it was the last */
  async #evolve(): Promise<TrialStop | null> {
    const { evolution, generations, judge, safePoint } = this.#setup
    let population = this.#population ?? firstGeneration(evolution)
    for (;;) {
      const generation = this.#watch.epoch
      this.#marked = this.#mark(population)
      if (safePoint?.isDue()) await safePoint.reach()
      const { evaluated, silence } = await this.#judgeAll(population, generation)
      if (silence !== null) return silence
      if (generation === generations - 1 || this.#isSolved()) return null
      const pruned = await judgeEpoch(judge, this.#intervals)
      if (pruned !== null) return pruned
      this.#watch.nextEpoch()
      const fitnesses = evaluated.map(({ fitness }) => fitness)
      population = nextGeneration(population, fitnesses, evolution, generation + 1)
    }
  }

  /** One generation, or as much of it as silence lets be judged. */
  async #judgeAll(population: readonly NeuroNetwork[], generation: number) {
    const { pacer, safePoint } = this.#setup
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
      if (!pacer.isDue()) continue
      await this.#turn(generation)
      if (safePoint?.isPausing) await safePoint.reach()
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
