import type { Configuration } from '../space/parameter.ts'
import type { StudyDefinition } from '../study/definition.ts'

export type Encoding = StudyDefinition['encoding']
export type EncodingType = Encoding['type']

interface Presentation {
  readonly steps: number
  /** Length of a step. */
  readonly dtMs: number
}

/** For how long a sample is shown. */
export const presentationOf = (encoding: Encoding): Presentation => ({
  steps: encoding.steps,
  dtMs: encoding.type === 'binning' ? (encoding.dtMs ?? encoding.windowMs / encoding.steps) : encoding.dtMs,
})

/** The encoding of one trial: with its own hyperparameter `steps`, where it has one. */
export const encodingOfTrial = (encoding: Encoding, { steps }: Configuration): Encoding =>
  typeof steps === 'number' ? { ...encoding, steps } : encoding
