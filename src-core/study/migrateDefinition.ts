import { DEFINITION_VERSION } from './definition.ts'

type Fields = Readonly<Record<string, unknown>>
/** Rewrites a definition of one version as the same study in the next. */
export type Migration = (definition: Fields) => Fields

/** By the version that each migration starts from. Version 1 is the first. */
const published: Readonly<Record<number, Migration>> = {}

/** The definition in the newest version; null when its version is newer than this application. */
export function migrateDefinition(
  value: unknown,
  migrations: Readonly<Record<number, Migration>> = published,
  newest: number = DEFINITION_VERSION,
): { readonly value: unknown } | null {
  let current = value
  for (;;) {
    const version = versionOf(current)
    if (version === null || version === newest) return { value: current }
    if (version > newest) return null
    const migration = migrations[version]
    if (!migration) return { value: current }
    current = { ...migration(current as Fields), version: version + 1 }
  }
}

function versionOf(value: unknown): number | null {
  const version = typeof value === 'object' && value !== null ? (value as Fields).version : null
  return typeof version === 'number' && Number.isInteger(version) ? version : null
}
