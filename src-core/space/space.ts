/** A search space as a whole: configurations, points of the unit cube, and the ways between them. */
import { conditionOrder, isMet } from './condition.ts'
import type { Configuration, Parameter, SearchSpace, UnitPoint } from './parameter.ts'
import { choiceFromUnit, numberFromUnit, scaleOf, scaleOfSampler, unitFromChoice, unitFromNumber } from './scale.ts'

/**
 * The native value at `probability` in [0, 1) of the parameter's own distribution: the inverse of its cumulative
 * distribution function, so that equidistributed probabilities give values as the sampler has them. Integers are the
 * nearest to a real sample of [low - 1/2, high + 1/2], choices have equal chances.
 */
export const sampleValue = (parameter: Parameter, probability: number): number | string =>
  parameter.type === 'categorical'
    ? choiceFromUnit(parameter, probability)
    : numberFromUnit(parameter, scaleOfSampler[parameter.sampler], probability)

/** The coordinate of a parameter that does not apply. */
const unused = 0.5

/** A point of the unit cube. @throws {Error} when a coordinate is not in [0, 1] */
export const unitPoint = (coordinates: readonly number[]): UnitPoint => {
  for (const coordinate of coordinates) {
    if (!(coordinate >= 0 && coordinate <= 1)) throw new Error(`${coordinate} is no coordinate of the unit cube`)
  }
  return coordinates as UnitPoint
}

/** The configuration at a point, each coordinate on its parameter's scale; without what does not apply there. */
export const configurationFromUnit = (space: SearchSpace, point: UnitPoint): Configuration =>
  configurationFrom(space, point, (parameter, unit) =>
    parameter.type === 'categorical'
      ? choiceFromUnit(parameter, unit)
      : numberFromUnit(parameter, scaleOf(parameter), unit),
  )

/** The configuration of these probabilities in [0, 1), each by its parameter's sampler; without what does not apply. */
export const sampleConfiguration = (space: SearchSpace, probabilities: readonly number[]): Configuration =>
  configurationFrom(space, probabilities, sampleValue)

/** The point of a configuration, each coordinate on its parameter's scale; 1/2 for what does not apply. */
export const unitFromConfiguration = (space: SearchSpace, configuration: Configuration): UnitPoint => {
  const applies = applicable(space, configuration)
  const coordinates = Object.entries(space).map(([name, parameter]) => {
    if (!applies.has(name)) return unused
    const value = configuration[name]
    if (parameter.type === 'categorical' && typeof value === 'string') return unitFromChoice(parameter, value)
    if (parameter.type !== 'categorical' && typeof value === 'number') {
      return unitFromNumber(parameter, scaleOf(parameter), value)
    }
    throw new Error(`${name} is ${value ?? 'nothing'}`)
  })
  return unitPoint(coordinates)
}

/** The names of the parameters that apply in a configuration, by its categorical values; in the order of the space. */
export const applicable = (space: SearchSpace, configuration: Configuration): ReadonlySet<string> => {
  const values: Record<string, number | string> = {}
  const applying = new Set<string>()
  for (const name of orderOf(space)) {
    if (!isMet(space[name]?.when ?? {}, values)) continue
    applying.add(name)
    const value = configuration[name]
    if (value !== undefined) values[name] = value
  }
  return new Set(Object.keys(space).filter((name) => applying.has(name)))
}

/** The names of the space, each behind those that its condition refers to. @throws {Error} on a circle of conditions */
export const orderOf = (space: SearchSpace): readonly string[] => {
  const checked = conditionOrder(space)
  if ('cycle' in checked) throw new Error(`conditions in a circle: ${checked.cycle.join(', ')}`)
  return checked.order
}

const configurationFrom = (
  space: SearchSpace,
  coordinates: readonly number[],
  valueAt: (parameter: Parameter, coordinate: number) => number | string,
): Configuration => {
  const parameters = Object.entries(space)
  if (coordinates.length !== parameters.length) {
    throw new Error(`${coordinates.length} coordinates for ${parameters.length} parameters`)
  }
  const all = Object.fromEntries(
    parameters.map(([name, parameter], index) => [name, valueAt(parameter, coordinates[index] ?? NaN)]),
  )
  const applies = applicable(space, all)
  return Object.fromEntries(Object.entries(all).filter(([name]) => applies.has(name)))
}
