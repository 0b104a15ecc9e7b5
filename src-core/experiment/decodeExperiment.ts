import { checkDefinition, completeDefinition } from '../study/decodeDefinition.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { type DefinitionError, type Path, pathText, problem, type Problem } from '../study/definitionError.ts'
import { isMap, placesOfRepeats, type RawMap } from '../study/rawValues.ts'
import { structureCheck } from '../study/checkStructure.ts'
import { parseYaml } from '../study/yamlSource.ts'
import { changeDefinition, checkChange, placeInChange } from './changeDefinition.ts'
import { type ExperimentPlan, longestStudyName, mostMembers, memberName } from './experimentPlan.ts'
import { experimentSchema, type WrittenExperiment } from './experimentSchema.ts'

/** The text of a definition that an experiment names, and what to call it in messages. */
interface NamedStudy {
  readonly text: string
  readonly source: string
}

interface DecodedExperiment {
  readonly plan: ExperimentPlan
  /** The definition that the variants change. */
  readonly definition: StudyDefinition
}

const checkStructure = structureCheck(experimentSchema)

/**
 * Decodes an experiment, in YAML or JSON, with the definition of each variant complete and checked.
 * @param source what to call the text in messages, such as its file name
 * @param readStudy reads the definition that it names: a preset, or a file beside it
 * @throws {DefinitionError} naming every problem by line, column and variant; or of the definition that it names. And what `readStudy` throws
 */
export const decodeExperiment = async (
  text: string,
  source: string,
  readStudy: (name: string) => Promise<NamedStudy>,
): Promise<DecodedExperiment> => {
  const file = parseYaml(text, source)
  const refuse = (problems: readonly Problem[]): DefinitionError =>
    file.refusal([...file.problems, ...file.place(problems)])
  const structure = checkStructure(file.value)
  if (structure.length + file.problems.length > 0) throw refuse(structure)
  const written = experimentSchema.parse(file.value)
  const wrong = checkWritten(written)
  if (wrong.length > 0) throw refuse(wrong)
  const { study } = written
  const named = typeof study === 'string' ? await readStudy(study) : null
  const base = named === null ? null : parseYaml(named.text, named.source)
  const checked = checkDefinition(base === null ? study : base.value)
  if (base !== null && base.problems.length + checked.problems.length > 0) {
    throw base.refusal([...base.problems, ...base.place(checked.problems)])
  }
  if (checked.problems.length > 0)
    throw refuse(checked.problems.map((one) => ({ ...one, path: ['study', ...one.path] })))
  // In which nothing is wrong, so that it is a map.
  const definition = checked.value as RawMap
  if (definition['log'] !== undefined) {
    throw refuse([problem(['study'], 'value', 'an imported evaluation log', 'a study that can be trained')])
  }
  const variants = written.variants.map((variant, index) => variantOf(written, index, variant, definition))
  const problems = variants.flatMap((variant) => variant.problems)
  if (problems.length > 0) throw refuse(problems)
  return {
    definition: completeDefinition(definition),
    plan: {
      name: written.name,
      description: written.description ?? '',
      variants: variants.map(({ name, seeds, value }) => ({ name, seeds, definition: completeDefinition(value) })),
    },
  }
}

type WrittenVariant = WrittenExperiment['variants'][number]

/** What the schema cannot say. */
const checkWritten = ({ name, variants, seeds }: WrittenExperiment): readonly Problem[] => {
  const repeats = placesOfRepeats(variants.map((variant) => variant.name))
  const members = variants.reduce((sum, variant) => sum + (variant.seeds ?? seeds ?? []).length, 0)
  return [
    ...repeatedSeeds(seeds ?? [], ['seeds']),
    ...(members > mostMembers
      ? [problem(['variants'], 'value', `${members} studies`, `${mostMembers} at most in one experiment`)]
      : []),
    ...variants.flatMap((variant, index): readonly Problem[] => {
      const path = ['variants', index]
      const longest = Math.max(
        0,
        ...(variant.seeds ?? seeds ?? []).map((seed) => memberName(name, variant.name, seed).length),
      )
      return [
        ...(repeats.has(index)
          ? [problem([...path, 'name'], 'value', `${variant.name} for the second time`, 'each name once')]
          : []),
        ...(variant.seeds === undefined && seeds === undefined
          ? [
              problem(
                path,
                'value',
                `no seeds of the variant ${variant.name}`,
                'seeds of its own, or of the whole experiment',
              ),
            ]
          : []),
        ...(longest > longestStudyName
          ? [
              problem(
                [...path, 'name'],
                'value',
                `a name that makes names of studies of ${longest} characters`,
                `names of the experiment and the variant that make ${longestStudyName} at most`,
              ),
            ]
          : []),
        ...repeatedSeeds(variant.seeds ?? [], [...path, 'seeds']),
        ...checkChange(variant.change, [...path, 'change']),
      ]
    }),
  ]
}

const repeatedSeeds = (seeds: readonly number[], path: Path): readonly Problem[] =>
  [...placesOfRepeats(seeds)].map((place) =>
    problem([...path, place], 'value', `the seed ${seeds[place]} for the second time`, 'each seed once'),
  )

interface VariantParts {
  readonly name: string
  readonly seeds: readonly number[]
  readonly value: unknown
  readonly problems: readonly Problem[]
}

/** A variant with the definition of its first study, and what is wrong with that, by its place in the file of the experiment. */
const variantOf = (
  { name: experiment, seeds: shared = [] }: WrittenExperiment,
  index: number,
  { name, change, seeds = shared }: WrittenVariant,
  definition: RawMap,
): VariantParts => {
  const [seed = 1] = seeds
  const given = definition['seeds']
  const changed = changeDefinition({ ...definition, name: memberName(experiment, name, seed) }, change)
  const changedSeeds = changed['seeds'] ?? given
  const value = { ...changed, seeds: { ...(isMap(changedSeeds) ? changedSeeds : {}), optimiser: seed } }
  const { problems } = checkDefinition(value)
  return {
    name,
    seeds,
    value,
    problems: problems.map(({ path, at, words }) => {
      const inChange = placeInChange(change, path)
      return {
        path: ['variants', index, 'change', ...(inChange ?? [])],
        at: inChange === null ? 'value' : at,
        words: () => {
          const [found, allowed] = words()
          const where = inChange === null && path.length > 0 ? `${pathText(path)}, ` : ''
          return [`${found} (${where}variant ${name})`, allowed]
        },
      }
    }),
  }
}
