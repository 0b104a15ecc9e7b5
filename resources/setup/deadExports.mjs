// Whether every export of the sources has somebody who imports it, in Svelte components, tests and benchmarks too. Part of
// `npm run boundaries`: what nobody imports is either dead or its own file's.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { projectRoot } from './common/projectRoot.mjs'
import { SetupProblem, runScript } from './common/steps.mjs'

const rooms = ['src-core', 'src-main', 'src-worker', 'src-renderer']
const importing = [...rooms, 'test', 'bench']
const imported =
  /(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{([^}]*)\}|(\*)(?:\s+as\s+[\w$]+)?)?\s*from\s*'(\.[^']+)'/g
const importedLater = /import\('(\.[^']+)'\)/g
const declared =
  /^export (?:declare |abstract |async )*(?:const enum|const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm

/** @type {Map<string, string>} */
const texts = new Map()
for (const room of importing) {
  for (const name of readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(ts|svelte)$/.test(name) || /kernels\/[^/]+\/assembly/.test(name)) continue
    texts.set(join(room, name), readFileSync(join(projectRoot, room, name), 'utf8'))
  }
}

await runScript(async () => {
  /** @type {Set<string>} */
  const known = new Set()
  for (const [file, text] of texts) {
    for (const [, names, all, from = ''] of text.matchAll(imported)) {
      const target = normalize(join(dirname(file), from))
      if (all !== undefined) known.add(`${target} *`)
      for (const part of names?.split(',') ?? []) {
        known.add(
          `${target} ${
            part
              .trim()
              .replace(/^type\s+/, '')
              .split(/\s+as\s+/)[0] ?? ''
          }`,
        )
      }
    }
    for (const [, from = ''] of text.matchAll(importedLater)) known.add(`${normalize(join(dirname(file), from))} *`)
  }
  const dead = [...texts].flatMap(([file, text]) =>
    rooms.some((room) => file.startsWith(`${room}/`)) && file.endsWith('.ts') && !known.has(`${file} *`)
      ? [...text.matchAll(declared)].flatMap(([, name]) => (known.has(`${file} ${name}`) ? [] : [`${file}: ${name}`]))
      : [],
  )
  if (dead.length > 0) {
    throw new SetupProblem(`nobody imports these exports; delete them, or keep them to their file:\n${dead.join('\n')}`)
  }
})
