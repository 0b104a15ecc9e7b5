/** The goals of evolution as a form has them: those that hold in their order, then the rest. */
import type { YamlValue } from '../../src-core/study/editYaml.ts'
import { mapAt } from '../../src-core/study/rawValues.ts'
import type { Field } from './formFields.ts'
import { moved } from './networkKinds.ts'

/** The goals that hold: as they stand in the text, right or wrong, or those where it says nothing. */
export const goalsIn = (value: unknown, field: Pick<Field, 'default'>): readonly string[] => {
  const { goals } = mapAt(value, 'training')
  if (goals === undefined) return defaultsOf(field)
  return Array.isArray(goals) ? (goals as readonly unknown[]).map(String) : []
}

/** In the form a list is written as its parts and commas. */
const defaultsOf = ({ default: text }: Pick<Field, 'default'>): readonly string[] =>
  text?.split(',').filter(Boolean) ?? []

/** Goals that do not hold yet. */
export const goalsLeft = (held: readonly string[], { choices }: Pick<Field, 'choices'>): readonly string[] =>
  choices.filter((choice) => !held.includes(choice))

/** What a goal is in the form: "fewer synapses". */
export const goalWords = (goal: string): string => (goal === 'margin' ? 'larger margin' : `fewer ${goal}`)

type GoalChange =
  | { readonly kind: 'add'; readonly goal: string }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'move'; readonly at: number; readonly by: 1 | -1 }

/** The value of `goals` after a change; undefined takes the key out, as nothing then says the same. */
export const changedGoals = (
  held: readonly string[],
  change: GoalChange,
  field: Pick<Field, 'default'>,
): YamlValue | undefined => {
  const next = goalsAfter(held, change)
  return next.join() === defaultsOf(field).join() ? undefined : next
}

const goalsAfter = (held: readonly string[], change: GoalChange): readonly string[] => {
  switch (change.kind) {
    case 'add':
      return [...held, change.goal]
    case 'remove':
      return held.filter((_, place) => place !== change.at)
    case 'move':
      return moved(held, change.at, change.by)
  }
}
