/** A definition taken apart into single values, to find in what two of them differ. */
import { isMap } from './rawValues.ts'

/** Values by their paths, as text: "optimiser.type" to "scbo". Lists of plain values are one value. */
export const definitionLeaves = (value: unknown, path = ''): Map<string, string> => {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && !value.some(isMap))) {
    return value === undefined
      ? new Map()
      : new Map([[path, typeof value === 'string' ? value : JSON.stringify(value)]])
  }
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...definitionLeaves(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    ]),
  )
}
