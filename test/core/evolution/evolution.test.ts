import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NetworkDraft, pickWeighted } from '../../../src-core/evolution/draft.ts'
import {
  compareFitness,
  type Evaluated,
  type Fitness,
  judgeSilence,
  recordGeneration,
  tournament,
} from '../../../src-core/evolution/fitness.ts'
import { mutate } from '../../../src-core/evolution/mutate.ts'
import { type Evolution, firstGeneration, nextGeneration } from '../../../src-core/evolution/nextGeneration.ts'
import { type EvolutionParameters, evolutionSchema } from '../../../src-core/evolution/parameters.ts'
import { drawOther, type NetworkRanges, type ValueRange } from '../../../src-core/evolution/ranges.ts'
import { crossover, merge } from '../../../src-core/evolution/recombine.ts'
import { createTemplate, randomNetwork, templateOf } from '../../../src-core/evolution/template.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { networkProblem } from '../../../src-core/neuroprocessor/networkProblem.ts'
import { processorSchema, standardProcessors } from '../../../src-core/neuroprocessor/processor.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { deepFreeze } from '../../../src-core/values/deepReadonly.ts'

const seed = 20261130
const whole = (low: number, high: number): ValueRange => ({ low, high, integer: true })
const risp7: NetworkRanges = {
  threshold: whole(0, 7),
  leak: whole(0, 1),
  axonalDelay: whole(0, 0),
  weight: whole(-7, 7),
  delay: whole(1, 15),
}
const rispF: NetworkRanges = {
  ...risp7,
  threshold: { low: -1, high: 1, integer: false },
  weight: { low: -1, high: 1, integer: false },
  leak: whole(0, 0),
  delay: whole(1, 5),
}
const template = deepFreeze(createTemplate(4, 3))
const parametersOf = (some: Partial<EvolutionParameters> = {}): EvolutionParameters => evolutionSchema.parse(some)

const within = ({ low, high, integer }: ValueRange, value: number): boolean =>
  value >= low && value <= high && (!integer || Number.isInteger(value))

const expectSound = (network: NeuroNetwork, ranges: NetworkRanges): void => {
  const ids = network.neurons.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other))
  expect(network.inputs).toEqual(template.inputs)
  expect(network.outputs).toEqual(template.outputs)
  expect(ids).toEqual(expect.arrayContaining([...template.inputs, ...template.outputs]))
  const pairs = network.synapses.map(({ from, to }) => `${from} ${to}`)
  expect(new Set(pairs).size).toBe(pairs.length)
  for (const { threshold, leak, axonalDelay } of network.neurons) {
    expect(within(ranges.threshold, threshold) && within(ranges.leak, leak)).toBe(true)
    expect(within(ranges.axonalDelay, axonalDelay)).toBe(true)
  }
  for (const { from, to, weight, delay } of network.synapses) {
    expect(ids.includes(from) && ids.includes(to)).toBe(true)
    expect(within(ranges.weight, weight) && within(ranges.delay, delay)).toBe(true)
  }
}

/** Any fitness will do: what is looked at is the networks. */
const scored = (score: number): Fitness => ({ state: 'measured', score, margin: null, spikes: 0 })
const scoresOf = (population: readonly NeuroNetwork[]): Fitness[] =>
  population.map(({ synapses }, place) => (place % 5 === 4 ? { state: 'silent' } : scored(synapses.length)))

const evolve = (evolution: Evolution, generations: number): readonly NeuroNetwork[] => {
  let population = deepFreeze(firstGeneration(evolution))
  for (let generation = 1; generation <= generations; generation++) {
    population = deepFreeze(nextGeneration(population, scoresOf(population), evolution, generation))
  }
  return population
}

describe(`evolution (fast-check seed ${seed})`, () => {
  it.each([
    ['integers', risp7],
    ['real numbers', rispF],
  ])('keeps bounds of %s, inputs, outputs and one synapse of a pair', (_, ranges) => {
    const rates = fc.record({
      crossoverRate: fc.double({ min: 0, max: 0.5 }),
      mergeRate: fc.double({ min: 0, max: 0.5 }),
    })
    fc.assert(
      fc.property(fc.nat(0xffffffff), rates, fc.nat(3), (chosen, some, hidden) => {
        const parameters = parametersOf({
          ...some,
          populationSize: 12,
          startingNeurons: hidden,
          mutationRate: 1,
          mutationsPerChild: 4,
          addNeuron: 1,
          deleteNeuron: 1,
          deleteSynapse: 1,
        })
        for (const network of evolve({ template, ranges, parameters, seed: chosen }, 6)) expectSound(network, ranges)
      }),
      { seed, numRuns: 25 },
    )
  })

  it('comes to the same population from the same seed, to another from another', () => {
    const evolution = { template, ranges: risp7, parameters: parametersOf({ populationSize: 20 }), seed: 7 }
    expect(evolve(evolution, 5)).toEqual(evolve(evolution, 5))
    expect(evolve({ ...evolution, seed: 8 }, 5)).not.toEqual(evolve(evolution, 5))
  })

  it('begins with the networks that it is given, as they are, and is the same otherwise', () => {
    const evolution = { template, ranges: risp7, parameters: parametersOf({ populationSize: 6 }), seed: 7 }
    const random = firstGeneration(evolution)
    const starts = firstGeneration({ ...evolution, seed: 8 }).slice(0, 2)
    const first = firstGeneration({ ...evolution, starts })
    expect(first).toEqual([...starts, ...random.slice(2)])
    expect(first[0]).toBe(starts[0])
    const alone = { ...evolution, parameters: parametersOf({ populationSize: 1, elites: 1 }), starts }
    expect(firstGeneration(alone)).toEqual(starts.slice(0, 1))
    expect(evolve(alone, 3)).toEqual(starts.slice(0, 1))
  })

  it('has the template of a network whose neurons are both input and output', () => {
    const network = firstGeneration({
      template,
      ranges: risp7,
      parameters: parametersOf({ populationSize: 4 }),
      seed: 1,
    })[0]
    if (network === undefined) throw new Error('there is none')
    const both = { ...network, inputs: [5, 2], outputs: [2, 0] }
    const made = templateOf(both)
    expect(made).toEqual({ ...both, neurons: network.neurons.filter(({ id }) => [0, 2, 5].includes(id)), synapses: [] })
    const settings = processorSchema.parse({ ...standardProcessors['RISP-7'], leakMode: 'configurable' })
    const parameters = parametersOf({ populationSize: 20, crossoverRate: 0.5, mergeRate: 0.5 })
    for (const one of evolve({ template: made, ranges: risp7, parameters, seed: 3, starts: [both] }, 4)) {
      expect([one.inputs, one.outputs]).toEqual([both.inputs, both.outputs])
      expect(networkProblem(one, settings)).toBeUndefined()
    }
  })

  it('keeps the elites, the fittest first, and as many networks as before', () => {
    const evolution = { template, ranges: risp7, parameters: parametersOf({ populationSize: 30, elites: 3 }), seed: 1 }
    const population = firstGeneration(evolution)
    const fitnesses = population.map((_, place) => scored(place === 17 ? 2 : place === 5 ? 1 : place === 9 ? 0.5 : 0))
    const next = nextGeneration(population, fitnesses, evolution, 1)
    expect(next).toHaveLength(30)
    expect(next.slice(0, 3)).toEqual([population[17], population[5], population[9]])
    expect(
      nextGeneration(
        population,
        fitnesses,
        { ...evolution, parameters: parametersOf({ populationSize: 30, elites: 30 }) },
        1,
      ),
    ).toHaveLength(30)
    expect(() => nextGeneration(population, fitnesses.slice(1), evolution, 1)).toThrow(/30 networks have 29 fitnesses/)
  })

  it('makes of elites, newcomers and children what the factors say', () => {
    const parameters = parametersOf({
      populationSize: 40,
      elites: 4,
      randomFactor: 0.25,
      crossoverRate: 0,
      mutationRate: 0,
    })
    const evolution = { template, ranges: risp7, parameters, seed: 2 }
    const population = firstGeneration(evolution)
    const next = nextGeneration(population, scoresOf(population), evolution, 1)
    // Without mutation and crossover a child is a copy: what was not there before is a newcomer.
    expect(next.filter((network) => !population.includes(network))).toHaveLength(10)
  })

  it('climbs: more synapses are had from generation to generation where they are the score', () => {
    const parameters = parametersOf({ populationSize: 40, startingSynapses: 5 })
    const most = (population: readonly NeuroNetwork[]): number =>
      Math.max(...population.map(({ synapses }) => synapses.length))
    const evolution = { template, ranges: risp7, parameters, seed: 3 }
    const scoreAll = (population: readonly NeuroNetwork[]): Fitness[] =>
      population.map((one) => scored(one.synapses.length))
    let population = firstGeneration(evolution)
    expect(most(population)).toBe(5)
    let before = 5
    for (let generation = 1; generation <= 25; generation++) {
      population = nextGeneration(population, scoreAll(population), evolution, generation)
      expect(most(population)).toBeGreaterThanOrEqual(before)
      before = most(population)
    }
    expect(before).toBeGreaterThan(15)
  })
})

describe('mutation', () => {
  const network = randomNetwork(template, parametersOf({ startingNeurons: 3 }), risp7, createGenerator(4))
  const none = { addNeuron: 0, deleteNeuron: 0, addSynapse: 0, deleteSynapse: 0, changeNeuron: 0, changeSynapse: 0 }
  const only = (weights: Partial<EvolutionParameters>) =>
    mutate(network, parametersOf({ ...none, ...weights }), risp7, createGenerator(5))

  it.each([
    ['addNeuron', 1],
    ['deleteNeuron', -1],
  ])('%s changes the number of hidden neurons', (name, change) => {
    expect(only({ [name]: 1 }).neurons.length - network.neurons.length).toBe(change)
  })

  it('connects a new neuron both ways', () => {
    const grown = only({ addNeuron: 1 })
    const added = grown.neurons.find(({ id }) => !network.neurons.some((one) => one.id === id))?.id
    expect(grown.synapses.some(({ to }) => to === added)).toBe(true)
    expect(grown.synapses.some(({ from }) => from === added)).toBe(true)
  })

  it.each([
    ['addSynapse', 1],
    ['deleteSynapse', -1],
  ])('%s changes the number of synapses', (name, change) => {
    expect(only({ [name]: 1 }).synapses.length - network.synapses.length).toBe(change)
  })

  it.each(['changeNeuron', 'changeSynapse'] as const)('%s changes exactly one value', (name) => {
    const values = ({ neurons, synapses }: NeuroNetwork): number[] => [
      ...neurons.flatMap(({ threshold, leak, axonalDelay }) => [threshold, leak, axonalDelay]),
      ...synapses.flatMap(({ weight, delay }) => [weight, delay]),
    ]
    const [before, after] = [values(network), values(only({ [name]: 1 }))]
    expect(after.filter((value, place) => value !== before[place])).toHaveLength(1)
  })

  it('leaves a network as it is where nothing can be done, and passes over what cannot', () => {
    expect(only({})).toEqual(network)
    const bare = mutate(
      template,
      parametersOf({ ...none, deleteNeuron: 1, deleteSynapse: 5, addSynapse: 1e-9 }),
      risp7,
      createGenerator(1),
    )
    expect(bare.synapses).toHaveLength(1)
    expect(bare.neurons).toHaveLength(template.neurons.length)
  })

  it('draws every other value of a range alike, never the present one', () => {
    const generator = createGenerator(6)
    const counts = new Map<number, number>()
    for (let draw = 0; draw < 4000; draw++) {
      const value = drawOther(whole(-2, 2), 0, generator)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts.keys()].sort((one, other) => one - other)).toEqual([-2, -1, 1, 2])
    // Six standard deviations of a binomial of 4,000 draws of 1/4.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(6 * Math.sqrt(4000 * 0.25 * 0.75))
  })

  it('picks by weight', () => {
    const generator = createGenerator(7)
    expect(pickWeighted([['a', 0]], generator)).toBe(null)
    expect(
      pickWeighted(
        [
          ['a', 0],
          ['b', 1e-9],
          ['c', 0],
        ],
        generator,
      ),
    ).toBe('b')
    const picks = Array.from({ length: 4000 }, () =>
      pickWeighted(
        [
          ['a', 3],
          ['b', 1],
        ],
        generator,
      ),
    )
    const share = picks.filter((one) => one === 'a').length / 4000
    expect(Math.abs(share - 0.75)).toBeLessThan(6 * Math.sqrt((0.75 * 0.25) / 4000))
  })
})

describe('recombination', () => {
  const parent = (start: number) =>
    randomNetwork(template, parametersOf({ startingNeurons: start }), risp7, createGenerator(start))
  const [one, other] = [parent(2), parent(6)]

  it('takes each neuron with its synapses from one parent', () => {
    for (let draw = 0; draw < 50; draw++) {
      const child = crossover(one, other, createGenerator(draw))
      expectSound(child, risp7)
      const present = new Set(child.neurons.map(({ id }) => id))
      for (const neuron of child.neurons) {
        const outgoing = child.synapses.filter(({ from }) => from === neuron.id)
        const ofParent = ({ neurons, synapses }: NeuroNetwork) =>
          neurons.includes(neuron) &&
          synapses
            .filter(({ from, to }) => from === neuron.id && present.has(to))
            .every((synapse) => outgoing.includes(synapse)) &&
          outgoing.every((synapse) => synapses.includes(synapse))
        expect(ofParent(one) || ofParent(other)).toBe(true)
      }
    }
  })

  it('of a parent with itself comes to that parent', () => {
    expect(crossover(one, one, createGenerator(1))).toEqual(one)
    expect(merge(one, one)).toEqual(one)
  })

  it('merges into all that both have, the first going first', () => {
    const child = merge(one, other)
    expectSound(child, risp7)
    expect(child.neurons.slice(0, one.neurons.length)).toEqual(one.neurons)
    expect(child.neurons).toHaveLength(other.neurons.length)
    expect(child.synapses).toEqual(expect.arrayContaining([...one.synapses]))
    const pairs = new Set([...one.synapses, ...other.synapses].map(({ from, to }) => `${from} ${to}`))
    expect(child.synapses).toHaveLength(pairs.size)
  })
})

describe('selection', () => {
  const evaluated = (place: number): Evaluated => ({
    network: { ...template, neurons: [...template.neurons] },
    fitness: scored(-place),
  })

  it.each([
    [0.2, 0.9],
    [0.5, 0.6],
    [0.1, 1],
  ])('of a tournament of the share %d with the chance %d follows its closed form', (size, best) => {
    const count = 20
    const drawn = Math.round(size * count)
    const population = Array.from({ length: count }, (_, place) => evaluated(place))
    const parameters = parametersOf({ populationSize: count, tournamentSizeFactor: size, tournamentBestFactor: best })
    const generator = createGenerator(8)
    const draws = 20_000
    const wins = new Array<number>(count).fill(0)
    for (let draw = 0; draw < draws; draw++) {
      const winner = tournament(population, parameters, generator)
      const place = population.findIndex(({ network }) => network === winner)
      wins[place] = (wins[place] ?? 0) + 1
    }
    // The least of k uniform places is r or more with ((n - r)/n)^k; otherwise any place alike.
    for (const [place, won] of wins.entries()) {
      const least = ((count - place) / count) ** drawn - ((count - place - 1) / count) ** drawn
      const chance = best * least + (1 - best) / count
      expect(Math.abs(won / draws - chance)).toBeLessThan(6 * Math.sqrt((chance * (1 - chance)) / draws) + 1e-9)
    }
  })

  it('goes by score, then by the goals in their order; silent networks come last', () => {
    const small: Evaluated = { network: template, fitness: { state: 'measured', score: 0.5, margin: 1, spikes: 9 } }
    const large: Evaluated = {
      network: randomNetwork(template, parametersOf(), risp7, createGenerator(1)),
      fitness: { state: 'measured', score: 0.5, margin: 2, spikes: 1 },
    }
    const silent: Evaluated = { network: template, fitness: { state: 'silent' } }
    const worst: Evaluated = { network: template, fitness: { state: 'measured', score: -1e9, margin: null, spikes: 0 } }
    expect(compareFitness(small, large, [])).toBe(0)
    expect(compareFitness(small, large, ['neurons'])).toBeLessThan(0)
    expect(compareFitness(small, large, ['synapses', 'spikes'])).toBeLessThan(0)
    expect(compareFitness(small, large, ['spikes', 'neurons'])).toBeGreaterThan(0)
    expect(compareFitness(small, large, ['margin', 'neurons'])).toBeGreaterThan(0)
    expect(compareFitness(worst, silent, ['spikes'])).toBeLessThan(0)
    expect(compareFitness({ network: template, fitness: scored(NaN) }, worst, [])).toBeGreaterThan(0)
  })
})

describe('silence', () => {
  it('is known after as many samples as are asked for, spikes as soon as they come', () => {
    expect(judgeSilence([], 3)).toBe(null)
    expect(judgeSilence([0, 0], 3)).toBe(null)
    expect(judgeSilence([0, 1], 3)).toBe(false)
    expect(judgeSilence([0, 0, 0], 3)).toBe(true)
    expect(judgeSilence([0, 0, 0, 5], 3)).toBe(true)
  })

  it('is a share of each generation', () => {
    expect(recordGeneration([scored(1), scored(0.5), { state: 'silent' }, { state: 'silent' }])).toEqual({
      bestScore: 1,
      meanScore: 0.75,
      // Sample standard deviation of 1 and 0.5.
      scoreDeviation: Math.sqrt(0.125),
      silentShare: 0.5,
    })
    expect(recordGeneration([{ state: 'silent' }])).toEqual({
      bestScore: null,
      meanScore: null,
      scoreDeviation: null,
      silentShare: 1,
    })
  })
})

describe('parameters and networks that cannot be', () => {
  it.each([
    [{ crossoverRate: 0.7, mergeRate: 0.4 }, /together at most 1/],
    [{ populationSize: 3, elites: 4 }, /more elites than networks/],
    [{ goals: ['spikes', 'spikes'] }, /stands there twice/],
    [{ mutationRate: 2 }, /mutationRate/],
    [{ netParams: 1 }, /netParams/],
  ])('%j is refused', (some, message) => {
    expect(() => evolutionSchema.parse(some)).toThrow(message)
  })

  it('are refused: synapses of neurons that are not there, and the loss of inputs', () => {
    const draft = new NetworkDraft(template)
    expect(() => draft.put({ from: 0, to: 99, weight: 1, delay: 1 })).toThrow(/no neuron 0 or 99/)
    expect(() => draft.removeNeuron(0)).toThrow(/input or output/)
  })

  it('have no more synapses than pairs of neurons', () => {
    const parameters = parametersOf({ startingNeurons: 0, startingSynapses: 1000 })
    expect(randomNetwork(template, parameters, risp7, createGenerator(1)).synapses).toHaveLength(49)
  })
})
