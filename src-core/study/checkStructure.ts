import { z } from 'zod'
import { allowedText, type JsonSchema, keysOf, schemasAt } from './allowedValues.ts'
import { studyDefinitionSchema } from './definition.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import { valueText, probablyMeant } from './wording.ts'

type Issue = z.core.$ZodIssue

/** A value, and the schema that refuses it as JSON, from which the words are made. */
interface Checked {
  readonly value: unknown
  readonly json: () => JsonSchema
}

/** A check of what a schema refuses: unknown keys, missing values, values of a wrong type or out of bounds. */
export const structureCheck = (schema: z.ZodType): ((value: unknown) => readonly Problem[]) => {
  let known: JsonSchema | null = null
  const json = (): JsonSchema => (known ??= z.toJSONSchema(schema, { io: 'input' }) as JsonSchema)
  return (value) => {
    const issues = schema.safeParse(value).error?.issues
    if (!issues) return []
    const problems = issues.flatMap((issue) => problemsOf({ value, json }, issue, []))
    // One value may break several rules of the schema; its problem names them all.
    const unique = new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.at]), problem]))
    return [...unique.values()]
  }
}

/** What the schema of a definition refuses. */
export const checkStructure = structureCheck(studyDefinitionSchema)

/** @param place of the value that the issue is about */
const problemsOf = (checked: Checked, issue: Issue, place: Path): readonly Problem[] => {
  const path = [...place, ...(issue.path as Path)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(checked, path, key))
    case 'invalid_union': {
      const meant = variantMeant(issue.errors)
      if (meant !== null) return meant.flatMap((inner) => problemsOf(checked, inner, path))
      return [refusedValue(checked, path)]
    }
    case 'invalid_key':
      return [problem(path, 'key', String(path.at(-1)), issue.issues[0]?.message ?? 'another key')]
    case 'custom':
      return [refusedValue(checked, path, issue.message)]
    default:
      return [refusedValue(checked, path)]
  }
}

/** The only variant whose type the value has, by what is wrong with it otherwise; null: none or several. */
const variantMeant = (variants: readonly (readonly Issue[])[]): readonly Issue[] | null => {
  const fitting = variants.filter((issues) => issues.every(({ code, path }) => path.length > 0 || code === 'custom'))
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

const refusedValue = ({ value, json }: Checked, path: Path, allowed?: string): Problem => ({
  path,
  at: 'value',
  words: () => [valueText(valueAt(value, path)), allowed ?? allowedText(schemasAt(json(), path, value))],
})

const unknownKey = ({ value, json }: Checked, path: Path, key: string): Problem => ({
  path: [...path, key],
  at: 'key',
  words: () => {
    const keys = keysOf(schemasAt(json(), path, value))
    const meant = probablyMeant(key, keys)
    return ['an unknown key', `${keys.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`]
  },
})

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (here, part) =>
      typeof here === 'object' && here !== null
        ? (here as Readonly<Record<string | number, unknown>>)[part]
        : undefined,
    value,
  )
