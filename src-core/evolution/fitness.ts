import { z } from 'zod'
import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import type { RandomGenerator } from '../random/generator.ts'
import type { EvolutionParameters, Goal } from './parameters.ts'

/** What a network was worth. */
export const fitnessSchema = z.discriminatedUnion('state', [
  /** Its outputs stayed silent on the samples that silence is judged by. */
  z.strictObject({ state: z.literal('silent') }),
  z.strictObject({
    state: z.literal('measured'),
    /** What is maximised first: accuracy, or the mean score of episodes. */
    score: z.number(),
    /** How far the right answers are ahead of the others, more is clearer (`answerMargin`); null: no answer is the right one. */
    margin: z.number().nullable(),
    /** Mean spikes of all neurons, per sample or decision. */
    spikes: z.number(),
  }),
])
export type Fitness = Readonly<z.infer<typeof fitnessSchema>>

export interface Evaluated {
  readonly network: NeuroNetwork
  readonly fitness: Fitness
}

/** What each goal wants less of. */
const amounts: Readonly<Record<Goal, (one: Evaluated) => number>> = {
  margin: ({ fitness }) => (fitness.state === 'silent' ? 0 : -(fitness.margin ?? 0)),
  neurons: ({ network }) => network.neurons.length,
  synapses: ({ network }) => network.synapses.length,
  spikes: ({ fitness }) => (fitness.state === 'silent' ? 0 : fitness.spikes),
}
const scoreOf = (fitness: Fitness): number =>
  // A score that is no number is as bad as silence: it must not win.
  fitness.state === 'silent' || Number.isNaN(fitness.score) ? -Infinity : fitness.score

/** Negative where `one` is fitter: by score, then by each goal in turn. Silent networks are the least fit of all. */
export const compareFitness = (one: Evaluated, other: Evaluated, goals: readonly Goal[]): number => {
  const [score, otherScore] = [scoreOf(one.fitness), scoreOf(other.fitness)]
  if (score !== otherScore) return score > otherScore ? -1 : 1
  for (const goal of goals) {
    const difference = amounts[goal](one) - amounts[goal](other)
    if (difference !== 0) return difference
  }
  return 0
}

/** From the fittest on; of equals the one that stood first. */
export const ranked = (population: readonly Evaluated[], goals: readonly Goal[]): readonly Evaluated[] =>
  [...population].sort((one, other) => compareFitness(one, other, goals))

/** How many networks take part in a tournament. */
const tournamentSize = ({ tournamentSizeFactor, populationSize }: EvolutionParameters): number =>
  Math.max(1, Math.round(tournamentSizeFactor * populationSize))

/**
 * Draws networks with replacement; the fittest of them wins with the chance tournamentBestFactor, otherwise any of the drawn.
 * @param population from the fittest on
 */
export const tournament = (
  population: readonly Evaluated[],
  parameters: EvolutionParameters,
  generator: RandomGenerator,
): NeuroNetwork => {
  const drawn = Array.from({ length: tournamentSize(parameters) }, () => generator.below(population.length))
  const best = generator.next() < parameters.tournamentBestFactor
  const winner = population[best ? Math.min(...drawn) : (drawn[generator.below(drawn.length)] ?? 0)]
  if (winner === undefined) throw new RangeError('there is no network to choose from')
  return winner.network
}

/** What is recorded of a generation. */
export const generationRecordSchema = z.strictObject({
  /** null: all of it was silent. */
  bestScore: z.number().nullable(),
  meanScore: z.number().nullable(),
  /** Standard deviation of the scores of those that were not silent; null below two. */
  scoreDeviation: z.number().nullable(),
  /** Share of networks whose outputs stayed silent. */
  silentShare: z.number(),
})
export type GenerationRecord = Readonly<z.infer<typeof generationRecordSchema>>

export const recordGeneration = (fitnesses: readonly Fitness[]): GenerationRecord => {
  const scores = fitnesses.flatMap((fitness) => (fitness.state === 'measured' ? [fitness.score] : []))
  const none = scores.length === 0
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0)
  return {
    bestScore: none ? null : scores.reduce((best, score) => Math.max(best, score), -Infinity),
    meanScore: none ? null : mean,
    scoreDeviation: scores.length < 2 ? null : Math.sqrt(squares / (scores.length - 1)),
    silentShare: fitnesses.length === 0 ? 0 : 1 - scores.length / fitnesses.length,
  }
}

/**
 * Whether a network is silent, by the spikes of its outputs in each of the samples shown so far; null: too few to say. Once
 * it is known, nothing further need be shown to a silent one.
 */
export const judgeSilence = (outputSpikes: readonly number[], samples: number): boolean | null => {
  if (outputSpikes.slice(0, samples).some((spikes) => spikes > 0)) return false
  return outputSpikes.length >= samples ? true : null
}
