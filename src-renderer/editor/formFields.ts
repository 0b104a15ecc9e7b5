/** The fields of a form, generated from the schema of a study: names, units, bounds and defaults come from there. */
import { z } from 'zod'
import { allowedText, type JsonSchema, schemasAt } from '../../src-core/study/allowedValues.ts'
import { studyDefinitionSchema } from '../../src-core/study/definition.ts'
import type { Path } from '../../src-core/study/definitionError.ts'

/** `order`: a list of some of the choices, in an order. */
type FieldKind = 'text' | 'number' | 'choice' | 'switch' | 'constant' | 'order'

export interface Field {
  readonly path: Path
  readonly label: string
  /** Null: a count, a share, a text. */
  readonly unit: string | null
  readonly description: string
  readonly kind: FieldKind
  /** Says which variant the group is: another has other fields. */
  readonly isVariant: boolean
  readonly choices: readonly string[]
  /** What holds when nothing is given; null: nothing does. */
  readonly default: string | null
  readonly required: boolean
  /** What to show in place of a value; the default where there is one. */
  readonly placeholder: string
  /** In words, such as `a whole number from 1 to 10`. */
  readonly allowed: string
}

type Schema = JsonSchema & { readonly default?: unknown; readonly required?: readonly string[] }

/** The schema of what a person writes. */
const definitionSchema = z.toJSONSchema(studyDefinitionSchema, { io: 'input' }) as Schema

/** Keys at a path of a definition in the order of the schema. */
export const schemaOrder = (path: Path): readonly string[] =>
  schemasAt(definitionSchema, path, undefined).flatMap(({ properties }) => Object.keys(properties ?? {}))

const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Hz$/, 'Hz'],
  [/Ms$/, 'ms'],
  [/Mv$/, 'mV'],
  [/Minutes$/, 'min'],
]
/** Where the words of the key alone would not do. */
const labels: Readonly<Record<string, string>> = {
  dtMs: 'Step length',
  steps: 'Steps per sample',
  interval: 'Look every',
  points: 'Values of each number',
  network: 'Network of every trial',
  optimiser: 'Optimiser',
  lateral: 'Lateral synapses',
  dropoutOf: 'Dropout takes',
  decayGradient: 'Gradient of decays',
  convolutionGradient: 'Gradient of convolutions',
}

/** What holds where the schema has no default: in words, beside what a person may type. */
const unset: Readonly<Record<string, string>> = {
  trainSamples: 'all',
  testSamples: 'all',
  trials: 'no limit',
  wallTimeMinutes: 'no limit',
  timeLimitMinutes: 'no limit',
  network: 'of each trial',
  clipNorm: 'no limit',
  description: 'in a sentence',
}

/** `maximumRateHz`: "Maximum rate". */
export const labelOf = (key: string): string => {
  const known = labels[key]
  if (known !== undefined) return known
  const bare = units.reduce((text, [ending]) => text.replace(ending, ''), key)
  const words = bare.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const unitOf = (key: string): string | null => units.find(([ending]) => ending.test(key))?.[1] ?? null

/** The field at a path; null: what is there has no form of its own, such as a list. */
const fieldAt = (schema: Schema, path: Path, key: string, required: boolean): Field | null => {
  const kind = kindOf(schema)
  if (kind === null) return null
  const initial = schema.default ?? undefined
  return {
    path: [...path, key],
    label: labelOf(key),
    unit: key === 'interval' ? 'samples' : unitOf(key),
    description: schema.description ?? '',
    kind,
    isVariant: false,
    choices: choicesOf(schema),
    default: initial === undefined ? null : String(initial as string | number | boolean),
    required,
    placeholder:
      initial === undefined
        ? required
          ? 'needed'
          : (unset[key] ?? 'default')
        : String(initial as string | number | boolean),
    allowed: allowedText([schema]),
  }
}

const choicesOf = ({ const: constant, enum: choices, anyOf, items }: Schema): readonly string[] =>
  constant === undefined ? (choices ?? anyOf?.[0]?.enum ?? items?.enum ?? []).map(String) : [String(constant)]

/**
 * What may be null too is a field of the other kind: nothing typed stands for null. What may be other text than its choices
 * is a choice of these; the YAML has the rest.
 */
const kindOf = ({ type, enum: choices, const: constant, anyOf, items }: Schema): FieldKind | null => {
  const [given, other] = anyOf ?? []
  if (given !== undefined && (other?.type === 'null' || given.enum !== undefined)) return kindOf(given)
  if (constant !== undefined) return 'constant'
  if (choices !== undefined) return 'choice'
  if (type === 'boolean') return 'switch'
  if (type === 'array' && items?.enum !== undefined) return 'order'
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'string' ? 'text' : null
}

/** The description of a field as a form says it: without the marks of code, and with the choices of a switch in its words. */
export const formWords = ({ description, kind }: Field): string => {
  const bare = description.replaceAll('`', '')
  return kind === 'switch' ? bare.replace(/^false:/, 'no:').replace(/^true:/, 'yes:') : bare
}

/** The fields of the group at `path`, of the variant that `value` is where the schema has several. */
export const fieldsAt = (path: Path, value: unknown, without: readonly string[] = []): readonly Field[] => {
  const [schema] = schemasAt(definitionSchema, path, value) as readonly Schema[]
  const required = schema?.required ?? []
  const variants = schemasAt(definitionSchema, path, undefined)
  return Object.entries(schema?.properties ?? {}).flatMap(([key, inner]) => {
    const field = without.includes(key) ? null : fieldAt(inner as Schema, path, key, required.includes(key))
    if (field === null) return []
    const named = variants.flatMap(({ properties }) => properties?.[key]?.const ?? [])
    if (field.kind !== 'constant' || named.length < 2) return [field]
    return [{ ...field, kind: 'choice', choices: named.map(String), isVariant: true }]
  })
}
