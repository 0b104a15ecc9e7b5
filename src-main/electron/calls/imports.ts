import { basename } from 'node:path'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { ImportProgress, importCalls } from '../../../src-core/contracts/window/importCalls.ts'
import { AccuracyUnclearError } from '../../../src-core/evaluationLog/logAccuracy.ts'
import type { ImportedStudy } from '../../studies/studyService.ts'
import { askAccuracyUnit, askDataset, chooseLogFile } from '../dialogs.ts'
import { sendEvent } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createImportCalls = (parts: CallParts): Handlers<typeof importCalls> => {
  const underWay = new Set<AbortController>()

  const importFrom = async (path: string) => {
    const called = new AbortController()
    underWay.add(called)
    try {
      const { study, notes } = await importAsking(path, called.signal)
      parts.settingsChanged(parts.settings.addRecentStudy(study.folder))
      return { summary: study.summary(), notes: [...notes] }
    } catch (error) {
      if (error === called.signal.reason) return null
      throw error
    } finally {
      underWay.delete(called)
    }
  }
  const importAsking = async (path: string, signal: AbortSignal): Promise<ImportedStudy> => {
    const watch = {
      signal,
      progress: (progress: ImportProgress) => {
        sendEvent(parts.window, 'importProgress', progress)
      },
    }
    try {
      return await parts.studies.importLog(path, null, watch)
    } catch (error) {
      if (error instanceof AccuracyUnclearError) {
        if ((await askAccuracyUnit(parts.window, error)) === 'cancel') throw error
        return parts.studies.importLog(path, { accuracy: 'percent' }, watch)
      }
      if (!(error instanceof SpiketuneError) || error.code !== 'network-dataset-unclear') throw error
      const dataset = await askDataset(parts.window, basename(path))
      if (dataset === 'cancel') throw error
      return parts.studies.importLog(path, { dataset }, watch)
    }
  }
  return {
    importLog: async () => {
      const path = await chooseLogFile(parts.window)
      return path === null ? null : importFrom(path)
    },
    importFile: ({ file }) => importFrom(parts.places.pathOf(file)),
    cancelImport: () => {
      for (const called of underWay) called.abort(new Error('the import was called off'))
      return null
    },
  }
}
