/** What the table of hyperparameters refuses of a space and of fixed values that the schema accepts. */
import {
  type CategoricalParameter,
  type NumericParameter,
  type Parameter,
  parameterSchema,
} from '../space/parameter.ts'
import { holdsManyNumbers } from '../space/scale.ts'
import { checkConditions } from './checkConditions.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import {
  type CategoricalHyperparameter,
  type Hyperparameter,
  type HyperparameterTable,
  lookUp,
  type NumericHyperparameter,
} from './hyperparameter.ts'
import { placesOfRepeats, type RawMap } from './rawValues.ts'
import { unknownHyperparameter } from './unknownHyperparameter.ts'
import { oneOf, rangeText, valueText } from './wording.ts'

/**
 * Checks what can be checked of `space` and `fixed` as they stand in a file, well-formed or not.
 * @param table what the network has; null: nothing is known of it
 * @param logged the study holds the log of an experiment made elsewhere: its hyperparameters need not be ours
 */
export const checkSpace = (
  table: HyperparameterTable | null,
  space: RawMap,
  fixed: RawMap,
  logged = false,
): readonly Problem[] => {
  const parsed: Record<string, Parameter> = {}
  for (const [name, value] of Object.entries(space)) {
    const { data } = parameterSchema.safeParse(value)
    if (data) parsed[name] = data
  }
  if (logged) return Object.entries(parsed).flatMap(([name, parameter]) => checkLogged(['space', name], parameter))
  if (table === null) return []
  return [
    ...checkNames(table, 'space', space),
    ...checkNames(table, 'fixed', fixed),
    ...Object.keys(space)
      .filter((name) => Object.hasOwn(fixed, name))
      .map((name) => problem(['fixed', name], 'key', 'a hyperparameter that space searches', 'it in one of the two')),
    ...Object.entries(parsed).flatMap(([name, parameter]) => {
      const hyperparameter = lookUp(table, name)
      return hyperparameter === null ? [] : checkParameter(['space', name], parameter, hyperparameter)
    }),
    ...Object.entries(fixed).flatMap(([name, value]) => {
      const hyperparameter = lookUp(table, name)
      return hyperparameter === null ? [] : checkFixed(['fixed', name], value, hyperparameter)
    }),
    ...checkConditions({ table, space, parsed, fixed }),
  ]
}

const checkNames = (table: HyperparameterTable, section: 'space' | 'fixed', values: RawMap): readonly Problem[] =>
  Object.keys(values)
    .filter((name) => lookUp(table, name) === null)
    .map((name) => unknownHyperparameter(table, section, name))

const checkParameter = (path: Path, parameter: Parameter, hyperparameter: Hyperparameter): readonly Problem[] => {
  if (hyperparameter.kind === 'categorical') {
    return parameter.type === 'categorical'
      ? checkChoices(path, parameter, hyperparameter)
      : [problem([...path, 'type'], 'value', parameter.type, 'categorical')]
  }
  // Whole numbers only is a fair way to search a real hyperparameter; the reverse has no meaning.
  const allowed = hyperparameter.kind === 'real' ? ['real', 'integer'] : ['integer']
  return parameter.type === 'categorical' || !allowed.includes(parameter.type)
    ? [problem([...path, 'type'], 'value', parameter.type, oneOf(allowed))]
    : checkRange(path, parameter, hyperparameter)
}

const checkChoices = (
  path: Path,
  { choices }: CategoricalParameter,
  { choices: known }: CategoricalHyperparameter,
): readonly Problem[] => {
  const repeats = placesOfRepeats(choices)
  return choices.flatMap((choice, index) => {
    const here = [...path, 'choices', index]
    if (!known.includes(choice)) return [problem(here, 'value', valueText(choice), oneOf(known))]
    if (repeats.has(index)) return [problem(here, 'value', `${choice} for the second time`, 'each choice once')]
    return []
  })
}

const checkLogged = (path: Path, parameter: Parameter): readonly Problem[] =>
  parameter.type === 'categorical' ? [] : checkEnds(path, parameter)

const checkRange = (
  path: Path,
  parameter: NumericParameter,
  { kind, minimum, maximum }: NumericHyperparameter,
): readonly Problem[] => {
  const outside = (['low', 'high'] as const)
    .filter((end) => parameter[end] < minimum || parameter[end] > maximum)
    .map((end) => problem([...path, end], 'value', String(parameter[end]), rangeText(kind, minimum, maximum)))
  return [...outside, ...checkEnds(path, parameter)]
}

const checkEnds = (path: Path, parameter: NumericParameter): readonly Problem[] => {
  const { type, low, high } = parameter
  const above = (allowed: string): readonly Problem[] => [problem([...path, 'high'], 'value', String(high), allowed)]
  const empty =
    low >= high
      ? above(`a number above low, which is ${low}`)
      : type === 'real' && !holdsManyNumbers(low, high)
        ? above(`a number that is further from low, ${low}, than rounding`)
        : []
  const logarithmic = (['scale', 'sampler'] as const).filter((key) => parameter[key]?.includes('log') ?? false)
  const first = logarithmic[0]
  const unfit =
    low > 0 || first === undefined
      ? []
      : [problem([...path, 'low'], 'value', String(low), `a number above 0, as ${first} is ${parameter[first] ?? ''}`)]
  return [...empty, ...unfit]
}

const checkFixed = (path: Path, value: unknown, hyperparameter: Hyperparameter): readonly Problem[] => {
  if (typeof value !== 'number' && typeof value !== 'string') return []
  if (hyperparameter.kind === 'categorical') {
    const known = typeof value === 'string' && hyperparameter.choices.includes(value)
    return known ? [] : [problem(path, 'value', valueText(value), oneOf(hyperparameter.choices))]
  }
  const { kind, minimum, maximum } = hyperparameter
  const fits = typeof value === 'number' && value >= minimum && value <= maximum
  return fits && (kind === 'real' || Number.isInteger(value))
    ? []
    : [problem(path, 'value', valueText(value), rangeText(kind, minimum, maximum))]
}
