import { parseDocument, isMap, isScalar } from 'yaml'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { shownObjective, testedUnits, wordsOf } from '../../src-core/study/studyWords.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import { metricName } from '../../src-core/progress/objectiveText.ts'
import { lookUp } from '../../src-core/study/hyperparameter.ts'
import { hyperparametersOf } from '../../src-core/study/hyperparameters.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { CompleteTrial, StoppedTrial } from '../../src-core/trial/trial.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'

export type MeasuredTrial = CompleteTrial | StoppedTrial

interface ConfigurationSource {
  readonly definition: StudyDefinition
  readonly trial: MeasuredTrial
  readonly studyId: string
  readonly applicationVersion: string
  /** Name of the file beside it that holds the trained network; null when the network is not kept. */
  readonly networkFile: string | null
  readonly decode: DefinitionDecoder
}

const longestName = 64

/**
 * The study of one trial that gives the same result as `trial` again, to the last bit: every hyperparameter is fixed,
 * the trial's seed is the seed of the network, and the data, their split, the encoding and the silence rule are those
 * of the study. Where the trial was pruned, it ends there again, and where it lost a race it has as many replicates: the other
 * trials that decided it are not in the export.
 */
export const configurationOf = async (source: ConfigurationSource): Promise<StudyDefinition> => {
  const { definition, trial, studyId, networkFile, decode } = source
  if (definition.log !== undefined) return loggedConfigurationOf(definition, definition.log, trial, decode)
  const { measurement } = trial
  // Without its limit: a slower machine gives the same result. Without hooks: they are of this person and this machine.
  const { timeLimitMinutes: _, hooks: _hooks, ...kept } = definition
  return {
    ...kept,
    name: nameOf(definition, trial),
    space: {},
    fixed: resolveHyperparameters(definition, trial.configuration),
    budget: { trials: 1 },
    replicates: measurement.replicates?.length ?? 1,
    racing: false,
    workers: 1,
    keepNetworks: Math.max(1, definition.keepNetworks),
    seeds: { ...definition.seeds, network: trial.seed },
    provenance: {
      application: `spiketune ${source.applicationVersion}`,
      study: studyId,
      trial: trial.number,
      datasetSha256: measurement.datasetSha256,
      metrics: measurement.metrics,
      constraints: Object.fromEntries(measurement.constraints.map(({ name, value }) => [name, value])),
      ...(networkFile === null ? {} : { networkFile }),
      ...(trial.state === 'stopped' && trial.stop.kind === 'pruned' ? { pruned: trial.stop } : {}),
    },
  }
}

const nameOf = ({ name }: StudyDefinition, { number }: MeasuredTrial): string => {
  const suffix = `-trial-${number}`
  return name.slice(0, longestName - suffix.length) + suffix
}

/**
 * A trial of an imported log: the study of one trial that trains its hyperparameters here, where all of them are known here;
 * otherwise what the log has of it. Nobody knows the seed or the files of the dataset, so there is nothing to compare with.
 */
const loggedConfigurationOf = async (
  { log: _, ...definition }: StudyDefinition,
  log: NonNullable<StudyDefinition['log']>,
  trial: MeasuredTrial,
  decode: DefinitionDecoder,
): Promise<StudyDefinition> => {
  const configuration: StudyDefinition = {
    ...definition,
    name: nameOf(definition, trial),
    description: `Trial ${trial.number} of the evaluation log ${log.file}, of accuracy ${trial.measurement.objective} there.`,
    space: {},
    fixed: trial.configuration,
    budget: { trials: 1 },
    workers: 1,
    keepNetworks: 1,
  }
  return (await isTrainable(configuration, decode)) ? configuration : { ...configuration, log }
}

const isTrainable = async (definition: StudyDefinition, decode: DefinitionDecoder): Promise<boolean> => {
  try {
    await decode(definitionToYaml(definition), definition.name)
    return true
  } catch (error) {
    if (error instanceof SpiketuneError && error.code === 'definition-invalid') return false
    throw error
  }
}

/** The configuration as YAML, with what a person wants to know in comments; `fileName` is its own name. */
export const configurationToYaml = (configuration: StudyDefinition, fileName: string): string => {
  const document = parseDocument(definitionToYaml(configuration))
  const { provenance } = configuration
  if (provenance !== undefined) {
    const { metric, split } = configuration.objective
    const measured = provenance.metrics[metric]
    const violated = Object.values(provenance.constraints).some((value) => value > 0)
    document.commentBefore = [
      ` Best configuration of the study ${provenance.study}: trial ${provenance.trial}` +
        (measured === undefined
          ? ''
          : `, ${metricName(shownObjective(configuration))} ${measured} on the ${split} ${testedUnits(configuration)}`),
      ...(provenance.pruned === undefined
        ? []
        : [
            ` It was pruned after ${wordsOf(configuration.network.type).pass} ${provenance.pruned.epoch + 1} and ends there again; to train it to its end, remove pruned`,
            ' under provenance: the result will then differ.',
          ]),
      ...(violated ? [' It exceeds a limit: no trial of the study kept them all.'] : []),
      ` Give the same result again: spiketune run ${fileName}`,
      ...(provenance.networkFile === undefined ? [] : [` Trained network: ${provenance.networkFile}`]),
    ].join('\n')
  }
  describeHyperparameters(document.get('fixed'), configuration)
  describe(
    document.contents,
    'provenance',
    ' Where this comes from; a constraint is kept where its value is at most 0.',
  )
  return document.toString({ lineWidth: 120 })
}

export const configurationToJson = (configuration: StudyDefinition): string =>
  `${JSON.stringify(configuration, null, 2)}\n`

const describeHyperparameters = (node: unknown, { network, fixed }: StudyDefinition): void => {
  const table = hyperparametersOf(network)
  for (const name of Object.keys(fixed)) {
    const hyperparameter = lookUp(table, name)
    if (hyperparameter === null) continue
    const { description, unit } = hyperparameter
    describe(node, name, unit === null ? ` ${description}` : ` ${description}, in ${unit}`)
  }
}

/** Puts a comment above a key. */
const describe = (node: unknown, key: string, comment: string): void => {
  if (!isMap(node)) return
  const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
  if (pair && isScalar(pair.key)) pair.key.commentBefore = comment
}
