import type { Configuration } from './parameter.ts'

/** What cannot be among the configurations of a space, though every parameter of it can: a rule of a kind of network. */
export interface Impossibility {
  /** The parameters that it depends on. */
  readonly names: readonly string[]
  /** Why a configuration cannot be, as a sentence that says what to change; undefined: it can, or what is given does not tell. */
  readonly why: (configuration: Configuration) => string | undefined
}

/** What the first rule says that a configuration breaks; undefined: it can be. */
export const whyImpossible = (rules: readonly Impossibility[], configuration: Configuration): string | undefined => {
  for (const { why } of rules) {
    const reason = why(configuration)
    if (reason !== undefined) return reason
  }
  return undefined
}
