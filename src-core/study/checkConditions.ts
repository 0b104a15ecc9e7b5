/** What is wrong with the conditions of a space: what they refer to, and whether they can be met at all. */
import { conditionOrder } from '../space/condition.ts'
import type { Parameter, SearchSpace } from '../space/parameter.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import { conditionOf, possibleChoices } from './conditions.ts'
import { type HyperparameterTable, lookUp } from './hyperparameter.ts'
import { placesOfRepeats, type RawMap } from './rawValues.ts'
import { oneOf, valueText } from './wording.ts'

interface Conditioned {
  readonly table: HyperparameterTable
  /** As it stands in the file. */
  readonly space: RawMap
  /** Those of its parameters that are well-formed. */
  readonly parsed: SearchSpace
  readonly fixed: RawMap
}

export const checkConditions = (study: Conditioned): readonly Problem[] => {
  const { parsed } = study
  const problems = Object.entries(parsed).flatMap(([name, parameter]) => [
    ...checkGiven(study, name, parameter),
    ...checkMeaning(study, name),
  ])
  const checked = conditionOrder(parsed)
  if ('order' in checked) return problems
  const [first = ''] = checked.cycle
  const words = () => [`conditions in a circle: ${[...checked.cycle, first].join(' -> ')}`, 'no circle'] as const
  return [...problems, { path: ['space', first, 'when'], at: 'value', words }]
}

/** The clauses that a person wrote. */
const checkGiven = (
  { table, space, parsed, fixed }: Conditioned,
  name: string,
  { when = {} }: Parameter,
): readonly Problem[] => {
  const intrinsic = conditionOf(table, name)
  return Object.entries(when).flatMap(([other, choices]) => {
    const path = ['space', name, 'when', other]
    if (Object.hasOwn(space, other) && !Object.hasOwn(parsed, other)) return []
    const possible =
      Object.hasOwn(space, other) || Object.hasOwn(fixed, other) ? possibleChoices(table, other, parsed, fixed) : null
    if (possible === null) {
      return [problem(path, 'key', 'a condition on it', 'the categorical hyperparameters of space and fixed')]
    }
    const known = Object.hasOwn(parsed, other) ? possible : tableChoices(table, other)
    const isKnown = new Set(known)
    const wrong = checkChoices(path, choices, intrinsic?.[other]?.filter((choice) => isKnown.has(choice)) ?? known)
    const isPossible = new Set(possible)
    const met = choices.some((choice) => isPossible.has(choice))
    return wrong.length > 0 || met
      ? wrong
      : [problem(path, 'value', `a condition that is never met, as ${other} is fixed`, oneOf(possible))]
  })
}

const checkChoices = (path: Path, choices: readonly string[], known: readonly string[]): readonly Problem[] => {
  const isKnown = new Set(known)
  const repeats = placesOfRepeats(choices)
  return choices.flatMap((choice, index): readonly Problem[] => {
    if (!isKnown.has(choice)) {
      return [{ path: [...path, index], at: 'value', words: () => [valueText(choice), oneOf(known)] }]
    }
    if (!repeats.has(index)) return []
    return [problem([...path, index], 'value', `${choice} for the second time`, 'each choice once')]
  })
}

/** A hyperparameter that has a meaning only with certain others. */
const checkMeaning = ({ table, space, parsed, fixed }: Conditioned, name: string): readonly Problem[] =>
  Object.entries(conditionOf(table, name) ?? {}).flatMap(([other, choices]) => {
    if (Object.hasOwn(space, other) && !Object.hasOwn(parsed, other)) return []
    const possible = new Set(possibleChoices(table, other, parsed, fixed))
    return choices.some((choice) => possible.has(choice))
      ? []
      : [problem(['space', name], 'key', 'what has no meaning here', `it where ${other} can be ${oneOf(choices)}`)]
  })

const tableChoices = (table: HyperparameterTable, name: string): readonly string[] => {
  const hyperparameter = lookUp(table, name)
  return hyperparameter?.kind === 'categorical' ? hyperparameter.choices : []
}
