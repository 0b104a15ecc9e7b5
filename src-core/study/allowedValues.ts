/** What a JSON schema allows at a path, in words. */
import { oneOf } from './wording.ts'
import type { Path } from './definitionError.ts'

/** The part of JSON schema that zod writes. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly description?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
}

/** The schemas that may hold at `path` of `value`: several where the value does not say which variant it is. */
export const schemasAt = (schema: JsonSchema, path: Path, value: unknown): readonly JsonSchema[] => {
  let found = variantsFor(schema, value)
  let here = value
  for (const part of path) {
    here = typeof here === 'object' && here !== null ? (here as Record<string | number, unknown>)[part] : undefined
    found = found.flatMap((one) => {
      const inner = typeof part === 'number' ? one.items : (one.properties?.[part] ?? one.additionalProperties)
      return typeof inner === 'object' ? variantsFor(inner, here) : []
    })
  }
  return found
}

const variantsFor = (schema: JsonSchema, value: unknown): readonly JsonSchema[] => {
  const variants = schema.oneOf ?? schema.anyOf
  if (!variants) return [schema]
  const map = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  const isNamed = ({ properties = {} }: JsonSchema): boolean =>
    Object.entries(properties).some(
      ([key, inner]) =>
        inner.const !== undefined && (map[key] === undefined ? inner.default !== undefined : inner.const === map[key]),
    )
  const named = value === undefined ? [] : variants.filter(isNamed)
  return named.length > 0 ? named : variants
}

/** The keys of a map. */
export const keysOf = (schemas: readonly JsonSchema[]): readonly string[] => [
  ...new Set(schemas.flatMap(({ properties }) => Object.keys(properties ?? {}))),
]

export const allowedText = (schemas: readonly JsonSchema[]): string => oneOf([...new Set(schemas.flatMap(choicesOf))])

const choicesOf = (schema: JsonSchema): readonly string[] => {
  if (schema.oneOf || schema.anyOf) return [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(choicesOf)
  if (schema.const !== undefined) return [String(schema.const)]
  if (schema.enum) return schema.enum.map(String)
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  return types.map((type) => typeText(type, schema))
}

const typeText = (type: string, schema: JsonSchema): string => {
  switch (type) {
    case 'integer':
      return `a whole number${boundsText(schema)}`
    case 'number':
      return `a number${boundsText(schema)}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return schema.pattern !== undefined && schema.description !== undefined ? `text (${schema.description})` : 'text'
    case 'array':
      return (schema.minItems ?? 0) > 0 ? 'a list with something in it' : 'a list'
    case 'object': {
      const keys = Object.keys(schema.properties ?? {})
      return keys.length > 0 ? `a map of ${keys.join(', ')}` : 'a map'
    }
    default:
      return type
  }
}

/** The largest whole number that is exact: a bound of the computer's, of no interest to a person. */
const largest = Number.MAX_SAFE_INTEGER

const boundsText = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string => {
  const from = minimum !== undefined && minimum > -largest ? minimum : undefined
  const to = maximum !== undefined && maximum < largest ? maximum : undefined
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`
  const lower =
    exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : from !== undefined ? ` from ${from}` : ''
  const upper = exclusiveMaximum !== undefined ? ` below ${exclusiveMaximum}` : to !== undefined ? ` at most ${to}` : ''
  return lower !== '' && upper !== '' ? `${lower} and${upper}` : lower + upper
}
