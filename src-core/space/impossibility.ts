import type { Configuration } from './parameter.ts'

/** What cannot be among the configurations of a space, though every parameter of it can: a rule of a kind of network. */
export interface Impossibility {
  /** The parameters that it depends on. */
  readonly names: readonly string[]
  /** The part of a definition that it is about, where none of them is searched. */
  readonly at?: readonly (string | number)[]
  /** Why a configuration cannot be, as a sentence that says what to change; undefined: it can, or what is given does not tell. */
  readonly why: (configuration: Configuration) => string | undefined
}

export interface Broken {
  readonly rule: Impossibility
  readonly reason: string
}

/** The first rule that a configuration breaks; null: it can be. */
export const brokenRule = (rules: readonly Impossibility[], configuration: Configuration): Broken | null => {
  for (const rule of rules) {
    const reason = rule.why(configuration)
    if (reason !== undefined) return { rule, reason }
  }
  return null
}

/** What the first rule says that a configuration breaks; undefined: it can be. */
export const whyImpossible = (rules: readonly Impossibility[], configuration: Configuration): string | undefined =>
  brokenRule(rules, configuration)?.reason
