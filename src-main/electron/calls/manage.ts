import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { shell } from 'electron'
import type { manageCalls } from '../../../src-core/contracts/window/manageCalls.ts'
import type { WireError } from '../../../src-core/contracts/window.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { surplusNetworks } from '../../../src-core/library/studyDisk.ts'
import { moveToBin } from '../../files/moveToBin.ts'
import { systemClock } from '../../scheduler/clock.ts'
import { askToDelete, chooseExportFolder, chooseLibraryFolder } from '../dialogs.ts'
import { toWireError } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

/** The system's own way; where a desktop has none, as the desktops of Linux keep their bins. */
const toBin = async (folder: string): Promise<void> => {
  try {
    await shell.trashItem(folder)
  } catch (error) {
    if (process.platform !== 'linux' || !existsSync(folder)) throw error
    moveToBin(folder, { environment: process.env, nowMs: systemClock.now() })
  }
}

/** Does something with each of several studies, one after the other; what fails is told with the others. */
const ofEach = async <Result>(
  ids: readonly string[],
  action: (id: string) => Promise<Result>,
): Promise<{ readonly done: Result[]; readonly failed: { id: string; error: WireError }[] }> => {
  const done: Result[] = []
  const failed: { id: string; error: WireError }[] = []
  for (const id of ids) {
    try {
      done.push(await action(id))
    } catch (error) {
      failed.push({ id, error: toWireError(error) })
    }
  }
  return { done, failed }
}

export const createManageCalls = (parts: CallParts): Handlers<typeof manageCalls> => {
  const { window, studies, settings, libraries } = parts
  return {
    labelStudies: async ({ ids, change }) => {
      const { done, failed } = await ofEach(ids, (id) => studies.label(id, change))
      return { changed: done, failed }
    },
    readLogBook: ({ id }) => studies.library.logBook(studies.folderOf(id)),
    writeLogLine: async ({ id, text }) => {
      await studies.writeLog(id, text)
      return studies.library.logBook(studies.folderOf(id))
    },
    studyDisk: ({ id }) => studies.library.disk(studies.folderOf(id)),
    keepBestNetworks: ({ id, count, remove }) =>
      studies.use(id, (study) => {
        if (remove) return study.keepBestNetworks(count)
        const { summary, trials } = study.snapshot()
        const kept = trials.filter(({ networkFile }) => networkFile !== null).length
        const networks = surplusNetworks(trials, count).length
        return { networks, bytes: kept === 0 ? 0 : (summary.networkBytes * networks) / kept }
      }),
    duplicateStudy: async ({ id, name }) => {
      const study = await studies.library.duplicate(studies.folderOf(id), name)
      const summary = study.summary()
      await study.close()
      return summary
    },
    deleteStudies: async ({ ids }) => {
      if (
        !(await askToDelete(
          window,
          ids.map((id) => studies.folderOf(id)),
        ))
      )
        return null
      const { done, failed } = await ofEach(ids, async (id) => {
        const folder = studies.folderOf(id)
        await studies.remove(id, toBin)
        return folder
      })
      parts.settingsChanged(settings.forgetStudies(done))
      return { deleted: done, failed }
    },
    exportBestOf: async ({ ids }) => {
      const folder = await chooseExportFolder(window)
      if (folder === null) return null
      const { done, failed } = await ofEach(ids, (id) => studies.use(id, (study) => study.exportBest(folder)))
      return { exported: done.length, failed }
    },
    listLibraries: () => libraries.list(),
    switchLibrary: ({ folder }) => libraries.switchTo(folder),
    addLibrary: async () => {
      const folder = await chooseLibraryFolder(window, studies.library.folder)
      if (folder === null) return null
      if (existsSync(resolve(folder, 'study.sqlite'))) {
        throw new SpiketuneError(
          'study-in-use',
          `${folder} is the folder of a study, not of a library. Choose the folder that it lies in, or open it as a study.`,
        )
      }
      return libraries.add(folder)
    },
    forgetLibrary: ({ folder }) => libraries.forget(folder),
  }
}
