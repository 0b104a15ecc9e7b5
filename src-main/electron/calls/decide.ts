import { arch, cpus, release, totalmem, type } from 'node:os'
import { app } from 'electron'
import type { StudyCallName } from '../../../src-core/contracts/studyCalls.ts'
import type { decideCalls } from '../../../src-core/contracts/window/decideCalls.ts'
import { writeMarkdown } from '../../files/writeMarkdown.ts'
import { writeWhole } from '../../files/writeWhole.ts'
import { chooseExportFolder, chooseFileToSave } from '../dialogs.ts'
import { exportedFiles } from './control.ts'
import { formatMemory } from '../../cli/text/format.ts'
import { printReport } from '../report.ts'
import type { CallParts, Handlers } from './callParts.ts'

const environment = (): { term: string; value: string }[] => {
  const processors = cpus()
  return [
    { term: 'Spiketune', value: app.getVersion() },
    { term: 'Electron', value: process.versions.electron },
    { term: 'Node', value: process.versions.node },
    { term: 'System', value: `${type()} ${release()}, ${arch()}` },
    { term: 'Processor', value: `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores` },
    { term: 'Memory', value: formatMemory(totalmem()) },
  ]
}

export const createDecideCalls = ({
  window,
  studies,
  saved,
}: CallParts): Handlers<Omit<typeof decideCalls, StudyCallName>> => ({
  listConfirmations: ({ id }) => studies.use(id, (study) => study.confirmations()),
  exportTrial: async ({ id, number }) => {
    const folder = await chooseExportFolder(window)
    if (folder === null) return null
    return exportedFiles(await studies.use(id, (study) => study.exportTrial(number, folder)), { saved })
  },
  saveReport: async (request) => {
    const { format, name } = request
    const file = await chooseFileToSave(window, name, format === 'markdown' ? 'md' : format)
    if (file === null) return null
    if (request.format === 'markdown') await writeMarkdown(file, request)
    else await writeWhole(file, request.format === 'html' ? request.html : await printReport(request.html))
    return { file, place: saved.name(file) }
  },
  readEnvironment: environment,
})
