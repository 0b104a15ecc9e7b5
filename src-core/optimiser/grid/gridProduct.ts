/**
 * The cross product of a grid's axes where parameters apply only for some choices of others: every configuration is in
 * it once, but those that cannot be. Points are numbered, so that none has to be held; the numbers are bigints, as a product
 * soon is larger than what a number holds exactly.
 */
import { isMet } from '../../space/condition.ts'
import { type Impossibility, whyImpossible } from '../../space/impossibility.ts'
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

/**
 * The grid that these settings lay over a space.
 * @param rules what cannot be; each is judged as soon as all that it depends on has a value
 * @throws {Error} when conditions go in a circle
 */
export const gridProduct = (
  space: SearchSpace,
  settings: GridSettings,
  rules: readonly Impossibility[] = [],
): GridProduct => {
  const axes = gridAxes(space, settings)
  const valuesOf = new Map(axes.map(({ name, values }) => [name, values]))
  const order = ruledFirst(space, rules)
  const judged = rules.map((rule) => ({ rule, at: 1 + Math.max(-1, ...rule.names.map((name) => order.indexOf(name))) }))
  /** [index]: those of the parameters before it that something from there on looks at. */
  const lookedAt = order.concat('').map((_, index) => {
    const names = new Set([
      ...judged.flatMap(({ rule, at }) => (at >= index ? rule.names : [])),
      ...order.slice(index).flatMap((name) => Object.keys(space[name]?.when ?? {})),
    ])
    return order.slice(0, index).filter((name) => names.has(name))
  })
  const known = new Map<string, bigint>()

  /**
   * Points of the parameters from `index` of the order on, given the values of those before.
   * @param all counts those that cannot be, too
   */
  const countFrom = (index: number, values: Configuration, all = false): bigint => {
    const key = JSON.stringify([index, all, ...(lookedAt[index] ?? []).map((name) => values[name] ?? null)])
    const count = known.get(key) ?? countAnew(index, values, all)
    known.set(key, count)
    return count
  }
  const countAnew = (index: number, values: Configuration, all: boolean): bigint => {
    const due = judged.filter(({ at }) => at === index).map(({ rule }) => rule)
    if (!all && whyImpossible(due, values) !== undefined) return 0n
    const name = order[index]
    if (name === undefined) return 1n
    const own = valuesOf.get(name) ?? []
    if (!isMet(space[name]?.when ?? {}, values)) return countFrom(index + 1, values, all)
    if (!decides(index)) return BigInt(own.length) * countFrom(index + 1, values, all)
    return own.reduce((sum, value) => sum + countFrom(index + 1, { ...values, [name]: value }, all), 0n)
  }
  /** Whether values of a parameter have different numbers of points below. */
  const decides = (index: number): boolean => lookedAt[index + 1]?.includes(order[index] ?? '') ?? false

  const total = countFrom(0, {})
  return {
    axes,
    total,
    impossible: countFrom(0, {}, true) - total,
    at(number) {
      if (number < 0n || number >= total) throw new Error(`no point ${number} of a grid of ${total}`)
      const values: Record<string, number | string> = {}
      let left = number
      for (const [index, name] of order.entries()) {
        if (!isMet(space[name]?.when ?? {}, values)) continue
        const own = valuesOf.get(name) ?? []
        const [first] = own
        if (first === undefined) throw new Error(`${name} has no value`)
        if (!decides(index)) {
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

/** The order of conditions, in which what a rule depends on comes as early as it can, rule by rule. */
const ruledFirst = (space: SearchSpace, rules: readonly Impossibility[]): readonly string[] => {
  const order = orderOf(space)
  const placed = new Set<string>()
  for (const { names } of rules) {
    const wanted = new Set(names)
    for (const name of [...order].reverse()) {
      if (wanted.has(name)) for (const other of Object.keys(space[name]?.when ?? {})) wanted.add(other)
    }
    for (const name of order) if (wanted.has(name)) placed.add(name)
  }
  return [...placed, ...order.filter((name) => !placed.has(name))]
}

const entryOf = (values: Configuration, name: string): [string, number | string][] => {
  const value = values[name]
  return value === undefined ? [] : [[name, value]]
}
