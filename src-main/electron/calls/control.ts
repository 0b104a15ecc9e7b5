import type { controlCalls } from '../../../src-core/contracts/window/controlCalls.ts'
import { chooseExportFolder } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createControlCalls = ({ window, studies }: CallParts): Handlers<typeof controlCalls> => ({
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
  exportBest: async ({ id }) => {
    const folder = await chooseExportFolder(window)
    if (folder === null) return null
    const { yaml, json, safetensors } = await studies.use(id, (study) => study.exportBest(folder))
    return { files: [yaml, json, ...(safetensors === null ? [] : [safetensors])] }
  },
})
