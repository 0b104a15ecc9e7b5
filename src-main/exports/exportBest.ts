import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { explainFileError } from '../files/fileErrors.ts'
import { writeWhole } from '../files/writeWhole.ts'
import { cutShort, networkDamage } from '../integrity/networkHash.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'
import type { ExportedFiles } from '../studies/studyService.ts'
import { configurationOf, configurationToJson, configurationToYaml, type MeasuredTrial } from './bestConfiguration.ts'
import { compareWithDisk, type PlannedFile } from './compareWithDisk.ts'
import { tennlabText } from './tennlabText.ts'

interface ExportInput {
  readonly definition: StudyDefinition
  readonly trial: MeasuredTrial
  /** The trained network in the study's folder; null when it is not kept. */
  readonly networkPath: string | null
  /** Of its file as it was written; undefined: of an older version, which did not know. */
  readonly networkSha256?: string | undefined
  readonly studyId: string
  /** Where to write to; made when it is missing. */
  readonly folder: string
  readonly applicationVersion: string
  /** Of a log that is exported; its hyperparameters may be many. */
  readonly decode: DefinitionDecoder
}

/**
 * Writes the configuration of a trial as YAML and JSON, its trained network as safetensors, one that evolved also as TENNLab's
 * JSON. Each file appears
 * whole or not at all, the YAML last. Exporting the same trial again gives the same files; a file with other content is
 * never overwritten: the names then get a number. A network that is damaged is left out, and said.
 * @throws SpiketuneError folder-not-writable or disk-full
 */
export const exportBest = async (given: ExportInput): Promise<ExportedFiles> => {
  const networkProblem = given.networkPath === null ? null : await problemOf(given.networkPath, given.networkSha256)
  const input = networkProblem === null ? given : { ...given, networkPath: null }
  const folder = resolve(input.folder)
  try {
    await mkdir(folder, { recursive: true })
    for (let attempt = 1; ; attempt++) {
      const planned = await planFiles(input, folder, attempt)
      const files = [planned.safetensors, planned.tennlab, planned.json, planned.yaml].filter((file) => file !== null)
      const states = await Promise.all(files.map(compareWithDisk))
      if (states.includes('different')) continue
      for (const [index, file] of files.entries())
        if (states[index] === 'missing') await writeWhole(file.path, file.content)
      const { yaml, json, safetensors, tennlab } = planned
      return {
        ...{ yaml: yaml.path, json: json.path },
        ...{ safetensors: safetensors?.path ?? null, tennlab: tennlab?.path ?? null, networkProblem },
      }
    }
  } catch (error) {
    throw explainFileError(error, folder)
  }
}

const problemOf = async (path: string, sha256: string | undefined): Promise<string | null> => {
  const damage = (await networkDamage(path, sha256)) ?? (sha256 === undefined ? await cutShort(path) : null)
  return damage === null ? null : `The kept network is damaged, and was left out: ${damage}.`
}

const planFiles = async (input: ExportInput, folder: string, attempt: number) => {
  const { definition, trial, studyId, applicationVersion, networkPath, decode } = input
  const base = `${studyId}-trial-${trial.number}${attempt === 1 ? '' : `-${attempt}`}`
  const networkFile = networkPath === null ? null : `${base}.safetensors`
  const configuration = await configurationOf({
    definition,
    trial,
    studyId,
    applicationVersion,
    networkFile,
    decode,
  })
  const yaml = `${base}.yaml`
  const planned = (name: string, content: PlannedFile['content']): PlannedFile => ({
    path: join(folder, name),
    content,
  })
  return {
    safetensors: networkFile === null || networkPath === null ? null : planned(networkFile, { copyOf: networkPath }),
    tennlab:
      networkPath === null || definition.network.type !== 'neuroprocessor'
        ? null
        : planned(`${base}.tennlab.json`, await tennlabText(definition, trial, networkPath)),
    json: planned(`${base}.json`, configurationToJson(configuration)),
    yaml: planned(yaml, configurationToYaml(configuration, yaml)),
  }
}
