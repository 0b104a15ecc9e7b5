import type { Configuration } from './parameter.ts'

/** What cannot be among the configurations of a space, though every parameter of it can: a property of a kind of network. */
export interface Impossibility {
  /** The parameters of the space that it depends on. */
  readonly names: readonly string[]
  /** Why a configuration cannot be, as a sentence that says what to change; undefined: it can. */
  readonly why: (configuration: Configuration) => string | undefined
}

/** Of a space without such configurations. */
export const nothingImpossible: Impossibility = Object.freeze({ names: [], why: () => undefined })
