import { spreadOf } from '../statistics/spread.ts'
import type { Measurement } from './measurement.ts'

/** How sure the means of a trial's replicates are. */
interface StandardErrors {
  readonly objective: number
  /** In the order of the constraints. */
  readonly constraints: readonly number[]
}

/** Null: the trial is one training, of which nobody knows what another seed would have given. */
export const standardErrorsOf = ({ replicates }: Pick<Measurement, 'replicates'>): StandardErrors | null => {
  const [first] = replicates ?? []
  if (replicates === undefined || first === undefined || replicates.length < 2) return null
  const errorOf = (values: readonly number[]): number => spreadOf(values)?.standardError ?? NaN
  return {
    objective: errorOf(replicates.map(({ objective }) => objective)),
    constraints: first.constraints.map((_, place) =>
      errorOf(replicates.map(({ constraints }) => constraints[place]?.value ?? NaN)),
    ),
  }
}
