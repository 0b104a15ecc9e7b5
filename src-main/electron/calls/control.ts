import type { controlCalls } from '../../../src-core/contracts/window/controlCalls.ts'
import { listDevices } from '../../devices/devices.ts'
import { checkComparable, planFork } from '../../studies/forkPlan.ts'
import { chooseExportFolder } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createControlCalls = (parts: CallParts): Handlers<typeof controlCalls> => {
  const { window, studies, settings, written, kernel, devices } = parts
  return {
    resumeStudy: ({ id }) =>
      studies.use(id, async (study) => {
        await study.start()
        return study.snapshot().summary
      }),
    pauseStudy: ({ id }) =>
      studies.use(id, (study) => {
        study.pause()
        return study.snapshot().summary
      }),
    stopStudy: ({ id }) =>
      studies.use(id, async (study) => {
        await study.stop()
        return study.snapshot().summary
      }),
    setWorkers: ({ id, workers }) =>
      studies.use(id, (study) => {
        study.setWorkers(workers)
        return study.snapshot().summary
      }),
    listDevices: () => listDevices({ kernel, environment: process.env, lost: devices.lost }),
    planFork: ({ id, definition }) =>
      studies.use(id, async (study) => planFork(study, await written.decode({ yaml: definition, origin: null })).plan),
    forkStudy: async ({ id, definition: yaml, copyTrials, start }) => {
      const definition = await written.decodeAsking({ yaml, origin: null })
      const { made, plan } = await studies.use(id, async (study) => {
        const { plan, fork } = planFork(study, definition)
        if (copyTrials) checkComparable(plan)
        return { made: await studies.create(definition, yaml, copyTrials ? fork : null), plan }
      })
      parts.settingsChanged(settings.addRecentStudy(made.folder))
      if (start) await made.start()
      return { summary: made.snapshot().summary, plan }
    },
    exportBest: async ({ id }) => {
      const folder = await chooseExportFolder(window)
      if (folder === null) return null
      const { yaml, json, safetensors } = await studies.use(id, (study) => study.exportBest(folder))
      return { files: [yaml, json, ...(safetensors === null ? [] : [safetensors])] }
    },
  }
}
