/** A definition as it stands in a file, before anything is known about it. */
export type RawMap = Readonly<Record<string, unknown>>

export const isMap = (value: unknown): value is RawMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The map under a key; empty when there is none, which the schema has its say about. */
export const mapAt = (value: unknown, key: string): RawMap => {
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isMap(inner) ? inner : {}
}

/** The places in a list at which something stands for the second time. */
export const placesOfRepeats = (list: readonly unknown[]): ReadonlySet<number> => {
  const seen = new Set<unknown>()
  return new Set(
    list.flatMap((one, place) => {
      if (seen.has(one)) return [place]
      seen.add(one)
      return []
    }),
  )
}
