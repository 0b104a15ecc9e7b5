/**
 * The cross product of a grid's axes where parameters apply only for some choices of others: every configuration is in
 * it once. Points are numbered, so that none has to be held; the numbers are bigints, as a product soon is larger than
 * what a number holds exactly.
 */
import { isMet } from '../../space/condition.ts'
import type { Configuration, SearchSpace } from '../../space/parameter.ts'
import { orderOf } from '../../space/space.ts'
import { gridAxes, type GridAxis, type GridSettings } from './gridAxes.ts'

export interface GridProduct {
  readonly axes: readonly GridAxis[]
  /** The number of different configurations. */
  readonly total: bigint
  /** The configuration of a number. @throws {Error} when it is not from 0 to total - 1 */
  at(number: bigint): Configuration
}

/** The grid that these settings lay over a space. @throws {Error} when conditions go in a circle */
export const gridProduct = (space: SearchSpace, settings: GridSettings): GridProduct => {
  const axes = gridAxes(space, settings)
  const valuesOf = new Map(axes.map(({ name, values }) => [name, values]))
  const order = orderOf(space)
  /** Whether a later condition looks at the parameter, so that its values have different numbers of points below. */
  const decides = order.map((name, index) =>
    order.slice(index + 1).some((other) => Object.hasOwn(space[other]?.when ?? {}, name)),
  )

  /** Points of the parameters from `index` of the order on, given the values of those before. */
  const countFrom = (index: number, values: Configuration): bigint => {
    const name = order[index]
    if (name === undefined) return 1n
    const own = valuesOf.get(name) ?? []
    if (!isMet(space[name]?.when ?? {}, values)) return countFrom(index + 1, values)
    if (!decides[index]) return BigInt(own.length) * countFrom(index + 1, values)
    return own.reduce((sum, value) => sum + countFrom(index + 1, { ...values, [name]: value }), 0n)
  }

  const total = countFrom(0, {})
  return {
    axes,
    total,
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

const entryOf = (values: Configuration, name: string): [string, number | string][] => {
  const value = values[name]
  return value === undefined ? [] : [[name, value]]
}
