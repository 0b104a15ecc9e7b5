import type { Condition, Parameter, SearchSpace } from '../space/parameter.ts'
import { type HyperparameterTable, lookUp } from './hyperparameter.ts'

/** Where a hyperparameter has a meaning at all; null: always. */
export const conditionOf = (table: HyperparameterTable, name: string): Condition | null =>
  lookUp(table, name)?.appliesWhen ?? null

/** What a hyperparameter can be in a study; null when it is not categorical, or unknown. */
export const possibleChoices = (
  table: HyperparameterTable,
  name: string,
  space: SearchSpace,
  fixed: Readonly<Record<string, unknown>>,
): readonly string[] | null => {
  const hyperparameter = lookUp(table, name)
  if (hyperparameter?.kind !== 'categorical') return null
  const parameter = space[name]
  if (parameter) return parameter.type === 'categorical' ? parameter.choices : null
  const held = Object.hasOwn(fixed, name) ? fixed[name] : hyperparameter.default
  return typeof held === 'string' ? [held] : null
}

/** A log has hyperparameters that the table does not know. */
const loggedChoices = (parameter: Parameter | undefined): readonly string[] =>
  parameter?.type === 'categorical' ? parameter.choices : []

/**
 * The space with its conditions as they work: those that the table implies are added, those that always hold are left
 * out. So every condition of a decoded definition refers to categorical parameters of the space itself.
 */
export const completeConditions = (
  table: HyperparameterTable,
  space: SearchSpace,
  fixed: Readonly<Record<string, unknown>>,
): SearchSpace =>
  Object.fromEntries(
    Object.entries(space).map(([name, { when = {}, ...parameter }]) => {
      const clauses = Object.entries({ ...conditionOf(table, name), ...when }).flatMap(([other, choices]) => {
        const possible = possibleChoices(table, other, space, fixed) ?? loggedChoices(space[other])
        const met = possible.filter((choice) => choices.includes(choice))
        const applies = Object.hasOwn(space, other) && space[other]?.when === undefined
        const always = met.length === possible.length && (applies || !Object.hasOwn(space, other))
        return always ? [] : [[other, met] as const]
      })
      const complete = clauses.length === 0 ? parameter : { ...parameter, when: Object.fromEntries(clauses) }
      return [name, complete as Parameter]
    }),
  )
