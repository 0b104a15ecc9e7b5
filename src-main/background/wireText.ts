/**
 * Messages as lines of JSON, which carries neither arrays of numbers nor numbers that are not finite: they are written as
 * objects with the one key below.
 */
const key = '$spiketune'

interface Wrapped {
  readonly [key]: string
  readonly base64?: string
}

const arrays = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array } as const
const isArrayName = (name: string): name is keyof typeof arrays => Object.hasOwn(arrays, name)

const numbers: Readonly<Record<string, number>> = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity }

/** @throws {TypeError} what is not data, such as a function within it, is left out; what goes round in circles is not written */
export const toLine = (message: unknown): string => `${JSON.stringify(message, wrap)}\n`

/** @throws {SyntaxError} no JSON, or an array that is none */
export const fromLine = (line: string): unknown => JSON.parse(line, unwrap)

const wrap = (_: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return { [key]: String(value) } satisfies Wrapped
  if (!ArrayBuffer.isView(value)) return value
  const name = value.constructor.name
  if (!isArrayName(name)) throw new TypeError(`A ${name} is not written as text.`)
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  return { [key]: name, base64 } satisfies Wrapped
}

const unwrap = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !(key in value)) return value
  const { [key]: name, base64 } = value as Partial<Record<string, unknown>>
  if (typeof name !== 'string') throw new SyntaxError('This is no number and no array.')
  if (Object.hasOwn(numbers, name)) return numbers[name]
  if (!isArrayName(name) || typeof base64 !== 'string') throw new SyntaxError(`"${name}" is no number and no array.`)
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  const make = arrays[name]
  if (bytes.length % make.BYTES_PER_ELEMENT !== 0) throw new SyntaxError(`These are not the bytes of a ${name}.`)
  return new make(bytes.buffer)
}
