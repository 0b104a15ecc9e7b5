/** Configurations that stand for a space where its cost is estimated. */
import type { Configuration, Parameter } from '../space/parameter.ts'
import { sampleValue } from '../space/space.ts'
import type { StudyDefinition } from './definition.ts'

/** The irrational steps of a quasi-random lattice (Roberts 2018): powers of the inverse of the generalised golden ratio. */
const latticeSteps = (dimensions: number): number[] => {
  let ratio = 2
  for (let step = 0; step < 32; step++) ratio = (1 + ratio) ** (1 / (dimensions + 1))
  return Array.from({ length: dimensions }, (_, index) => (1 / ratio) ** (index + 1))
}

/** `count` configurations of a space, spread evenly by each parameter's own sampler; the same every time. */
export const spreadConfigurations = ({ space }: Pick<StudyDefinition, 'space'>, count: number): Configuration[] => {
  const parameters = Object.entries<Parameter>(space)
  const steps = latticeSteps(parameters.length)
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      parameters.map(([name, parameter], index) => [
        name,
        sampleValue(parameter, (0.5 + (row + 1) * (steps[index] ?? 0)) % 1),
      ]),
    ),
  )
}

/** The configuration with every parameter in the middle, by its own sampler. */
export const middleConfiguration = ({ space }: Pick<StudyDefinition, 'space'>): Configuration =>
  Object.fromEntries(Object.entries<Parameter>(space).map(([name, parameter]) => [name, sampleValue(parameter, 0.5)]))
