import { type Document, isMap, isScalar, isSeq } from 'yaml'
import { editableYaml } from './yamlSource.ts'

interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The YAML text of a definition in which a layer has another name: where it stands, where it is watched, and in the names of
 * its hyperparameters, in the space, the conditions there and the fixed values. Nothing else of the text changes.
 * @returns null where the name cannot go along: it is no name of a layer, another layer has it, or the text cannot be read
 */
export const renameLayer = (text: string, index: number, name: string): string | null => {
  const document = editableYaml(text)
  if (document === null || !/^[a-z][A-Za-z0-9]*$/.test(name)) return null
  const names = layerNames(document)
  const old = names[index]
  if (typeof old !== 'string' || old === '' || names.filter((other) => other === old).length > 1) return null
  if (names.some((other, place) => place !== index && other === name)) return null
  /** The layer itself, or a hyperparameter of it. */
  const rename = (node: unknown): Replacement[] => {
    if (!isScalar(node) || !node.range || typeof node.value !== 'string') return []
    if (node.value !== old && !node.value.startsWith(`${old}.`)) return []
    const [start, end] = node.range
    return [{ start, end, text: `${name}${node.value.slice(old.length)}` }]
  }
  const [space, fixed] = [document.get('space', true), document.get('fixed', true)]
  const replacements = [
    ...rename(document.getIn(['network', 'layers', index, 'name'], true)),
    ...itemsOf(document.getIn(['silence', 'layers'], true)).flatMap((one) =>
      isMap(one) ? rename(one.get('layer', true)) : [],
    ),
    ...[...pairsOf(space), ...pairsOf(fixed)].flatMap(({ key }) => rename(key)),
    ...pairsOf(space).flatMap(({ value }) =>
      isMap(value) ? pairsOf(value.get('when', true)).flatMap(({ key }) => rename(key)) : [],
    ),
  ]
  const sorted = replacements.sort((one, other) => one.start - other.start)
  const parts = sorted.map(({ start, text: own }, place) => text.slice(sorted[place - 1]?.end ?? 0, start) + own)
  return [...parts, text.slice(sorted.at(-1)?.end ?? 0)].join('')
}

const itemsOf = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items : [])
const pairsOf = (node: unknown) => (isMap(node) ? node.items : [])

const layerNames = (document: Document): readonly unknown[] =>
  itemsOf(document.getIn(['network', 'layers'], true)).map((layer) => (isMap(layer) ? layer.get('name') : null))
