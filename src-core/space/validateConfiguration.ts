import type { Configuration, Parameter, SearchSpace } from './parameter.ts'
import { applicable } from './space.ts'

/** What is wrong with one value of a configuration. */
export interface ConfigurationProblem {
  readonly name: string
  readonly found: string
  readonly allowed: string
}

/** Checks a configuration that a person entered or edited: a value for each parameter that applies, and no others. */
export const validateConfiguration = (
  space: SearchSpace,
  configuration: Configuration,
): readonly ConfigurationProblem[] => {
  const applies = applicable(space, configuration)
  const superfluous = Object.keys(configuration)
    .filter((name) => !applies.has(name))
    .map((name) => ({
      name,
      found: String(configuration[name]),
      allowed: Object.hasOwn(space, name) ? 'nothing, as it does not apply here' : Object.keys(space).join(', '),
    }))
  const wrong = [...applies].flatMap((name) => {
    const parameter = space[name]
    const value = Object.hasOwn(configuration, name) ? configuration[name] : undefined
    if (!parameter || isAllowed(parameter, value)) return []
    return [{ name, found: value === undefined ? 'nothing' : String(value), allowed: allowedText(parameter) }]
  })
  return [...superfluous, ...wrong]
}

/** Whether a value is one of the parameter's. */
export const isAllowed = (parameter: Parameter, value: unknown): boolean => {
  if (parameter.type === 'categorical') return typeof value === 'string' && parameter.choices.includes(value)
  if (typeof value !== 'number' || !(value >= parameter.low && value <= parameter.high)) return false
  return parameter.type === 'real' || Number.isInteger(value)
}

const allowedText = (parameter: Parameter): string => {
  if (parameter.type === 'categorical') return parameter.choices.join(', ')
  const kind = parameter.type === 'integer' ? 'a whole number' : 'a number'
  return `${kind} from ${parameter.low} to ${parameter.high}`
}
