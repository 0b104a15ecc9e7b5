// Makes out/package/*.deb and *.tar.gz: `npm run package`, `npm run package -- --only deb` (or tar, or tree).
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkRuntime, runtimeFolder } from '../install/electron/runtime.mjs'
import { buildAll } from '../scripts/common/build.mjs'
import { projectRoot } from '../scripts/common/projectRoot.mjs'
import { lastLines, runProcess } from '../scripts/common/runProcess.mjs'
import { SetupProblem, runScript, say, step } from '../scripts/common/steps.mjs'
import { bytesBelow, makeDebianPackage, makeTarball } from './makeArchives.mjs'
import { makeTree } from './makeTree.mjs'
import { readJson } from './shippedPackages.mjs'

const out = join(projectRoot, 'out', 'package')
const tree = join(out, 'tree')

const asMegabytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1e6)} MB`

/**
 * @returns {Promise<{ bash: string, zsh: string, manual: string }>} what the program says of itself
 */
const readReference = async () => {
  const said = async (/** @type {string[]} */ ...words) => {
    const ended = await runProcess(process.execPath, [join(projectRoot, 'out', 'main', 'cli.js'), ...words])
    if (ended.code !== 0) throw new SetupProblem(`spiketune ${words.join(' ')} failed:\n${lastLines(ended)}`)
    return ended.stdout
  }
  return { bash: await said('completion', 'bash'), zsh: await said('completion', 'zsh'), manual: await said('manual') }
}

/**
 * @returns {Promise<Date>} that of the commit, else now
 */
const dateOfCommit = async () => {
  const given = process.env.SOURCE_DATE_EPOCH
  if (given) return new Date(Number(given) * 1000)
  const ended = await runProcess('git', ['-C', projectRoot, 'log', '-1', '--format=%ct'])
  return ended.code === 0 ? new Date(Number(ended.stdout.trim()) * 1000) : new Date()
}

await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const only = values.only ?? 'both'
  if (!['both', 'deb', 'tar', 'tree'].includes(only)) throw new SetupProblem('--only takes deb, tar or tree.')
  if (process.platform !== 'linux') {
    throw new SetupProblem('packages are made on Linux. docs/packaging.md says what differs on macOS and Windows.')
  }
  const runtime = await checkRuntime(runtimeFolder(projectRoot))
  if (runtime.kind !== 'works') throw new SetupProblem('there is no working Electron here. Run `npm install` again.')
  await step('build', () => buildAll(projectRoot))
  mkdirSync(out, { recursive: true })
  await step('application', async () => {
    makeTree(projectRoot, tree)
    return `${asMegabytes(bytesBelow(tree))} with Electron ${runtime.version}`
  })
  if (only === 'tree') return
  const { version } = readJson(join(projectRoot, 'package.json'))
  const made = { tree, root: projectRoot, version, reference: await readReference(), date: await dateOfCommit(), out }
  for (const [name, make] of /** @type {const} */ ([
    ['deb', makeDebianPackage],
    ['tar', makeTarball],
  ])) {
    if (only !== 'both' && only !== name) continue
    await step(name, async () => {
      const file = await make(made)
      return `${file}, ${asMegabytes(statSync(file).size)}`
    })
  }
  say('docs/packaging.md says how to install them')
})
