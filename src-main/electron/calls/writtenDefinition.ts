import { homedir } from 'node:os'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { locateDataset } from '../../studies/definitionSources.ts'

/**
 * A definition that is written in the window. A relative dataset folder counts from `folder`, that of the file it is from;
 * from the person's own where it is from none.
 * @throws {DefinitionError}
 */
export const decodeWritten = (yaml: string, folder: string | null): StudyDefinition =>
  locateDataset(decodeDefinition(yaml, 'The definition'), folder ?? homedir())
