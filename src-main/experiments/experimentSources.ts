/** Where experiments come from: presets by name, files by path, each with the definition that it names. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { decodeExperiment } from '../../src-core/experiment/decodeExperiment.ts'
import { type ExperimentPlan, membersOf } from '../../src-core/experiment/experimentPlan.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { createPresetFolder } from '../files/presetFolder.ts'
import { datasetPlaces, type DefinitionSources, locateFiles } from '../studies/definitionSources.ts'

/** An experiment with the text that it was decoded from, which is stored with it. */
interface SourcedExperiment {
  readonly plan: ExperimentPlan
  readonly source: string
}

/** A preset of an experiment. */
interface ExperimentPreset {
  readonly name: string
  readonly description: string
  readonly studies: number
}

export interface ExperimentSources {
  listPresets(): Promise<ExperimentPreset[]>
  /** The file of a preset. @throws SpiketuneError definition-not-found */
  presetFile(name: string): Promise<string>
  /** @throws SpiketuneError definition-not-found or definition-invalid */
  readFile(path: string): Promise<SourcedExperiment>
}

/** What names a file, as in the command line. */
export const looksLikeFile = (name: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(name)

/** @param presetsFolder the folder of the experiments that come with the application */
export const createExperimentSources = (presetsFolder: URL, definitions: DefinitionSources): ExperimentSources => {
  const presets = createPresetFolder(presetsFolder, { kind: 'experiment', all: 'Presets of experiments' })
  const readFile = async (path: string): Promise<SourcedExperiment> => {
    const source = await definitions.readText(path)
    const own = dirname(resolve(path))
    let base = own
    const { plan, definition } = await decodeExperiment(source, path, async (name) => {
      const file = looksLikeFile(name) ? resolve(own, name) : await definitions.presetFile(name)
      base = dirname(file)
      return { text: await definitions.readText(file), source: file }
    })
    const variants = plan.variants.map((variant) => ({
      ...variant,
      definition: locateVariant(variant.definition, definition, { own, base }),
    }))
    return { plan: { ...plan, variants }, source }
  }
  return {
    presetFile: presets.file,
    readFile,
    async listPresets() {
      const names = await presets.names()
      return Promise.all(
        names.map(async (name) => {
          const { plan } = await readFile(await presets.file(name))
          return { name, description: plan.description, studies: membersOf(plan).length }
        }),
      )
    },
  }
}

/** The file of an experiment: a file where there is one of that name or the name looks like one; otherwise a preset. */
export const experimentFile = (sources: ExperimentSources, name: string): Promise<string> =>
  looksLikeFile(name) || existsSync(resolve(name)) ? Promise.resolve(resolve(name)) : sources.presetFile(name)

/** Relative files of the definition count from its own folder, those that a variant changes from that of the experiment. */
const locateVariant = (
  definition: StudyDefinition,
  from: StudyDefinition,
  { own, base }: { readonly own: string; readonly base: string },
): StudyDefinition => {
  const { dataset } = locateFiles(
    definition,
    isDeepStrictEqual(datasetPlaces(definition), datasetPlaces(from)) ? base : own,
  )
  const { hooks } = locateFiles(definition, isDeepStrictEqual(definition.hooks, from.hooks) ? base : own)
  return Object.freeze({ ...definition, dataset, ...(hooks === undefined ? {} : { hooks }) })
}
