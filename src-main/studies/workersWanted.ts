import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { type StudyWorkers, type WorkerMachine, workersInAll } from '../../src-core/study/workersSchema.ts'
import type { StudyRecord } from '../storage/studyRecord.ts'

type Stored = Pick<StudyRecord, 'workers' | 'devices'>

/** Where a study runs: as a person has said last, else as its definition says. */
export const studyWorkers = ({ workers, network }: StudyDefinition, { devices }: Stored): StudyWorkers => ({
  workers: devices ?? workers,
  network,
})

/** Workers that a study runs with: as many as a person has set, else as come of where it runs. */
export const workersWanted = (definition: StudyDefinition, stored: Stored, machine: WorkerMachine): number =>
  stored.workers ?? workersInAll(studyWorkers(definition, stored), machine)
