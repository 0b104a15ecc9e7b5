/** What the schema cannot say about the parts of a study other than its space. */
import { fewestReplicates } from '../stopping/racing.ts'
import { checkDataset } from './checkDataset.ts'
import { checkGrid } from './checkGrid.ts'
import { checkMetrics } from './checkMetrics.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import { checkPossible } from './checkPossible.ts'
import { layersOf, networkSchema, networkTypes } from './networkSchema.ts'
import { isMap, mapAt, placesOfRepeats, type RawMap } from './rawValues.ts'
import { algorithmOf } from './trainingSchema.ts'
import { checkStartingNetworks } from './startingNetworks.ts'
import { oneOf, valueText } from './wording.ts'
import { deviceIdSchema } from './workersSchema.ts'

/** Checks what can be checked of a definition as it stands in a file, well-formed or not. */
export const checkStudy = (value: unknown): readonly Problem[] => [
  ...checkDataset(value),
  ...checkNetwork(mapAt(value, 'network'), mapAt(value, 'training')),
  ...checkWatchedLayers(mapAt(value, 'silence').layers, mapAt(value, 'network')),
  ...checkMetrics(value),
  ...checkWeightDecay(value),
  ...checkWorkers(mapAt(value, 'workers'), mapAt(value, 'network')),
  ...checkGrid(value),
  ...checkStartingNetworks(value),
  ...checkPossible(value),
  ...(isMap(value) ? [...checkReplicates(value), ...checkBudget(value)] : []),
]

/** A race needs three replicates to judge by; pruning compares learning curves of one training. */
const checkReplicates = (value: RawMap): readonly Problem[] => {
  const { racing, replicates = 1 } = value
  if (typeof replicates !== 'number') return []
  const { rule = 'none' } = mapAt(value, 'pruning')
  const single = '`replicates: 1`, as pruning compares learning curves of one training'
  return [
    ...(racing === true && replicates < fewestReplicates
      ? [
          problem(
            ['racing'],
            'value',
            'true',
            `false, or ${fewestReplicates} \`replicates\` and more, which a race is judged by`,
          ),
        ]
      : []),
    ...(replicates > 1 && rule !== 'none'
      ? [problem(['pruning', 'rule'], 'value', String(rule), `none, or ${single}`)]
      : []),
    ...(replicates > 1 && mapAt(value, 'provenance').pruned !== undefined
      ? [problem(['provenance', 'pruned'], 'key', 'a trial that was pruned', single)]
      : []),
  ]
}

/** Networks but layered ones have a kernel for the processor alone. */
const checkWorkers = (workers: RawMap, network: RawMap): readonly Problem[] => {
  const type = networkTypes.find((one) => one === network.type)
  if (type === undefined || type === 'layered') return []
  return Object.keys(workers)
    .filter((device) => device !== 'cpu' && deviceIdSchema.safeParse(device).success)
    .map((device) => problem(['workers', device], 'key', device, `cpu, which trains ${type} networks`))
}

/** Every kind of network has an algorithm that trains it; layers need names of their own. */
const checkNetwork = (network: RawMap, { algorithm }: RawMap): readonly Problem[] => {
  const fits =
    typeof network.type === 'string' ? Object.entries(algorithmOf).find(([type]) => type === network.type) : null
  const known = Object.values(algorithmOf).some((one) => one === algorithm)
  const mixed =
    fits && known && fits[1] !== algorithm
      ? [problem(['training', 'algorithm'], 'value', String(algorithm), `${fits[1]}, which trains ${fits[0]} networks`)]
      : []
  return [...mixed, ...(network.type === 'layered' ? checkLayers(network.layers) : checkLateral(network))]
}

/** What spikes of all neurons alike would excite is everything at once. */
const checkLateral = ({ inhibition, lateral }: RawMap): readonly Problem[] =>
  lateral === 'exciting' && inhibition !== 'distance'
    ? [problem(['network', 'lateral'], 'value', 'exciting', 'inhibiting, or exciting with the inhibition distance')]
    : []

const checkLayers = (layers: unknown): readonly Problem[] => {
  if (!Array.isArray(layers)) return []
  const last: unknown = layers.at(-1)
  const type = isMap(last) ? last.type : 'dense'
  const path = ['network', 'layers']
  const reserved = namesOf(layers, 'name').flatMap((name, index) =>
    name === 'input'
      ? [problem([...path, index, 'name'], 'value', 'input, what the input is called', 'another name')]
      : [],
  )
  const output =
    type === 'conv' || type === 'pool' || type === 'recurrent'
      ? [
          problem(
            [...path, layers.length - 1, 'type'],
            'value',
            type,
            'dense, as the last layer has a neuron for each class',
          ),
        ]
      : []
  return [...twice(path, 'name', layers), ...reserved, ...output]
}

const namesOf = (list: readonly unknown[], key: string): readonly unknown[] =>
  list.map((one) => (isMap(one) ? one[key] : undefined))

/** What a list names for the second time under a key that is to differ. */
const twice = (path: Path, key: 'name' | 'layer', list: readonly unknown[]): readonly Problem[] => {
  const names = namesOf(list, key)
  const repeats = placesOfRepeats(names)
  return names.flatMap((name, index) =>
    typeof name === 'string' && repeats.has(index)
      ? [problem([...path, index, key], 'value', `${name} for the second time`, `each ${key} once`)]
      : [],
  )
}

const checkWatchedLayers = (layers: unknown, network: RawMap): readonly Problem[] => {
  if (!Array.isArray(layers)) return []
  const path = ['silence', 'layers']
  const { data } = networkSchema.safeParse(network)
  const known = data ? layersOf(data) : null
  const names = new Set(known)
  const unknown = namesOf(layers, 'layer').flatMap((name, index): readonly Problem[] =>
    typeof name === 'string' && known !== null && !names.has(name)
      ? [{ path: [...path, index, 'layer'], at: 'value', words: () => [valueText(name), oneOf(known)] }]
      : [],
  )
  return [...unknown, ...twice(path, 'layer', layers)]
}

/** Weight decay is what sets adamw apart from adam. */
const checkWeightDecay = (value: unknown): readonly Problem[] => {
  const { algorithm, optimiser = 'adam' } = mapAt(value, 'training')
  if (algorithm !== 'surrogate-gradient' || optimiser !== 'adam') return []
  return ['space', 'fixed']
    .filter((section) => (mapAt(value, section).weightDecay ?? 0) !== 0)
    .map((section) =>
      problem([section, 'weightDecay'], 'key', 'what adam has not', 'it with the training.optimiser adamw'),
    )
}

/**
 * A search needs an end, which a grid has. Without anything to search, a study is one trial, or several of the same
 * network with a seed each; with `seeds.network` these would be equal to the last bit.
 */
const checkBudget = (value: RawMap): readonly Problem[] => {
  const budget = mapAt(value, 'budget')
  const endsItself = mapAt(value, 'optimiser').type === 'grid'
  const given = endsItself || budget.trials !== undefined || budget.wallTimeMinutes !== undefined
  if (Object.keys(mapAt(value, 'space')).length > 0) {
    return given ? [] : [problem(['budget'], 'value', 'no end of the search', 'trials, wallTimeMinutes or both')]
  }
  const same = mapAt(value, 'seeds').network !== undefined
  return same && typeof budget.trials === 'number' && budget.trials > 1
    ? [
        problem(
          ['budget', 'trials'],
          'value',
          String(budget.trials),
          '1, as without a space and with seeds.network all are the same',
        ),
      ]
    : []
}
