/** Whether there is any network in the space of a study, where not all combinations of its hyperparameters are possible. */
import { z } from 'zod'
import { createGenerator } from '../random/generator.ts'
import { conditionOrder } from '../space/condition.ts'
import { type Impossibility, whyImpossible } from '../space/impossibility.ts'
import { cardinality, configurationAt } from '../space/finiteSpace.ts'
import { type Configuration, configurationSchema, parameterSchema, type SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import { problem, type Problem } from './definitionError.ts'
import { impossibilitiesIn } from './impossibilitiesIn.ts'
import { networkSchema } from './networkSchema.ts'

/** Combinations that are all looked at; of more, as many are drawn. */
const mostLooks = 10_000

/** Checks a definition as it stands in a file; of one that is not well-formed nothing is known. */
export const checkPossible = (value: unknown): readonly Problem[] => {
  const { data } = searchedSchema.safeParse(value)
  if (data === undefined || !isOrdered(data.space)) return []
  const rules = impossibilitiesIn(data)
  if (rules.length === 0) return []
  const reason = whyNone(data.space, rules)
  if (reason === null) return []
  const [name] = rules.flatMap(({ names }) => names)
  const path = name === undefined ? ['fixed'] : ['space', name]
  return [problem(path, 'value', 'no network that can be', `others: of the first, ${reason}`)]
}

/** Whether configurations can be drawn: other checks say what is wrong where they cannot. */
const isOrdered = (space: SearchSpace): boolean =>
  'order' in conditionOrder(space) &&
  Object.values(space).every((parameter) => parameter.type === 'categorical' || parameter.low <= parameter.high)

const searchedSchema = z.object({
  network: networkSchema,
  space: z.record(z.string(), parameterSchema).default({}),
  fixed: configurationSchema.default({}),
})

/** Why the first configuration of a space cannot be, where none can; null: some can. */
const whyNone = (space: SearchSpace, rules: readonly Impossibility[]): string | null => {
  const count = cardinality(space)
  const generator = createGenerator(1)
  const at = (look: number): Configuration =>
    count <= mostLooks
      ? configurationAt(space, look)
      : sampleConfiguration(
          space,
          Object.keys(space).map(() => generator.next()),
        )
  let first: string | null = null
  for (let look = 0; look < Math.min(count, mostLooks); look++) {
    const reason = whyImpossible(rules, at(look))
    if (reason === undefined) return null
    first ??= reason
  }
  return first
}
