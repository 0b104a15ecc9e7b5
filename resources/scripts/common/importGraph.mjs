// What imports what in the sources, in Svelte components and for types too, which dependency-cruiser does not see.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const rooms = ['src-core', 'src-main', 'src-worker', 'src-renderer']

const imported =
  /(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{([^}]*)\}|(\*)(?:\s+as\s+[\w$]+)?)?\s*from\s*'(\.[^']+)'/g
const importedLater = /import\('(\.[^']+)'\)/g

/**
 * @typedef {{ readonly file: string, readonly names: readonly string[], readonly all: boolean, readonly later: boolean }} Import
 * @typedef {{ readonly text: string, readonly imports: readonly Import[] }} Source
 */

/** @type {(text: string, file: string) => Import[]} */
export const importsOf = (text, file) => {
  /** @type {(from: string) => string} */
  const target = (from) => normalize(join(dirname(file), from))
  return [
    ...[...text.matchAll(imported)].map(([, names = '', all, from = '']) => ({
      file: target(from),
      names: names.split(',').map(
        (part) =>
          part
            .trim()
            .replace(/^type\s+/, '')
            .split(/\s+as\s+/)[0] ?? '',
      ),
      all: all !== undefined,
      later: false,
    })),
    ...[...text.matchAll(importedLater)].map(([, from = '']) => ({
      file: target(from),
      names: [],
      all: true,
      later: true,
    })),
  ]
}

/**
 * Every TypeScript file and Svelte component of some folders.
 * @type {(root: string, folders: readonly string[]) => Map<string, Source>}
 */
export const readSources = (root, folders) =>
  new Map(
    folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|svelte)$/.test(name) && !/kernels\/[^/]+\/assembly/.test(name))
        .map((name) => {
          const file = join(folder, name)
          const text = readFileSync(join(root, file), 'utf8')
          return /** @type {const} */ ([file, { text, imports: importsOf(text, file) }])
        }),
    ),
  )

/**
 * Circles of files that import each other at once; one for each file that closes one.
 * @type {(sources: ReadonlyMap<string, Pick<Source, 'imports'>>) => string[][]}
 */
export const circlesOf = (sources) => {
  /** @type {string[][]} */
  const circles = []
  /** @type {Set<string>} */
  const done = new Set()
  /** @type {string[]} */
  const path = []
  /** @type {(file: string) => void} */
  const visit = (file) => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push([...path.slice(at), file])
    if (at >= 0 || done.has(file)) return
    path.push(file)
    for (const next of sources.get(file)?.imports ?? []) if (!next.later && sources.has(next.file)) visit(next.file)
    path.pop()
    done.add(file)
  }
  for (const file of sources.keys()) visit(file)
  return circles
}
