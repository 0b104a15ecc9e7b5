/** What is wrong with the conditions of a space: what they refer to, and whether they can be met at all. */
import { conditionOrder } from '../space/condition.ts'
import type { Parameter, SearchSpace } from '../space/parameter.ts'
import { problem } from './definitionError.ts'
import type { Path, Problem } from './definitionError.ts'
import { conditionOf, possibleChoices } from './conditions.ts'
import { lookUp } from './hyperparameter.ts'
import type { HyperparameterTable } from './hyperparameter.ts'
import type { RawMap } from './rawValues.ts'
import { oneOf, valueText } from './wording.ts'

/** `space` as it stands in the file; `parsed` those of its parameters that are well-formed. */
export function checkConditions(
  table: HyperparameterTable,
  space: RawMap,
  parsed: SearchSpace,
  fixed: RawMap,
): readonly Problem[] {
  const problems = Object.entries(parsed).flatMap(([name, parameter]) => [
    ...checkGiven(table, name, parameter, space, parsed, fixed),
    ...checkMeaning(table, name, space, parsed, fixed),
  ])
  const checked = conditionOrder(parsed)
  if ('order' in checked) return problems
  const [first = ''] = checked.cycle
  const circle = [...checked.cycle, first].join(' -> ')
  return [...problems, problem(['space', first, 'when'], 'value', `conditions in a circle: ${circle}`, 'no circle')]
}

/** The clauses that a person wrote. */
function checkGiven(
  table: HyperparameterTable,
  name: string,
  { when = {} }: Parameter,
  space: RawMap,
  parsed: SearchSpace,
  fixed: RawMap,
): readonly Problem[] {
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
    const wrong = checkChoices(path, choices, intrinsic?.[other]?.filter((choice) => known.includes(choice)) ?? known)
    const met = choices.some((choice) => possible.includes(choice))
    return wrong.length > 0 || met
      ? wrong
      : [problem(path, 'value', `a condition that is never met, as ${other} is fixed`, oneOf(possible))]
  })
}

function checkChoices(path: Path, choices: readonly string[], known: readonly string[]): readonly Problem[] {
  return choices.flatMap((choice, index) => {
    if (!known.includes(choice)) return [problem([...path, index], 'value', valueText(choice), oneOf(known))]
    if (choices.indexOf(choice) === index) return []
    return [problem([...path, index], 'value', `${choice} for the second time`, 'each choice once')]
  })
}

/** A hyperparameter that has a meaning only with certain others. */
function checkMeaning(
  table: HyperparameterTable,
  name: string,
  space: RawMap,
  parsed: SearchSpace,
  fixed: RawMap,
): readonly Problem[] {
  return Object.entries(conditionOf(table, name) ?? {}).flatMap(([other, choices]) => {
    if (Object.hasOwn(space, other) && !Object.hasOwn(parsed, other)) return []
    const possible = possibleChoices(table, other, parsed, fixed) ?? []
    return choices.some((choice) => possible.includes(choice))
      ? []
      : [problem(['space', name], 'key', 'what has no meaning here', `it where ${other} can be ${oneOf(choices)}`)]
  })
}

function tableChoices(table: HyperparameterTable, name: string): readonly string[] {
  const hyperparameter = lookUp(table, name)
  return hyperparameter?.kind === 'categorical' ? hyperparameter.choices : []
}
