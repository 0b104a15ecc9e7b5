/** Conditions: a parameter applies only where categorical parameters that apply themselves have certain choices. */
import type { Condition, Configuration, SearchSpace } from './parameter.ts'

/** Whether `values` meets every clause; a parameter without a value meets none. */
export const isMet = (condition: Condition, values: Configuration): boolean =>
  Object.entries(condition).every(([name, choices]) => {
    const value = values[name]
    return typeof value === 'string' && choices.includes(value)
  })

/**
 * The names of the space so ordered that each follows those that its condition refers to; otherwise as in the space.
 * Names outside of the space are ignored.
 * @returns the order, or the names of a circle of conditions, each referring to the next and the last to the first
 */
export function conditionOrder(
  space: SearchSpace,
): { readonly order: readonly string[] } | { readonly cycle: readonly string[] } {
  const order = new Set<string>()
  const path: string[] = []
  const visit = (name: string): readonly string[] | null => {
    if (order.has(name)) return null
    const start = path.indexOf(name)
    if (start >= 0) return path.slice(start)
    path.push(name)
    for (const other of Object.keys(space[name]?.when ?? {})) {
      const cycle = Object.hasOwn(space, other) ? visit(other) : null
      if (cycle) return cycle
    }
    path.pop()
    order.add(name)
    return null
  }
  for (const name of Object.keys(space)) {
    const cycle = visit(name)
    if (cycle) return { cycle }
  }
  return { order: [...order] }
}
