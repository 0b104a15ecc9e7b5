/** What the schema cannot say about a grid: whether what it says of single hyperparameters fits the space. */
import { type Parameter, parameterSchema } from '../space/parameter.ts'
import { isAllowed } from '../space/validateConfiguration.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import { isMap, mapAt, placesOfRepeats } from './rawValues.ts'
import { oneOf, rangeText, valueText } from './wording.ts'

/** Checks what can be checked of `optimiser.parameters` of a grid as it stands in a file, well-formed or not. */
export const checkGrid = (value: unknown): readonly Problem[] => {
  const optimiser = mapAt(value, 'optimiser')
  if (optimiser.type !== 'grid') return []
  const space = mapAt(value, 'space')
  return Object.entries(mapAt(optimiser, 'parameters')).flatMap(([name, axis]): readonly Problem[] => {
    const path = ['optimiser', 'parameters', name]
    if (!Object.hasOwn(space, name)) {
      return [{ path, at: 'key', words: () => ['no hyperparameter of the space', oneOf(Object.keys(space))] }]
    }
    const { data: parameter } = parameterSchema.safeParse(space[name])
    return isMap(axis) && parameter !== undefined ? checkAxis(path, axis, parameter) : []
  })
}

const checkAxis = (path: Path, { points, values }: Readonly<Record<string, unknown>>, parameter: Parameter) => {
  if ((points === undefined) === (values === undefined)) {
    return [problem(path, 'value', points === undefined ? 'neither' : 'both', 'points or values')]
  }
  if (points !== undefined && parameter.type === 'categorical') {
    return [problem([...path, 'points'], 'key', 'a number of choices', 'values: some of the choices')]
  }
  if (!Array.isArray(values)) return []
  const repeats = placesOfRepeats(values)
  const choices = parameter.type === 'categorical' ? new Set<unknown>(parameter.choices) : null
  const fits = (one: unknown): boolean => choices?.has(one) ?? isAllowed(parameter, one)
  return values.flatMap((one: unknown, index): readonly Problem[] => {
    const here = [...path, 'values', index]
    if (!fits(one)) return [{ path: here, at: 'value', words: () => [valueText(one), allowedText(parameter)] }]
    return repeats.has(index)
      ? [problem(here, 'value', `${valueText(one)} for the second time`, 'each value once')]
      : []
  })
}

const allowedText = (parameter: Parameter): string =>
  parameter.type === 'categorical' ? oneOf(parameter.choices) : rangeText(parameter.type, parameter.low, parameter.high)
