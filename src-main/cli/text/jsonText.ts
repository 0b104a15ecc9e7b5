import type { Terminal } from '../terminal.ts'

/** Characters written at once. */
const partLength = 65_536

/**
 * Prints an object as a line of JSON, a part at a time: long lists, and those that are made as they are read, are never held as
 * text, nor written faster than somebody takes them.
 */
export const printJson = async (terminal: Pick<Terminal, 'write' | 'print'>, value: object): Promise<void> => {
  let part = ''
  for (const piece of jsonPieces(value)) {
    part += piece
    if (part.length < partLength) continue
    await terminal.write(part)
    part = ''
  }
  terminal.print(part)
}

/** The JSON of a value, in which generators are lists. */
export const jsonPieces = function* (value: unknown): Generator<string, void> {
  if (typeof value !== 'object' || value === null) yield JSON.stringify(value)
  else if (Symbol.iterator in value) {
    let separator = '['
    for (const item of value as Iterable<unknown>) {
      yield separator + JSON.stringify(item)
      separator = ','
    }
    yield separator === '[' ? '[]' : ']'
  } else {
    let separator = '{'
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue
      yield `${separator}${JSON.stringify(name)}:`
      yield* jsonPieces(field)
      separator = ','
    }
    yield separator === '{' ? '{}' : '}'
  }
}
