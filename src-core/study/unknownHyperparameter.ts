/** What is wrong with the name of a hyperparameter that a network does not have, and what would be right. */
import type { Problem, Words } from './definitionError.ts'
import { type HyperparameterTable, lookUp, namePublishedAs } from './hyperparameter.ts'
import { neuronHyperparameters, neuronsWith } from './layeredHyperparameters.ts'
import { oneOf, probablyMeant } from './wording.ts'

/** Says of a name that is not in the table why not, the likeliest reason first. */
export const unknownHyperparameter = (
  table: HyperparameterTable,
  section: 'space' | 'fixed',
  name: string,
): Problem => ({ path: [section, name], at: 'key', words: () => wordsOf(table, name) })

const wordsOf = (table: HyperparameterTable, name: string): Words => {
  const ours = namePublishedAs(table, name)
  if (ours !== null) return ['the published name', `${ours}, which is its name here`]
  const missing = missingOfLayers(table, name)
  if (missing !== null) return missing
  const names = Object.keys(table)
  const meant = probablyMeant(name, names)
  if (meant !== null) return ['an unknown hyperparameter', `a hyperparameter; did you mean ${meant}?`]
  return strangeInLayer(names, name) ?? ['an unknown hyperparameter', listOf(table)]
}

/** All but the neuron values of single layers, which are those of the network again. */
const listOf = (table: HyperparameterTable): string =>
  Object.keys(table)
    .filter((name) => name.split('.')[1] !== table[name]?.inherits)
    .join(', ')

/** A value of layered networks that these layers do not have; `hidden.dropout` as `dropout`. Null: something else. */
const missingOfLayers = (table: HyperparameterTable, name: string): Words | null => {
  if (lookUp(table, 'tauGradient') === null) return null
  const [layer, value] = name.includes('.') ? halves(name) : [null, name]
  if (layer !== null && !layersIn(Object.keys(table)).includes(layer)) return null
  const who = layer ?? 'a layer'
  if (name === 'decayLearningRateFactor') {
    return ['what decays have that are learned by their exact gradient', 'it with network.decayGradient: exact']
  }
  if (value === 'dropout')
    return [layer === null ? 'what no layer has' : `what ${layer} is without`, `it with dropout: true of ${who}`]
  const known = neuronHyperparameters.find((one) => one === value)
  const having = known === undefined ? [] : neuronsWith(known)
  // What lif neurons have, all have.
  if (having.length === 0 || having.includes('lif')) return null
  return [`what only ${oneOf(having)} neurons have`, `it with the neuron ${oneOf(having)} of ${who}`]
}

/** `hidden.kernel` of a dense layer, or of no layer at all; null: it names no layer. */
const strangeInLayer = (names: readonly string[], name: string): Words | null => {
  if (!name.includes('.')) return null
  const layers = layersIn(names)
  if (layers.length === 0) return null
  const [layer, value] = halves(name)
  if (!layers.includes(layer)) return [`no layer ${layer}`, `a hyperparameter of ${oneOf(layers)}`]
  const own = names.filter((one) => one.startsWith(`${layer}.`))
  const sized = ['filters', 'kernel', 'neurons'].some((size) => own.includes(`${layer}.${size}`))
  return value === 'neurons' && !sized
    ? ['what the last layer has from the dataset, a neuron for each class', own.join(', ')]
    : [`what the layer ${layer} does not have`, own.join(', ')]
}

const halves = (name: string): readonly [layer: string, value: string] => {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

const layersIn = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name) => name.includes('.')).map((name) => halves(name)[0])),
]
