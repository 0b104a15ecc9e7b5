import type { StudyCallName } from '../../../src-core/contracts/studyCalls.ts'
import type { Exported } from '../../../src-core/contracts/window/common.ts'
import type { controlCalls } from '../../../src-core/contracts/window/controlCalls.ts'
import { listDevices } from '../../devices/devices.ts'
import { checkComparable, planFork } from '../../studies/forkPlan.ts'
import { chooseExportFolder, chooseFileToSave } from '../dialogs.ts'
import type { ExportedFiles } from '../../studies/studyService.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const exportedFiles = (
  { yaml, json, safetensors, tennlab, networkProblem }: ExportedFiles,
  { saved }: Pick<CallParts, 'saved'>,
): Exported => ({
  files: [yaml, json, ...[safetensors, tennlab].filter((file) => file !== null)],
  problem: networkProblem,
  place: saved.name(yaml),
})

export const createControlCalls = (parts: CallParts): Handlers<Omit<typeof controlCalls, StudyCallName>> => {
  const { window, studies, settings, written, kernel, devices } = parts
  return {
    leaveStudy: async ({ id }) => {
      await studies.use(id, (study) => parts.leave(study))
      return null
    },
    listDevices: () => listDevices({ kernel, environment: process.env, lost: devices.lost }),
    planFork: ({ id, definition }) =>
      studies.use(id, async (study) => planFork(study, await written.decode({ yaml: definition, origin: null })).plan),
    forkStudy: async ({ id, definition: yaml, copyTrials, start }) => {
      const definition = await written.decodeAsking({ yaml, origin: null })
      const { made, plan } = await studies.use(id, async (study) => {
        // What is damaged is not taken over.
        await study.verified()
        const { plan, fork } = planFork(study, definition)
        if (copyTrials) checkComparable(plan)
        return { made: await studies.create(definition, yaml, copyTrials ? fork : null), plan }
      })
      parts.settingsChanged(settings.addRecentStudy(made.folder))
      if (start) await parts.starts.start(made)
      return { summary: made.summary(), plan }
    },
    verifiedStudy: ({ id }) => studies.use(id, (study) => study.verified()),
    checkStudy: ({ id }) => studies.use(id, (study) => study.check()),
    backUpStudy: ({ id }) =>
      studies.use(id, async (study) => {
        const file = await chooseFileToSave(window, study.id, 'tar')
        // What is there is written over: the dialog has asked.
        if (file === null) return null
        const check = await study.backUp(file, true)
        return { file, place: parts.saved.name(file), check }
      }),
    exportBest: async ({ id }) => {
      const folder = await chooseExportFolder(window)
      if (folder === null) return null
      return exportedFiles(await studies.use(id, (study) => study.exportBest(folder)), parts)
    },
  }
}
