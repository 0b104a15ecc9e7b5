import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import {
  compareStudies,
  mostStudies,
  type StudyComparison,
  type StudyRecord,
} from '../../src-core/studyComparison/comparison.ts'
import { studyPaths } from '../files/studyFolder.ts'
import { filesOf } from '../library/keptSummaries.ts'
import { isWriterLocked } from '../storage/writerLock.ts'
import { inTurns } from '../studies/inTurns.ts'
import type { StudyReading } from '../studies/studyReading.ts'
import { studyRecordSteps } from './studyRecordOf.ts'

/** Studies to be compared, by id or folder. */
interface ComparedNames {
  readonly studies: readonly string[]
  /** Groups of the studies, in their order; null: by its definition. */
  readonly groups: readonly (string | null)[]
}

interface Kept {
  /** Of its files when it was read, and of who writes to it. */
  readonly stamp: string
  readonly record: StudyRecord
}

/** Studies beside each other, none of them opened: what runs goes on. What nobody has written to since the last look is not read again. */
export class StudyComparisons {
  readonly #read: (idOrFolder: string) => Promise<StudyReading>
  readonly #folderOf: (idOrFolder: string) => string
  readonly #kept = new Map<string, Kept>()

  /**
   * @param read without looking through everything that is stored
   * @param folderOf where a study is @throws {SpiketuneError} where it may not be read
   */
  constructor(read: (idOrFolder: string) => Promise<StudyReading>, folderOf: (idOrFolder: string) => string) {
    this.#read = read
    this.#folderOf = folderOf
  }

  /** What cannot be read is named, and the others are compared; a study that is named twice is compared once. */
  async compare({ studies, groups }: ComparedNames): Promise<StudyComparison> {
    const records: StudyRecord[] = []
    const groupsOfRecords: (string | null)[] = []
    const missing: { study: string; message: string }[] = []
    for (const [place, study] of studies.entries()) {
      try {
        const record = await this.#recordOf(study)
        if (records.some(({ summary }) => summary.folder === record.summary.folder)) continue
        records.push(record)
        groupsOfRecords.push(groups[place] ?? null)
      } catch (error) {
        if (!(error instanceof SpiketuneError)) throw error
        missing.push({ study, message: error.message })
      }
    }
    return compareStudies(records, missing, groupsOfRecords)
  }

  async #recordOf(study: string): Promise<StudyRecord> {
    const folder = this.#folderOf(study)
    const stamp = stampOf(folder)
    const kept = this.#kept.get(folder)
    if (kept !== undefined && stamp !== null && kept.stamp === stamp) return kept.record
    this.#kept.delete(folder)
    const reading = await this.#read(study)
    try {
      const record = await inTurns(studyRecordSteps(reading))
      if (stamp !== null) this.#keep(folder, { stamp, record })
      return record
    } finally {
      reading.close()
    }
  }

  #keep(folder: string, kept: Kept): void {
    this.#kept.set(folder, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostStudies && oldest !== undefined) this.#kept.delete(oldest)
  }
}

/** Null: there are no files. */
const stampOf = (folder: string): string | null => {
  const paths = studyPaths(folder)
  const files = filesOf(paths)
  return files && `${files.stamp} ${files.inUse && isWriterLocked(paths.lock)}`
}
