import { dirname } from 'node:path'
import type { setupCalls, SourcedYaml } from '../../../src-core/contracts/window/setupCalls.ts'
import type { WireError } from '../../../src-core/contracts/window.ts'
import { measureSpeed } from '../../setup/measureSpeed.ts'
import { chooseDatasetPlace, chooseDefinitionFile } from '../dialogs.ts'
import { toWireError } from '../wireError.ts'
import type { CallParts, Handlers } from './callParts.ts'
import { decodeWritten } from './writtenDefinition.ts'

export const createSetupCalls = (parts: CallParts): Handlers<typeof setupCalls> => {
  const { window, studies, settings, definitions, workerHost, devices } = parts

  const read = async (path: string, source: string): Promise<SourcedYaml> => ({
    yaml: await definitions.readText(path),
    source,
    folder: dirname(path),
  })

  return {
    readPreset: async ({ preset }) => read(await definitions.presetFile(preset), preset),
    chooseDefinition: async () => {
      const path = await chooseDefinitionFile(window)
      return path === null ? null : read(path, path)
    },
    chooseDatasetPlace: ({ kind }) => chooseDatasetPlace(window, kind),
    createStudy: async ({ yaml, folder, start }) => {
      const study = await studies.create(decodeWritten(yaml, folder), yaml)
      parts.settingsChanged(settings.addRecentStudy(study.folder))
      let problem: WireError | null = null
      if (start) {
        try {
          await study.start()
        } catch (error) {
          problem = toWireError(error)
        }
      }
      return { summary: study.snapshot().summary, problem }
    },
    measureSpeed: ({ yaml, folder }) => measureSpeed(workerHost, decodeWritten(yaml, folder), devices.machine),
  }
}
