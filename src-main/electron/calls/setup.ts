import type { setupCalls, SourcedYaml } from '../../../src-core/contracts/window/setupCalls.ts'
import type { WireError } from '../../../src-core/contracts/window.ts'
import { measureSpeed } from '../../devices/measureSpeed.ts'
import { chooseDatasetPlace, chooseDefinitionFile } from '../dialogs.ts'
import { toWireError } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createSetupCalls = (parts: CallParts): Handlers<typeof setupCalls> => {
  const { window, studies, settings, definitions, places, saved, written, workerHost, devices } = parts

  const read = async (path: string, source: string): Promise<SourcedYaml> => {
    const yaml = await definitions.readText(path)
    return { yaml, source, origin: await written.nameFile(path, yaml) }
  }

  return {
    readPreset: async ({ preset }) => read(await definitions.presetFile(preset), preset),
    chooseDefinition: async () => {
      const path = await chooseDefinitionFile(window)
      return path === null ? null : read(path, path)
    },
    openDefinition: async ({ file }) => {
      const path = places.pathOf(file)
      return read(path, path)
    },
    takeFile: () => parts.takeFile(),
    openSaved: async ({ place }) => {
      const path = saved.pathOf(place)
      return read(path, path)
    },
    chooseDatasetPlace: async ({ kind }) => {
      const path = await chooseDatasetPlace(window, kind)
      if (path !== null) places.name(path)
      return path
    },
    allowDataset: (definition) => written.allow(definition),
    createStudy: async ({ yaml, origin, start }) => {
      const study = await studies.create(await written.decodeAsking({ yaml, origin }), yaml)
      parts.settingsChanged(settings.addRecentStudy(study.folder))
      let problem: WireError | null = null
      if (start) {
        try {
          await parts.starts.start(study)
        } catch (error) {
          problem = toWireError(error)
        }
      }
      return { summary: study.summary(), problem }
    },
    measureSpeed: async (definition) =>
      measureSpeed(workerHost, await written.decodeNamed(definition), devices.machine),
  }
}
