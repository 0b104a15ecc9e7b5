// What dependency-cruiser cannot see, part of `npm run boundaries`: exports that nobody imports, files that import each other in a
// circle, if only types and through Svelte components, and components that import from another room than the core.
import { circlesOf, readSources, rooms } from './common/importGraph.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { SetupProblem, runScript } from './common/steps.mjs'

const declared =
  /^export (?:declare |abstract |async )*(?:const enum|const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm

/** @type {(title: string, found: readonly string[]) => void} */
const refuse = (title, found) => {
  if (found.length > 0) throw new SetupProblem(`${title}:\n${found.join('\n')}`)
}

await runScript(async () => {
  const importing = readSources(projectRoot, [...rooms, 'test', 'bench'])
  const sources = new Map([...importing].filter(([file]) => rooms.some((room) => file.startsWith(`${room}/`))))

  /** @type {Set<string>} */
  const known = new Set()
  for (const { imports } of importing.values()) {
    for (const { file, names, all } of imports) for (const name of all ? ['*'] : names) known.add(`${file} ${name}`)
  }
  refuse(
    'nobody imports these exports; delete them, or keep them to their file',
    [...sources].flatMap(([file, { text }]) =>
      file.endsWith('.ts') && !known.has(`${file} *`)
        ? [...text.matchAll(declared)].flatMap(([, name]) => (known.has(`${file} ${name}`) ? [] : [`${file}: ${name}`]))
        : [],
    ),
  )

  const asText = (/** @type {readonly string[]} */ circle) => circle.join(' -> ')
  refuse('these files import each other', circlesOf(sources).map(asText))

  refuse(
    'the window imports from the core alone',
    [...sources].flatMap(([file, { imports }]) =>
      file.startsWith('src-renderer/')
        ? imports.filter((next) => /^src-(main|worker)\//.test(next.file)).map((next) => `${file} -> ${next.file}`)
        : [],
    ),
  )
})
