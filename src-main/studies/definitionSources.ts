import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { PresetInfo } from '../../src-core/contracts/window.ts'
import { knownDataset } from '../../src-core/datasets/catalogue.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { hookNames } from '../../src-core/study/hooksSchema.ts'
import { createPresetFolder } from '../files/presetFolder.ts'
import { readNamedFile } from '../files/namedFile.ts'
import { decodeHere, type DefinitionDecoder } from './definitionDecoder.ts'
import { presetLasts } from './presetLasts.ts'

/** A definition with the text that it was decoded from, which is stored beside the study. */
export interface SourcedDefinition {
  readonly definition: StudyDefinition
  readonly source: string
}

/** Where definitions come from: presets by name, files by path. */
export interface DefinitionSources {
  listPresets(): Promise<PresetInfo[]>
  /** The file of a preset. @throws SpiketuneError definition-not-found */
  presetFile(name: string): Promise<string>
  /** The text of a file, whatever it says. @throws SpiketuneError definition-not-found */
  readText(path: string): Promise<string>
  /** @throws SpiketuneError definition-not-found or definition-invalid */
  readPreset(name: string): Promise<SourcedDefinition>
  /** @throws SpiketuneError definition-not-found or definition-invalid */
  readFile(path: string): Promise<SourcedDefinition>
}

/** @param presetsFolder the folder of the definitions that come with the application */
export const createDefinitionSources = (
  presetsFolder: URL,
  decode: DefinitionDecoder = decodeHere,
): DefinitionSources => {
  const presets = createPresetFolder(presetsFolder, { kind: 'preset', all: 'Presets' })
  const readDefinition = async (path: string): Promise<SourcedDefinition> => {
    const source = await readText(path)
    return { definition: locateFiles(await decode(source, path), dirname(path)), source }
  }
  const readPreset = async (name: string): Promise<SourcedDefinition> => readDefinition(await presets.file(name))
  return {
    presetFile: presets.file,
    readPreset,
    readText,
    readFile: readDefinition,
    async listPresets() {
      const names = await presets.names()
      return Promise.all(
        names.map(async (name) => {
          const { definition } = await readPreset(name)
          return {
            name,
            description: definition.description ?? '',
            trials: definition.budget.trials ?? null,
            lasts: presetLasts(name),
            missing: missingData(definition),
          }
        }),
      )
    },
  }
}

const placeKeys = ['folder', 'file', 'testFile'] as const

/** Where a definition says that its dataset lies: files and folders. */
export const datasetPlaces = ({ dataset }: StudyDefinition): string[] => placeKeys.flatMap((key) => dataset[key] ?? [])

/** A sentence or two; null: nothing is missing, or it comes with Spiketune. */
const missingData = (definition: StudyDefinition): string | null => {
  if (datasetPlaces(definition).every((place) => existsSync(place))) return null
  const known = knownDataset(definition.dataset.name)
  if (known === undefined) return 'Its data are not here.'
  return `Its data are not here: ${known.title}. Get them from ${known.from}`
}

/** Whatever a definition names relative to itself: its dataset, and the programs of its hooks. */
export const locateFiles = (definition: StudyDefinition, base: string): StudyDefinition =>
  locateHooks(locateDataset(definition, base), base)

/** A program with a slash is a file; one without is looked for on the path of the system, as a shell does. */
const locateHooks = (definition: StudyDefinition, base: string): StudyDefinition => {
  const { hooks } = definition
  if (hooks === undefined) return definition
  const located = hookNames.flatMap((name) => {
    const [program, ...rest] = hooks[name] ?? []
    return program?.includes('/') ? [[name, Object.freeze([resolve(base, program), ...rest])] as const] : []
  })
  return Object.freeze({ ...definition, hooks: Object.freeze({ ...hooks, ...Object.fromEntries(located) }) })
}

/** Relative places of a dataset count from the folder of the definition, wherever the application was started. */
const locateDataset = (definition: StudyDefinition, base: string): StudyDefinition => {
  const { dataset } = definition
  const located = placeKeys.flatMap((key) => {
    const place = dataset[key]
    return place === undefined ? [] : [[key, resolve(base, place)] as const]
  })
  if (located.length === 0) return definition
  return Object.freeze({ ...definition, dataset: Object.freeze({ ...dataset, ...Object.fromEntries(located) }) })
}

/** Beyond any definition: what is larger was named by mistake. */
const largestDefinition = 16 * 2 ** 20

const readText = async (path: string): Promise<string> => {
  const bytes = await readNamedFile(
    path,
    largestDefinition,
    (why, cause) => new SpiketuneError('definition-not-found', `The definition ${path} ${why}.`, { cause }),
  )
  return bytes.toString('utf8')
}
