import { availableParallelism } from 'node:os'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { workersInAll } from '../../src-core/study/workersSchema.ts'
import type { StudyRecord } from '../storage/studyStore.ts'

/** Workers that a study runs with: as a person has set them, else as its definition says; `auto` is one for each core. */
export function workersWanted({ workers }: StudyDefinition, stored: Pick<StudyRecord, 'workers'>): number {
  return stored.workers ?? workersInAll(workers, availableParallelism())
}
