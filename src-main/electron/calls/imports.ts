import type { importCalls } from '../../../src-core/contracts/window/importCalls.ts'
import type { ReadLog } from '../../../src-core/evaluationLog/evaluationLog.ts'
import { AccuracyUnclearError } from '../../../src-core/evaluationLog/logAccuracy.ts'
import { readLogFile } from '../../imports/readLogFile.ts'
import { askAccuracyUnit, chooseLogFile } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createImportCalls = (parts: CallParts): Handlers<typeof importCalls> => {
  const importFrom = async (path: string) => {
    const log = await readAskingForUnit(path)
    const study = await parts.studies.importLog(log)
    parts.settingsChanged(parts.settings.addRecentStudy(study.folder))
    return { summary: study.snapshot().summary, notes: [...log.notes] }
  }
  const readAskingForUnit = async (path: string): Promise<ReadLog> => {
    try {
      return await readLogFile(path)
    } catch (error) {
      if (!(error instanceof AccuracyUnclearError)) throw error
      if ((await askAccuracyUnit(parts.window, error)) === 'cancel') throw error
      return readLogFile(path, 'percent')
    }
  }
  return {
    importLog: async () => {
      const path = await chooseLogFile(parts.window)
      return path === null ? null : importFrom(path)
    },
    importFile: ({ file }) => importFrom(parts.places.pathOf(file)),
  }
}
