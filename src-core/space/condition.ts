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
export const conditionOrder = (
  space: SearchSpace,
): { readonly order: readonly string[] } | { readonly cycle: readonly string[] } => {
  const order = new Set<string>()
  for (const name of Object.keys(space)) {
    // Not by recursion: conditions refer to each other as far as a person writes them.
    const path: { readonly name: string; readonly rest: string[] }[] = []
    const onPath = new Set<string>()
    const enter = (entered: string): void => {
      const referred = Object.keys(space[entered]?.when ?? {}).filter((other) => Object.hasOwn(space, other))
      path.push({ name: entered, rest: referred.reverse() })
      onPath.add(entered)
    }
    if (!order.has(name)) enter(name)
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const other = last.rest.pop()
      if (other === undefined) {
        path.pop()
        onPath.delete(last.name)
        order.add(last.name)
      } else if (onPath.has(other)) {
        const names = path.map((one) => one.name)
        return { cycle: names.slice(names.indexOf(other)) }
      } else if (!order.has(other)) enter(other)
    }
  }
  return { order: [...order] }
}
