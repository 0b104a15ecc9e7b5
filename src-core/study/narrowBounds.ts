/** A search space made narrower, to what a person brushed in a figure or named in the terminal: rules, without any storage. */
import type { CategoricalParameter, NumericParameter, Parameter, SearchSpace } from '../space/parameter.ts'
import { holdsManyNumbers, scaleOf, unitFromNumber } from '../space/scale.ts'

/** What is asked for, by hyperparameter: ends of numbers, both included, and choices of categories. */
export interface WantedBounds {
  readonly ranges: Readonly<Record<string, { readonly low: number; readonly high: number }>>
  readonly categories: Readonly<Record<string, readonly string[]>>
}

/** What becomes of a hyperparameter. */
export type NarrowedBounds =
  | { readonly kind: 'narrowed'; readonly name: string; readonly parameter: Parameter }
  /** One value is left: it is held at it. */
  | { readonly kind: 'held'; readonly name: string; readonly value: number }
  /** It applies nowhere in what is left. */
  | { readonly kind: 'left-out'; readonly name: string }

interface Narrowing {
  readonly bounds: readonly NarrowedBounds[]
  /** Why others stay as they are, a sentence each. */
  readonly refused: readonly string[]
}

/** How much wider than what was asked for a round end may make the range, as a share of it on the scale of its models. */
const roundingShare = 0.01
const mostDigits = 15

/** Bounds that are no narrower than before are none. */
export const narrowBounds = (space: SearchSpace, { ranges, categories }: WantedBounds): Narrowing => {
  const bounds = new Map<string, NarrowedBounds>()
  const refused: string[] = []
  for (const name of new Set([...Object.keys(ranges), ...Object.keys(categories)])) {
    const parameter = Object.hasOwn(space, name) ? space[name] : undefined
    const found = narrowedOne(name, parameter, ranges[name], categories[name])
    if (typeof found === 'string') refused.push(found)
    else if (found !== null) bounds.set(name, found)
  }
  for (const name of appliesNowhere(space, bounds)) bounds.set(name, { kind: 'left-out', name })
  return { bounds: Object.keys(space).flatMap((name) => bounds.get(name) ?? []), refused }
}

/** Null: all of it is asked for. A sentence: why it stays as it is. */
const narrowedOne = (
  name: string,
  parameter: Parameter | undefined,
  range: WantedBounds['ranges'][string] | undefined,
  choices: readonly string[] | undefined,
): NarrowedBounds | string | null => {
  if (parameter === undefined) return `${name} is not searched, so it has no bounds.`
  if (parameter.type === 'categorical') {
    return choices === undefined
      ? `${name} has choices, not numbers: ${parameter.choices.join(', ')}.`
      : narrowedChoices(name, parameter, choices)
  }
  return range === undefined
    ? `${name} has numbers, from ${parameter.low} to ${parameter.high}, not choices.`
    : narrowedRange(name, parameter, range)
}

const narrowedChoices = (
  name: string,
  parameter: CategoricalParameter,
  wanted: readonly string[],
): NarrowedBounds | string | null => {
  const choices = parameter.choices.filter((choice) => wanted.includes(choice))
  if (choices.length === 0) return `${name} would have no choice left; it has ${parameter.choices.join(', ')}.`
  if (choices.length === parameter.choices.length) return null
  return { kind: 'narrowed', name, parameter: { ...parameter, choices } }
}

const narrowedRange = (
  name: string,
  parameter: NumericParameter,
  wanted: WantedBounds['ranges'][string],
): NarrowedBounds | string | null => {
  const within = { low: Math.max(parameter.low, wanted.low), high: Math.min(parameter.high, wanted.high) }
  if (!(within.low <= within.high)) {
    return `${name} would have no value left: it lies from ${parameter.low} to ${parameter.high}.`
  }
  const { low, high } = parameter.type === 'integer' ? wholeWithin(within) : roundAround(parameter, within)
  if (low > high) return `${name} would have no whole number left.`
  if (low === parameter.low && high === parameter.high) return null
  const isOne = parameter.type === 'integer' ? low === high : !holdsManyNumbers(low, high)
  if (!isOne) return { kind: 'narrowed', name, parameter: { ...parameter, low, high } }
  // Held, it would have its value where it does not apply too.
  if (parameter.when !== undefined) return `${name} applies to some trials only, and needs two values at least.`
  return { kind: 'held', name, value: low }
}

const wholeWithin = ({ low, high }: { readonly low: number; readonly high: number }) => ({
  low: Math.ceil(low) + 0,
  high: Math.floor(high) + 0,
})

/** Ends with as few digits as can be, around what is asked for, within the bounds that there were. */
const roundAround = (
  parameter: NumericParameter,
  { low, high }: { readonly low: number; readonly high: number },
): { readonly low: number; readonly high: number } => {
  const unitOf = (value: number): number => unitFromNumber(parameter, scaleOf(parameter), value)
  const slack = roundingShare * (unitOf(high) - unitOf(low))
  const round = (value: number, direction: -1 | 1): number => {
    for (let digits = 1; digits <= mostDigits; digits++) {
      const rounded = outward(value, digits, direction)
      const kept = Math.min(parameter.high, Math.max(parameter.low, rounded))
      if (Math.abs(unitOf(kept) - unitOf(value)) <= slack) return kept
    }
    return value
  }
  return { low: round(low, -1), high: round(high, 1) }
}

/** The next number of so many digits, below or above. */
const outward = (value: number, digits: number, direction: -1 | 1): number => {
  const nearest = Number(value.toPrecision(digits))
  if (value === 0 || (nearest - value) * direction >= 0) return nearest
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1)
  return Number((nearest + direction * step).toPrecision(mostDigits))
}

/** Hyperparameters whose condition no choice that is left meets, and those that depend on these. */
const appliesNowhere = (space: SearchSpace, bounds: ReadonlyMap<string, NarrowedBounds>): ReadonlySet<string> => {
  const gone = new Set<string>()
  const isLeft = (other: string, choice: string): boolean => {
    const found = bounds.get(other)
    const parameter = found?.kind === 'narrowed' ? found.parameter : space[other]
    return !gone.has(other) && parameter?.type === 'categorical' && parameter.choices.includes(choice)
  }
  for (let before = -1; before < gone.size;) {
    before = gone.size
    for (const [name, { when = {} }] of Object.entries(space)) {
      const isNever = Object.entries(when).some(([other, choices]) => !choices.some((choice) => isLeft(other, choice)))
      if (isNever) gone.add(name)
    }
  }
  return gone
}
