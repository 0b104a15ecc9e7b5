/** What is done with a study of a library that is not open: its labels, its log book, its end. */
import { basename } from 'node:path'
import { parseDocument } from 'yaml'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type LogLine, logBook } from '../../src-core/library/logBook.ts'
import type { LabelChange } from '../../src-core/library/studyLabels.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { numberTexts } from '../../src-core/values/numberTexts.ts'
import { mayWriteTo, studyPaths } from '../files/studyFolder.ts'
import type { Clock } from '../scheduler/clock.ts'
import { StudyStore } from '../storage/studyStore.ts'
import { takeWriterLock } from '../storage/writerLock.ts'
import { checkOwnLine, labelsAfter } from '../studies/labelling.ts'
import { refusalToWrite } from '../studies/refusalToWrite.ts'

/**
 * Writes to a study without opening it: none of its trials is read.
 * @throws {SpiketuneError} study-read-only, folder-not-writable
 */
const writing = <Result>(folder: string, clock: Clock, write: (store: StudyStore) => Result): Result => {
  const paths = studyPaths(folder)
  const refusal = (folderProtected: boolean): SpiketuneError =>
    refusalToWrite({ id: basename(folder), folder }, folderProtected)
  if (!mayWriteTo(paths)) throw refusal(true)
  const lock = takeWriterLock(paths.lock)
  if (lock === null) throw refusal(false)
  try {
    const store = StudyStore.open(paths.database, clock)
    try {
      return write(store)
    } finally {
      store.close()
    }
  } finally {
    lock.release()
  }
}

/** @throws {SpiketuneError} labels-invalid, study-read-only, folder-not-writable */
export const labelStudy = (folder: string, change: LabelChange, clock: Clock): void => {
  writing(folder, clock, (store) => {
    const { labels, said } = labelsAfter(store.study().labels, change)
    if (said !== null) store.labelled(labels, said)
  })
}

/** @throws {SpiketuneError} labels-invalid, study-read-only, folder-not-writable */
export const writeLogLine = (folder: string, text: string, clock: Clock): void => {
  checkOwnLine(text)
  writing(folder, clock, (store) => {
    store.logged('noted', text.trim())
  })
}

/** The log book of a study, whoever has it open; the latest line first. */
export const readLogBook = (
  folder: string,
  { createdAtMs, metric }: Pick<StudySummary, 'createdAtMs' | 'metric'>,
  clock: Clock,
): LogLine[] => {
  const store = StudyStore.openReadOnly(studyPaths(folder).database, clock)
  try {
    return logBook({ ...store.logSources(), createdAtMs, metric, durationText: numberTexts(' ').duration })
  } finally {
    store.close()
  }
}

/**
 * Has the folder of a study moved to a bin, while nobody can open it.
 * @throws {SpiketuneError} study-in-use; and what `bin` throws, then it is still there
 */
export const removeStudy = async (folder: string, bin: (folder: string) => Promise<void> | void): Promise<void> => {
  const paths = studyPaths(folder)
  // Where nobody may write, nobody has the lock either; the system says what it thinks of the move.
  const lock = mayWriteTo(paths) ? takeWriterLock(paths.lock) : undefined
  if (lock === null) {
    throw new SpiketuneError(
      'study-in-use',
      `Another application has ${basename(folder)} open. Close the study there, then delete it.`,
    )
  }
  try {
    await bin(folder)
  } finally {
    lock?.release()
  }
}

/** A definition under another name, with what its author wrote beside it. */
export const renamedDefinition = (source: string, name: string): string => {
  const document = parseDocument(source)
  document.set('name', name)
  // What an exported configuration says of its origin is not true of another study.
  document.delete('provenance')
  return document.toString()
}
