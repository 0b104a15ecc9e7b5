import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { compareStudies, type StudyComparison, type StudyRecord } from '../../src-core/studyComparison/comparison.ts'
import type { StudyLibrary } from '../studies/studyService.ts'
import { studyRecordOf } from './studyRecordOf.ts'

/** Studies to be compared, by id or folder, each once. */
interface ComparedNames {
  readonly studies: readonly string[]
  /** Groups of the studies, in their order; null: they are grouped by their definitions. */
  readonly groups: readonly (string | null)[] | null
}

/**
 * Reads studies beside each other, one after the other, none of them opened: what runs goes on. What cannot be read is named, and the
 * others are compared.
 */
export const readComparison = async (
  read: StudyLibrary['read'],
  { studies, groups }: ComparedNames,
): Promise<StudyComparison> => {
  const records: StudyRecord[] = []
  const groupsOfRecords: (string | null)[] = []
  const missing: { study: string; message: string }[] = []
  for (const [place, study] of studies.entries()) {
    try {
      const reading = await read(study, false)
      try {
        if (records.some(({ summary }) => summary.folder === reading.folder)) continue
        records.push(studyRecordOf(reading))
        groupsOfRecords.push(groups?.[place] ?? null)
      } finally {
        reading.close()
      }
    } catch (error) {
      if (!(error instanceof SpiketuneError)) throw error
      missing.push({ study, message: error.message })
    }
  }
  return compareStudies(records, missing, groups === null ? null : groupsOfRecords)
}
