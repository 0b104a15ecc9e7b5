import { deepFreeze } from '../values/deepReadonly.ts'
import { checkSpace } from './checkSpace.ts'
import { checkStructure } from './checkStructure.ts'
import { checkStudy } from './checkStudy.ts'
import { completeConditions } from './conditions.ts'
import { DEFINITION_VERSION, type StudyDefinition, studyDefinitionSchema } from './definition.ts'
import { problem, type Problem } from './definitionError.ts'
import { hyperparametersOf, rawHyperparametersOf } from './hyperparameters.ts'
import { checkSwitches, effective } from './layerSwitches.ts'
import { migrateDefinition } from './migrateDefinition.ts'
import { isMap, mapAt } from './rawValues.ts'
import { valueText } from './wording.ts'
import { parseYaml } from './yamlSource.ts'

/** Values in a definition; one with more would take long to be handed from thread to thread, or to be shown. */
const largestDefinition = 20_000

/**
 * Decodes a study definition, in YAML or JSON: complete with every default, deeply frozen.
 * @param source what to call the text in messages, such as its file name
 * @param origin stored: by a version that may have taken switches of layers without effect, which are turned off
 * @throws {DefinitionError} naming every problem by line, column, what was found and what is allowed
 */
export const decodeDefinition = (
  text: string,
  source: string,
  origin: 'written' | 'stored' = 'written',
): StudyDefinition => {
  const file = parseYaml(text, source)
  const { value, problems } = checkDefinition(file.value, origin)
  if (value === null) throw file.refusal(file.place(problems))
  if (problems.length + file.problems.length > 0) throw file.refusal([...file.problems, ...file.place(problems)])
  if (file.nodes > largestDefinition) {
    const allowed = `a definition of at most ${largestDefinition}`
    throw file.refusal(file.place([problem([], 'value', `${file.nodes} values`, allowed)]))
  }
  return completeDefinition(value)
}

interface CheckedDefinition {
  /** As it is in the newest version; null: it is from a newer Spiketune. */
  readonly value: unknown
  readonly problems: readonly Problem[]
}

/** What is wrong with a definition as it stands in a file. */
export const checkDefinition = (found: unknown, origin: 'written' | 'stored' = 'written'): CheckedDefinition => {
  const migrated = migrateDefinition(found)
  if (migrated === null) {
    const version = valueText(mapAt({ file: found }, 'file').version)
    const allowed = `at most ${DEFINITION_VERSION}: it is from a newer Spiketune, update yours to read it`
    return { value: null, problems: [problem(['version'], 'value', version, allowed)] }
  }
  const { value } = migrated
  const problems = [
    ...checkStructure(value),
    ...checkSpace(
      rawHyperparametersOf(mapAt(value, 'network')),
      mapAt(value, 'space'),
      mapAt(value, 'fixed'),
      isMap(value) && value.log !== undefined,
    ),
    ...checkStudy(value),
    ...(origin === 'written' ? checkSwitches(['network', 'layers'], layersOf(value)) : []),
  ]
  return { value, problems }
}

const layersOf = (value: unknown): readonly unknown[] => {
  const { type, layers } = mapAt(value, 'network')
  return type === 'layered' && Array.isArray(layers) ? (layers as readonly unknown[]) : []
}

/** A definition in which nothing is wrong, with its defaults and what follows from the rest of it. */
export const completeDefinition = (value: unknown): StudyDefinition => {
  const definition = studyDefinitionSchema.parse(value)
  const { network, space, fixed, budget } = definition
  const single = Object.keys(space).length === 0 && budget.trials === undefined && budget.wallTimeMinutes === undefined
  return deepFreeze({
    ...definition,
    network: network.type === 'layered' ? { ...network, layers: network.layers.map(effective) } : network,
    space: completeConditions(hyperparametersOf(network), space, fixed),
    budget: single ? { trials: 1 } : budget,
  })
}
