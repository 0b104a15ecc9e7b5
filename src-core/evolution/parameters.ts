/** What evolution is told, by the parameters of EONS (Schuman et al., NICE 2020); their TENNLab names stand behind each. */
import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'

const share = z.number().min(0).max(1)
/** Weighs one kind of mutation against the others. */
const weight = z.number().min(0)

const goals = ['neurons', 'synapses', 'spikes'] as const
/** What is had better fewer of. */
export type Goal = (typeof goals)[number]

const fields = {
  populationSize: z.int().min(2).max(100_000).default(100).meta({
    description: 'Networks of a generation (population_size)',
  }),
  startingNeurons: z.int().min(0).default(6).meta({
    description: 'Hidden neurons that a random network has beside those of the template (starting_nodes)',
  }),
  startingSynapses: z.int().min(0).default(30).meta({
    description:
      'Synapses that a random network has beside those of the template, as far as pairs last (starting_edges)',
  }),
  crossoverRate: share
    .default(0.5)
    .meta({ description: 'Share of children of two parents by crossover (crossover_rate)' }),
  mergeRate: share.default(0).meta({ description: 'Share of children that are both parents in one (merge_rate)' }),
  mutationRate: share.default(0.9).meta({ description: 'Share of children that are mutated (mutation_rate)' }),
  mutationsPerChild: z.int().min(1).default(1).meta({ description: 'Mutations of a mutated child (num_mutations)' }),
  tournamentSizeFactor: share.default(0.1).meta({
    description: 'Share of the population in a tournament, at least one (tournament_size_factor)',
  }),
  tournamentBestFactor: share.default(0.9).meta({
    description: 'Chance of the best of a tournament; otherwise any of it wins (tournament_best_net_factor)',
  }),
  randomFactor: share.default(0.1).meta({ description: 'Share of new random networks (random_factor)' }),
  elites: z.int().min(0).default(4).meta({ description: 'Best networks that are kept unchanged (num_best)' }),
  addNeuron: weight.default(0.75).meta({ description: 'Weight of adding a hidden neuron (add_node)' }),
  deleteNeuron: weight.default(0.25).meta({ description: 'Weight of deleting a hidden neuron (delete_node)' }),
  addSynapse: weight.default(0.75).meta({ description: 'Weight of adding a synapse (add_edge)' }),
  deleteSynapse: weight.default(0.25).meta({ description: 'Weight of deleting a synapse (delete_edge)' }),
  changeNeuron: weight.default(2.5).meta({ description: 'Weight of changing a value of a neuron (node_params)' }),
  changeSynapse: weight.default(2.5).meta({ description: 'Weight of changing a value of a synapse (edge_params)' }),
  changeThreshold: weight
    .default(1)
    .meta({ description: 'Of the changes of a neuron: its threshold (node_mutations)' }),
  changeLeak: weight.default(1).meta({ description: 'Of the changes of a neuron: its leak (node_mutations)' }),
  changeAxonalDelay: weight.default(1).meta({ description: 'Of the changes of a neuron: its axonal delay' }),
  changeWeight: weight.default(0.65).meta({ description: 'Of the changes of a synapse: its weight (edge_mutations)' }),
  changeDelay: weight.default(0.35).meta({ description: 'Of the changes of a synapse: its delay (edge_mutations)' }),
  goals: z.array(z.enum(goals)).default([]).meta({
    description: 'What decides between networks of the same score, the first first: fewer neurons, synapses, spikes',
  }),
}

/** The parameters of evolution, all with defaults. */
export const evolutionSchema = z
  .strictObject(fields)
  .refine(({ crossoverRate, mergeRate }) => crossoverRate + mergeRate <= 1, {
    path: ['mergeRate'],
    error: 'crossoverRate and mergeRate are shares of the same children: together at most 1',
  })
  .refine(({ elites, populationSize }) => elites <= populationSize, {
    path: ['elites'],
    error: 'there are more elites than networks in the population: fewer elites, or a larger populationSize',
  })
  .refine(({ goals: named }) => new Set(named).size === named.length, {
    path: ['goals'],
    error: 'a goal stands there twice',
  })

export type EvolutionParameters = DeepReadonly<z.infer<typeof evolutionSchema>>
