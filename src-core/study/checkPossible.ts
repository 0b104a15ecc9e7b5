/** Whether there is any network in the space of a study, where not all combinations of its hyperparameters are possible. */
import { z } from 'zod'
import { createGenerator } from '../random/generator.ts'
import { conditionOrder } from '../space/condition.ts'
import { brokenRule, type Broken, type Impossibility } from '../space/impossibility.ts'
import { cardinality, configurationAt } from '../space/finiteSpace.ts'
import { type Configuration, configurationSchema, parameterSchema, type SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import { problem, type Problem } from './definitionError.ts'
import { impossibilitiesIn } from './impossibilitiesIn.ts'
import { networkSchema } from './networkSchema.ts'
import { checkStartingNetworks } from './startingNetworks.ts'
import { trainingSchema } from './trainingSchema.ts'
import { datasetSchema } from './datasetSchema.ts'

/** Combinations that are all looked at; of more, as many are drawn. */
const mostLooks = 10_000

/** Checks a definition as it stands in a file; of one that is not well-formed nothing is known. */
export const checkPossible = (value: unknown): readonly Problem[] => {
  const { data } = searchedSchema.safeParse(value)
  if (data === undefined || !isOrdered(data.space) || checkStartingNetworks(value).length > 0) return []
  const rules = impossibilitiesIn(data)
  if (rules.length === 0) return []
  const none = whyNone(data.space, rules)
  if (none === null) return []
  const { names, at = ['fixed'] } = none.rule
  const [name] = names.length > 0 || none.rule.at !== undefined ? names : rules.flatMap((rule) => rule.names)
  const path = name === undefined ? at : ['space', name]
  return [problem(path, 'value', 'no network that can be', `others: of the first, ${none.reason}`)]
}

/** Whether configurations can be drawn: other checks say what is wrong where they cannot. */
const isOrdered = (space: SearchSpace): boolean =>
  'order' in conditionOrder(space) &&
  Object.values(space).every((parameter) => parameter.type === 'categorical' || parameter.low <= parameter.high)

const searchedSchema = z.object({
  network: networkSchema,
  training: trainingSchema,
  dataset: datasetSchema,
  space: z.record(z.string(), parameterSchema).default({}),
  fixed: configurationSchema.default({}),
})

/** Why the first configuration of a space cannot be, where none can; null: some can. */
const whyNone = (space: SearchSpace, rules: readonly Impossibility[]): Broken | null => {
  const count = cardinality(space)
  const generator = createGenerator(1)
  const at = (look: number): Configuration =>
    count <= mostLooks
      ? configurationAt(space, look)
      : sampleConfiguration(
          space,
          Object.keys(space).map(() => generator.next()),
        )
  let first: Broken | null = null
  for (let look = 0; look < Math.min(count, mostLooks); look++) {
    const broken = brokenRule(rules, at(look))
    if (broken === null) return null
    first ??= broken
  }
  return first
}
