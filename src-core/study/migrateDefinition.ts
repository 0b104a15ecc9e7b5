import { DEFINITION_VERSION } from './definition.ts'
import { isMap } from './rawValues.ts'

type Fields = Readonly<Record<string, unknown>>
/** Rewrites a definition of one version as the same study in the next. */
export type Migration = (definition: Fields) => Fields

/**
 * In version 1 the last windows of a pool that did not come out even were left out, learned decays had lava-dl's gradient, and
 * convolutions a gradient window by window; in version 2 these are settings, whose defaults are others.
 */
const toVersion2 = (definition: Fields): Fields => {
  const { network } = definition
  if (!isMap(network) || network['type'] !== 'layered') return definition
  const { layers } = network
  const written = Array.isArray(layers)
    ? { layers: layers.map((layer: unknown) => (isPool(layer) ? { padding: 'drop', ...layer } : layer)) }
    : {}
  return { ...definition, network: { decayGradient: 'lava', convolutionGradient: 'direct', ...network, ...written } }
}

/** By the version that each migration starts from. Version 1 is the first. */
const published: Readonly<Record<number, Migration>> = { 1: toVersion2 }

const isPool = (layer: unknown): layer is Fields => isMap(layer) && layer['type'] === 'pool'

/** The definition in the newest version; null when its version is newer than this application. */
export const migrateDefinition = (
  value: unknown,
  migrations: Readonly<Record<number, Migration>> = published,
  newest: number = DEFINITION_VERSION,
): { readonly value: unknown } | null => {
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

const versionOf = (value: unknown): number | null => {
  const version = typeof value === 'object' && value !== null ? (value as Fields).version : null
  return typeof version === 'number' && Number.isInteger(version) ? version : null
}
