import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { DefinitionError } from '../../src-core/study/definitionError.ts'

let last: { readonly yaml: string; readonly definition: StudyDefinition | null } | null = null

/** The definition of a study as its view carries it; null where this version cannot read it. The last one is kept. */
const definitionOf = (yaml: string): StudyDefinition | null => {
  if (last?.yaml === yaml) return last.definition
  let definition: StudyDefinition | null = null
  try {
    definition = decodeDefinition(yaml, 'definition')
  } catch (error) {
    // A study of another version may still be looked at.
    if (!(error instanceof DefinitionError)) throw error
  }
  last = { yaml, definition }
  return definition
}

export const spaceOf = (yaml: string): SearchSpace | null => definitionOf(yaml)?.space ?? null
