import type { controlCalls } from '../../../src-core/contracts/window/controlCalls.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { chooseExportFolder } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

const notYet = (): never => {
  throw new SpiketuneError('internal', 'This is not possible yet.')
}

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
  setWorkers: ({ id, workers }) =>
    studies.use(id, (study) => {
      study.setWorkers(workers)
      return study.snapshot().summary
    }),
  listDevices: notYet,
  planFork: notYet,
  forkStudy: notYet,
  exportBest: async ({ id }) => {
    const folder = await chooseExportFolder(window)
    if (folder === null) return null
    const { yaml, json, safetensors } = await studies.use(id, (study) => study.exportBest(folder))
    return { files: [yaml, json, ...(safetensors === null ? [] : [safetensors])] }
  },
})
