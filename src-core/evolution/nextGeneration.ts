import type { NeuroNetwork } from '../neuroprocessor/network.ts'
import { createGenerator, type RandomGenerator } from '../random/generator.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import { type Evaluated, type Fitness, ranked, tournament } from './fitness.ts'
import { mutate } from './mutate.ts'
import type { EvolutionParameters } from './parameters.ts'
import type { NetworkRanges } from './ranges.ts'
import { crossover, merge } from './recombine.ts'
import { randomNetwork } from './template.ts'

/** What stays the same through an evolution. */
export interface Evolution {
  readonly template: NeuroNetwork
  readonly ranges: NetworkRanges
  readonly parameters: EvolutionParameters
  readonly seed: Seed
  /** What it begins with; their inputs and outputs are those of the template. */
  readonly starts?: readonly NeuroNetwork[]
}

/** The numbers that one network of a generation is made by: no other draws of them, so their order means nothing. */
const streamOf = (seed: Seed, generation: number, place: number): RandomGenerator =>
  createGenerator(deriveSeed(seed, 'generation', generation, 'network', place))

/** Generation 0: what it begins with as it is, as far as there are places, then random networks. */
export const firstGeneration = ({
  template,
  ranges,
  parameters,
  seed,
  starts = [],
}: Evolution): readonly NeuroNetwork[] =>
  Array.from(
    { length: parameters.populationSize },
    (_, place) => starts[place] ?? randomNetwork(template, parameters, ranges, streamOf(seed, 0, place)),
  )

/**
 * The population after one whose fitnesses are known: the elites, random newcomers, then children. A pure function of its
 * arguments, so an evolution that was broken off goes on to the same networks.
 * @param generation of the population that comes out, from 1
 */
export const nextGeneration = (
  population: readonly NeuroNetwork[],
  fitnesses: readonly Fitness[],
  { template, ranges, parameters, seed }: Evolution,
  generation: number,
): readonly NeuroNetwork[] => {
  if (population.length !== fitnesses.length || population.length === 0) {
    throw new RangeError(`${population.length} networks have ${fitnesses.length} fitnesses`)
  }
  const parents = ranked(
    population.map((network, place) => ({ network, fitness: fitnesses[place] ?? { state: 'silent' } })),
    parameters.goals,
  )
  const { populationSize, elites, randomFactor } = parameters
  const newcomers = Math.round(randomFactor * populationSize)
  return Array.from({ length: populationSize }, (_, place) => {
    const elite = place < elites ? parents[place] : undefined
    if (elite !== undefined) return elite.network
    const generator = streamOf(seed, generation, place)
    return place < elites + newcomers
      ? randomNetwork(template, parameters, ranges, generator)
      : createChild(parents, parameters, ranges, generator)
  })
}

const createChild = (
  parents: readonly Evaluated[],
  parameters: EvolutionParameters,
  ranges: NetworkRanges,
  generator: RandomGenerator,
): NeuroNetwork => {
  const { crossoverRate, mergeRate, mutationRate, mutationsPerChild } = parameters
  const way = generator.next()
  let child = tournament(parents, parameters, generator)
  if (way < crossoverRate) child = crossover(child, tournament(parents, parameters, generator), generator)
  else if (way < crossoverRate + mergeRate) child = merge(child, tournament(parents, parameters, generator))
  if (generator.next() >= mutationRate) return child
  for (let done = 0; done < mutationsPerChild; done++) child = mutate(child, parameters, ranges, generator)
  return child
}
