import type { importCalls } from '../../../src-core/contracts/window/importCalls.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { readLogFile } from '../../imports/readLogFile.ts'
import { chooseLogFile } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createImportCalls = (parts: CallParts): Handlers<typeof importCalls> => {
  const importFrom = async (path: string): Promise<StudySummary> => {
    const study = await parts.studies.importLog(await readLogFile(path))
    parts.settingsChanged(parts.settings.addRecentStudy(study.folder))
    return study.snapshot().summary
  }
  return {
    importLog: async () => {
      const path = await chooseLogFile(parts.window)
      return path === null ? null : importFrom(path)
    },
    importFile: ({ file }) => importFrom(parts.places.pathOf(file)),
  }
}
