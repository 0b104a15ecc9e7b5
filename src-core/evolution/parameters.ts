/** What evolution is told, by the parameters of EONS (Schuman et al., NICE 2020); their published names are TENNLab's. */
import { z } from 'zod'
import { inGroup, integer, real } from '../study/hyperparameter.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** Of all values; no more than single networks and kinds of mutations are. */
const share = (defaultValue: number, publishedName: string, description: string) =>
  real(defaultValue, 0, 1, null, publishedName, description)
/** Weighs one kind of mutation against the others. */
const weight = (defaultValue: number, publishedName: string | null, description: string) =>
  real(defaultValue, 0, 1e6, null, publishedName, description)

/** The numbers of evolution, each a hyperparameter. */
export const evolutionNumbers = inGroup('training', {
  populationSize: integer(100, 1, 100_000, null, 'population_size', 'Networks of a generation'),
  startingNeurons: integer(
    6,
    0,
    100_000,
    null,
    'starting_nodes',
    'Hidden neurons of a random network, beside those of the template',
  ),
  startingSynapses: integer(
    30,
    0,
    1_000_000,
    null,
    'starting_edges',
    'Synapses of a random network, beside those of the template, as far as pairs last',
  ),
  crossoverRate: share(0.5, 'crossover_rate', 'Share of children of two parents by crossover'),
  mergeRate: share(0, 'merge_rate', 'Share of children that are both parents in one'),
  mutationRate: share(0.9, 'mutation_rate', 'Share of children that are mutated'),
  mutationsPerChild: integer(3, 1, 1000, null, 'num_mutations', 'Mutations of a mutated child'),
  tournamentSizeFactor: share(0.1, 'tournament_size_factor', 'Share of the population in a tournament, at least one'),
  tournamentBestFactor: share(
    0.9,
    'tournament_best_net_factor',
    'Chance of the best of a tournament; otherwise any of it wins',
  ),
  randomFactor: share(0.05, 'random_factor', 'Share of new random networks'),
  elites: integer(4, 0, 100_000, null, 'num_best', 'Best networks that are kept unchanged'),
  addNeuron: weight(0.75, 'add_node', 'Weight of adding a hidden neuron'),
  deleteNeuron: weight(0.25, 'delete_node', 'Weight of deleting a hidden neuron'),
  addSynapse: weight(0.75, 'add_edge', 'Weight of adding a synapse'),
  deleteSynapse: weight(0.25, 'delete_edge', 'Weight of deleting a synapse'),
  changeNeuron: weight(2.5, 'node_params', 'Weight of changing a value of a neuron'),
  changeSynapse: weight(2.5, 'edge_params', 'Weight of changing a value of a synapse'),
  changeThreshold: weight(1, null, 'Of the changes of a neuron: its threshold (node_mutations)'),
  changeLeak: weight(1, null, 'Of the changes of a neuron: its leak (node_mutations)'),
  changeAxonalDelay: weight(1, null, 'Of the changes of a neuron: its axonal delay (node_mutations)'),
  changeWeight: weight(0.65, null, 'Of the changes of a synapse: its weight (edge_mutations)'),
  changeDelay: weight(0.35, null, 'Of the changes of a synapse: its delay (edge_mutations)'),
})
type EvolutionNumber = keyof typeof evolutionNumbers

const goals = ['margin', 'neurons', 'synapses', 'spikes'] as const
/** What decides between equal scores: a larger margin, fewer of the others. */
export type Goal = (typeof goals)[number]

export const goalsSchema = z.array(z.enum(goals)).default(['margin']).meta({
  description:
    'What decides between networks of the same score, the first first: margin (clearer answers), fewer neurons, synapses, spikes',
})

/** The parameters of evolution, all with defaults. */
export const evolutionSchema = z
  .strictObject({
    ...(Object.fromEntries(
      Object.entries(evolutionNumbers).map(([name, { kind, minimum, maximum, default: value }]) => [
        name,
        (kind === 'integer' ? z.int() : z.number()).min(minimum).max(maximum).default(value),
      ]),
    ) as Record<EvolutionNumber, z.ZodDefault<z.ZodNumber>>),
    goals: goalsSchema,
  })
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
