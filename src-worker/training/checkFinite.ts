import type { Measurement } from '../../src-core/trial/measurement.ts'
import { NonFinite } from './failure.ts'

/**
 * A measurement with a number that is none can be neither ranked nor sent: the trial has failed, and its worker has not.
 * @throws {NonFinite} naming the first such number
 */
export const checkFinite = ({
  objective,
  metrics,
  constraints,
}: Pick<Measurement, 'objective' | 'metrics' | 'constraints'>): void => {
  const measured: readonly (readonly [string, number])[] = [
    ['objective', objective],
    ...Object.entries(metrics),
    ...constraints.map(({ name, value }) => [name, value] as const),
  ]
  for (const [name, value] of measured) {
    if (!Number.isFinite(value)) throw new NonFinite(`The measured value of ${name} is not a finite number (${value}).`)
  }
}
