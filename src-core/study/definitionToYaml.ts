import { Document, isMap, isSeq } from 'yaml'
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
  return document.toString({ lineWidth: 120 })
}
