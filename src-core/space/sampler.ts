import type { Parameter } from './parameter.ts'
import { choiceFromUnit, numberFromUnit, scaleOfSampler } from './scale.ts'

/**
 * The native value at `probability` in [0, 1) of the parameter's own distribution: the inverse of its cumulative
 * distribution function, so that equidistributed probabilities give values as the sampler has them. Integers are the
 * nearest to a real sample of [low - 1/2, high + 1/2], choices have equal chances.
 */
export const sampleValue = (parameter: Parameter, probability: number): number | string =>
  parameter.type === 'categorical'
    ? choiceFromUnit(parameter, probability)
    : numberFromUnit(parameter, scaleOfSampler[parameter.sampler], probability)
