import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { StudyView } from './studyView.ts'

let last: { readonly yaml: string; readonly definition: StudyDefinition } | null = null

/** The definition of a study in view, as it is stored. Decoded once: a study keeps its definition. */
export const definitionOf = ({ definitionYaml: yaml, summary }: StudyView): StudyDefinition => {
  if (last?.yaml !== yaml) last = { yaml, definition: decodeDefinition(yaml, summary.id, 'stored') }
  return last.definition
}
