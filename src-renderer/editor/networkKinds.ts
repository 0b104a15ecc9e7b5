/** The kinds of networks that a draft can have, and what a draft becomes when a person chooses another. */
import type { Path } from '../../src-core/study/definitionError.ts'
import type { YamlValue } from '../../src-core/study/editYaml.ts'
import { withoutEffect } from '../../src-core/study/layerSwitches.ts'
import type { NetworkKind } from '../../src-core/study/studyWords.ts'
import { isMap, mapAt, type RawMap } from '../../src-core/study/rawValues.ts'
import { algorithmOf } from '../../src-core/study/trainingSchema.ts'

export const networkKinds: readonly { readonly kind: NetworkKind; readonly title: string; readonly about: string }[] = [
  {
    kind: 'diehl-cook',
    title: 'Diehl & Cook',
    about: 'Excitatory neurons with lateral inhibition, which learn by STDP without labels.',
  },
  {
    kind: 'layered',
    title: 'Layers',
    about: 'Convolutions, pools, dense and recurrent layers, trained by surrogate gradients as in SLAYER.',
  },
  {
    kind: 'neuroprocessor',
    title: 'Evolved',
    about: 'Few neurons and synapses of any form on a neuromorphic processor, found by evolution (EONS).',
  },
]

/** Diehl & Cook where the text says nothing else. */
export const kindOf = (value: unknown): NetworkKind => {
  const { type } = mapAt(value, 'network')
  return networkKinds.find(({ kind }) => kind === type)?.kind ?? 'diehl-cook'
}

const networks: Readonly<Record<NetworkKind, YamlValue>> = {
  'diehl-cook': { type: 'diehl-cook' },
  layered: {
    type: 'layered',
    layers: [
      { name: 'hidden', type: 'dense' },
      { name: 'output', type: 'dense' },
    ],
  },
  neuroprocessor: { type: 'neuroprocessor' },
}

type Change = readonly [path: Path, value: YamlValue | undefined]

/**
 * The changes that make another kind of network of a draft. Hyperparameters, watched layers and limits are those of a
 * kind: they go, and an undo brings them back.
 */
export const changesTo = (kind: NetworkKind, value: unknown): readonly Change[] => {
  const definition = isMap(value) ? value : {}
  // Networks that evolve encode by hyperparameters.
  const ofKind = ['fixed', 'constraints', ...(kind === 'neuroprocessor' ? ['encoding'] : [])]
  const gone = ofKind.filter((key) => Object.hasOwn(definition, key))
  return [
    [['network'], networks[kind]],
    [['training'], { algorithm: algorithmOf[kind] }],
    [['space'], {}],
    ...gone.map((key): Change => [[key], undefined]),
    ...(Object.hasOwn(mapAt(value, 'silence'), 'layers') ? [[['silence', 'layers'], undefined] as const] : []),
  ]
}

/** The layers as they stand in the text. */
export const layersIn = (value: unknown): readonly RawMap[] => {
  const { layers } = mapAt(value, 'network')
  return Array.isArray(layers) ? (layers as readonly unknown[]).map((layer) => (isMap(layer) ? layer : {})) : []
}

/** A name that no layer has yet: `dense1`, `dense2`, ... */
export const freeName = (type: string, layers: readonly RawMap[]): string => {
  const taken = new Set(layers.map(({ name }) => name))
  for (let number = 1; ; number++) {
    if (!taken.has(`${type}${number}`)) return `${type}${number}`
  }
}

/** The layers with a new one before the last, which is the output. */
export const withLayer = (type: string, layers: readonly RawMap[]): readonly RawMap[] => {
  const added = { name: freeName(type, layers), type }
  return [...layers.slice(0, -1), added, ...layers.slice(-1)]
}

/**
 * The changes that give a layer another type or neuron: switches that then change nothing are taken out.
 * @param value undefined: the one where nothing is said
 */
export const layerChanges = (
  layers: readonly RawMap[],
  index: number,
  key: 'type' | 'neuron',
  value: string | undefined,
): readonly Change[] => {
  const path = ['network', 'layers', index]
  const changed = { ...layers[index], [key]: value }
  return [[[...path, key], value], ...withoutEffect(changed).map((gone): Change => [[...path, gone], undefined])]
}

/** Layers, or other things in an order, with the one at `index` moved by a place. */
export const moved = <Item>(items: readonly Item[], index: number, by: 1 | -1): readonly Item[] => {
  const others = items.filter((_, place) => place !== index)
  const item = items[index]
  return item === undefined ? items : [...others.slice(0, index + by), item, ...others.slice(index + by)]
}
