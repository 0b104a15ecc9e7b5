import { z } from 'zod'
import { allowedText, type JsonSchema, keysOf, schemasAt } from './allowedValues.ts'
import { studyDefinitionSchema } from './definition.ts'
import { type Path, problem, type Problem } from './definitionError.ts'
import { valueText, probablyMeant } from './wording.ts'

/** What the schema of a definition refuses: unknown keys, missing values, values of a wrong type or out of bounds. */
export const checkStructure = (value: unknown): readonly Problem[] => {
  const issues = studyDefinitionSchema.safeParse(value).error?.issues
  if (!issues) return []
  const problems = issues.flatMap((issue) => problemsOf(value, issue, []))
  // One value may break several rules of the schema; its problem names them all.
  const unique = new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.at]), problem]))
  return [...unique.values()]
}

type Issue = z.core.$ZodIssue

let known: JsonSchema | null = null
/** The schema as JSON, from which the words are made. */
const definitionSchema = (): JsonSchema =>
  (known ??= z.toJSONSchema(studyDefinitionSchema, { io: 'input' }) as JsonSchema)

/** @param place of the value that the issue is about */
const problemsOf = (value: unknown, issue: Issue, place: Path): readonly Problem[] => {
  const path = [...place, ...(issue.path as Path)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(value, path, key))
    case 'invalid_union': {
      const meant = variantMeant(issue.errors)
      if (meant !== null) return meant.flatMap((inner) => problemsOf(value, inner, path))
      return [refusedValue(value, path)]
    }
    case 'invalid_key':
      return [problem(path, 'key', String(path.at(-1)), issue.issues[0]?.message ?? 'another key')]
    case 'custom':
      return [refusedValue(value, path, issue.message)]
    default:
      return [refusedValue(value, path)]
  }
}

/** The only variant whose type the value has, by what is wrong with it otherwise; null: none or several. */
const variantMeant = (variants: readonly (readonly Issue[])[]): readonly Issue[] | null => {
  const fitting = variants.filter((issues) => issues.every(({ code, path }) => path.length > 0 || code === 'custom'))
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

const refusedValue = (value: unknown, path: Path, allowed?: string): Problem => ({
  path,
  at: 'value',
  words: () => [valueText(valueAt(value, path)), allowed ?? allowedText(schemasAt(definitionSchema(), path, value))],
})

const unknownKey = (value: unknown, path: Path, key: string): Problem => ({
  path: [...path, key],
  at: 'key',
  words: () => {
    const keys = keysOf(schemasAt(definitionSchema(), path, value))
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
