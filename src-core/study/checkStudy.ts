/** What the schema cannot say about the parts of a study other than its space. */
import { checkGrid } from './checkGrid.ts'
import { problem } from './definitionError.ts'
import type { Problem } from './definitionError.ts'
import { isMap, mapAt } from './rawValues.ts'
import type { RawMap } from './rawValues.ts'

/** Checks what can be checked of a definition as it stands in a file, well-formed or not. */
export function checkStudy(value: unknown): readonly Problem[] {
  return [
    ...checkDataset(mapAt(value, 'dataset'), isMap(value) && value.log !== undefined),
    ...checkWatchedLayers(mapAt(value, 'silence').layers),
    ...checkGrid(value),
    ...(isMap(value) ? checkBudget(value) : []),
  ]
}

function checkDataset({ name, folder }: RawMap, logged: boolean): readonly Problem[] {
  if (name === 'elsewhere' && !logged) {
    return [problem(['dataset', 'name'], 'value', 'elsewhere without a log', 'mnist, fashion-mnist or idx')]
  }
  if (name !== 'idx' || folder !== undefined) return []
  return [problem(['dataset', 'folder'], 'value', 'nothing', 'the folder of the four IDX files, for the dataset idx')]
}

function checkWatchedLayers(layers: unknown): readonly Problem[] {
  if (!Array.isArray(layers)) return []
  const names = layers.map((layer: unknown) => (isMap(layer) ? layer.layer : undefined))
  return names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [problem(['silence', 'layers', index, 'layer'], 'value', `${name} for the second time`, 'each layer once')]
      : [],
  )
}

/**
 * A search needs an end, which a grid has. Without anything to search, a study is one trial, or several of the same
 * network with a seed each; with `seeds.network` these would be equal to the last bit.
 */
function checkBudget(value: RawMap): readonly Problem[] {
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
