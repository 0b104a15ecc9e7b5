/**
 * The cross product of a grid's axes where parameters apply only for some choices of others: every configuration is in
 * it once, but those that cannot be. Points are numbered, so that none has to be held; the numbers are bigints, as a product
 * soon is larger than what a number holds exactly.
 */
import { isMet } from '../../space/condition.ts'
import { type Impossibility, nothingImpossible } from '../../space/impossibility.ts'
import type { Configuration, SearchSpace } from '../../space/parameter.ts'
import { orderOf } from '../../space/space.ts'
import { gridAxes, type GridAxis, type GridSettings } from './gridAxes.ts'

export interface GridProduct {
  readonly axes: readonly GridAxis[]
  /** The number of different configurations that can be. */
  readonly total: bigint
  /** The number of those that cannot. */
  readonly impossible: bigint
  /** The configuration of a number. @throws {Error} when it is not from 0 to total - 1 */
  at(number: bigint): Configuration
}

/** The grid that these settings lay over a space. @throws {Error} when conditions go in a circle */
export const gridProduct = (
  space: SearchSpace,
  settings: GridSettings,
  impossibility: Impossibility = nothingImpossible,
): GridProduct => {
  const axes = gridAxes(space, settings)
  const valuesOf = new Map(axes.map(({ name, values }) => [name, values]))
  const order = judgedFirst(space, impossibility)
  /** Behind the last parameter that says whether a configuration can be. */
  const judgedAt = 1 + Math.max(-1, ...impossibility.names.map((name) => order.indexOf(name)))
  /** Whether something later looks at the parameter, so that its values have different numbers of points below. */
  const decides = order.map(
    (name, index) =>
      index < judgedAt || order.slice(index + 1).some((other) => Object.hasOwn(space[other]?.when ?? {}, name)),
  )
  const known = new Map<string, bigint>()

  /**
   * Points of the parameters from `index` of the order on, given the values of those before.
   * @param all counts those that cannot be, too
   */
  const countFrom = (index: number, values: Configuration, all = false): bigint => {
    if (all || judgedAt === 0) return countAll(index, values, all)
    const key = `${index} ${JSON.stringify(order.slice(0, judgedAt).map((name) => values[name] ?? null))}`
    const count = known.get(key) ?? countAll(index, values, all)
    if (index <= judgedAt) known.set(key, count)
    return count
  }
  const countAll = (index: number, values: Configuration, all: boolean): bigint => {
    if (index === judgedAt && !all && impossibility.why(values) !== undefined) return 0n
    const name = order[index]
    if (name === undefined) return 1n
    const own = valuesOf.get(name) ?? []
    if (!isMet(space[name]?.when ?? {}, values)) return countFrom(index + 1, values, all)
    if (!decides[index]) return BigInt(own.length) * countFrom(index + 1, values, all)
    return own.reduce((sum, value) => sum + countFrom(index + 1, { ...values, [name]: value }, all), 0n)
  }

  const total = countFrom(0, {})
  return {
    axes,
    total,
    impossible: judgedAt === 0 ? 0n : countFrom(0, {}, true) - total,
    at(number) {
      if (number < 0n || number >= total) throw new Error(`no point ${number} of a grid of ${total}`)
      const values: Record<string, number | string> = {}
      let left = number
      for (const [index, name] of order.entries()) {
        if (!isMet(space[name]?.when ?? {}, values)) continue
        const own = valuesOf.get(name) ?? []
        const [first] = own
        if (first === undefined) throw new Error(`${name} has no value`)
        if (!decides[index]) {
          const below = countFrom(index + 1, values)
          values[name] = own[Number(left / below)] ?? first
          left %= below
          continue
        }
        for (const value of own) {
          values[name] = value
          const below = countFrom(index + 1, values)
          if (left < below) break
          left -= below
        }
      }
      return Object.fromEntries(Object.keys(space).flatMap((name) => entryOf(values, name)))
    },
  }
}

/** The order of conditions, in which what says whether a configuration can be comes as early as it can. */
const judgedFirst = (space: SearchSpace, { names }: Impossibility): readonly string[] => {
  const order = orderOf(space)
  const wanted = new Set(names)
  for (const name of [...order].reverse()) {
    if (wanted.has(name)) for (const other of Object.keys(space[name]?.when ?? {})) wanted.add(other)
  }
  return [...order.filter((name) => wanted.has(name)), ...order.filter((name) => !wanted.has(name))]
}

const entryOf = (values: Configuration, name: string): [string, number | string][] => {
  const value = values[name]
  return value === undefined ? [] : [[name, value]]
}
