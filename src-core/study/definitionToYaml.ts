import { Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import { type StudyDefinition, studyDefinitionSchema } from './definition.ts'

/**
 * A definition as YAML: complete, in one canonical form, so that equal definitions give equal text.
 * `decodeDefinition` reads exactly the same definition back.
 */
export const definitionToYaml = (definition: StudyDefinition): string => {
  // The schema's own order of keys, whatever order the definition was put together in.
  const document = new Document(studyDefinitionSchema.parse(definition), { aliasDuplicateObjects: false })
  for (const path of [['space'], ['silence', 'layers']]) {
    const group = document.getIn(path)
    const items: readonly unknown[] = isMap(group)
      ? group.items.map(({ value }) => value)
      : isSeq(group)
        ? group.items
        : []
    // A parameter or a watched layer reads best on one line.
    for (const item of items) if (isMap(item)) item.flow = true
  }
  // So does a neuron, a synapse or a list of inputs of a network.
  const networks = document.getIn(['training', 'networks'])
  for (const network of isSeq(networks) ? networks.items : []) if (isMap(network)) setFlow(network, 2)
  return document.toString({ lineWidth: 120 })
}

/** Puts what lies so many lists or maps deep on lines of their own. */
const setFlow = (node: YAMLMap | YAMLSeq, depth: number): void => {
  const items = isMap(node) ? node.items.map(({ value }) => value) : node.items
  for (const item of items) {
    if (!isMap(item) && !isSeq(item)) continue
    const isFlat = isSeq(item) && !item.items.some((inner) => isMap(inner) || isSeq(inner))
    if (depth === 0 || isFlat || (isSeq(node) && isMap(item))) item.flow = true
    else setFlow(item, depth - 1)
  }
}
