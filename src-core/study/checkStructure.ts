import { z } from 'zod'
import { allowedText, keysOf, schemasAt } from './allowedValues.ts'
import type { JsonSchema } from './allowedValues.ts'
import { studyDefinitionSchema } from './definition.ts'
import type { Path, Problem } from './definitionError.ts'
import { valueText, probablyMeant } from './wording.ts'

/** What the schema of a definition refuses: unknown keys, missing values, values of a wrong type or out of bounds. */
export function checkStructure(value: unknown): readonly Problem[] {
  const issues = studyDefinitionSchema.safeParse(value).error?.issues
  if (!issues) return []
  const schema = z.toJSONSchema(studyDefinitionSchema, { io: 'input' }) as JsonSchema
  const problems = issues.flatMap((issue) => {
    const path = issue.path as Path
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(schema, value, path, key))
      : [refusedValue(schema, value, path)]
  })
  // One value may break several rules of the schema; its problem names them all.
  const unique = new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.at]), problem]))
  return [...unique.values()]
}

function refusedValue(schema: JsonSchema, value: unknown, path: Path): Problem {
  return {
    path,
    at: 'value',
    found: valueText(valueAt(value, path)),
    allowed: allowedText(schemasAt(schema, path, value)),
  }
}

function unknownKey(schema: JsonSchema, value: unknown, path: Path, key: string): Problem {
  const keys = keysOf(schemasAt(schema, path, value))
  const meant = probablyMeant(key, keys)
  return {
    path: [...path, key],
    at: 'key',
    found: 'an unknown key',
    allowed: `${keys.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`,
  }
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (here, part) =>
      typeof here === 'object' && here !== null
        ? (here as Readonly<Record<string | number, unknown>>)[part]
        : undefined,
    value,
  )
