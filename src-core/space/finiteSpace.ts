/** Counting and numbering the configurations of a space. */
import { isMet } from './condition.ts'
import type { Configuration, SearchSpace } from './parameter.ts'
import { orderOf } from './space.ts'

/** The number of different configurations; Infinity as soon as a real parameter applies in some of them. */
export const cardinality = (space: SearchSpace): number => countFrom(space, orderOf(space), {})

/**
 * The configuration of a number, from 0 to the cardinality - 1; every configuration has one.
 * @throws {Error} when the space is infinite, or the number is none of its numbers
 */
export const configurationAt = (space: SearchSpace, number: number): Configuration => {
  const order = orderOf(space)
  const count = countFrom(space, order, {})
  if (!Number.isSafeInteger(count) || !Number.isInteger(number) || number < 0 || number >= count) {
    throw new Error(`no configuration ${number} of ${count}`)
  }
  const values: Record<string, number | string> = {}
  let left = number
  for (const [index, name] of order.entries()) {
    const parameter = space[name]
    if (!parameter || !isMet(parameter.when ?? {}, values)) continue
    const rest = order.slice(index + 1)
    if (parameter.type === 'categorical') {
      for (const choice of parameter.choices) {
        values[name] = choice
        const inside = countFrom(space, rest, values)
        if (left < inside) break
        left -= inside
      }
    } else {
      const inside = countFrom(space, rest, values)
      values[name] = parameter.low + Math.floor(left / inside)
      left %= inside
    }
  }
  return Object.fromEntries(Object.keys(space).flatMap((name) => (name in values ? [[name, values[name] ?? '']] : [])))
}

/** Configurations of the remaining parameters, given the values of those before. */
const countFrom = (space: SearchSpace, order: readonly string[], values: Configuration): number => {
  const [name, ...rest] = order
  if (name === undefined) return 1
  const parameter = space[name]
  if (!parameter || !isMet(parameter.when ?? {}, values)) return countFrom(space, rest, values)
  if (parameter.type === 'real') return parameter.low < parameter.high ? Infinity : countFrom(space, rest, values)
  if (parameter.type === 'integer') return (parameter.high - parameter.low + 1) * countFrom(space, rest, values)
  const decides = rest.some((other) => Object.hasOwn(space[other]?.when ?? {}, name))
  if (!decides) return parameter.choices.length * countFrom(space, rest, values)
  return parameter.choices.reduce((sum, choice) => sum + countFrom(space, rest, { ...values, [name]: choice }), 0)
}
