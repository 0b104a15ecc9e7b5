import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheFolder, cacheKey } from '../../scripts/common/cacheFolder.mjs'
import { npmCommand, npmEnvironment } from '../../scripts/common/npmCommand.mjs'
import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'
import { SetupProblem, say } from '../../scripts/common/steps.mjs'
import { compilerPackages, ensurePackages, installLine, isDebian } from '../debian/packages.mjs'
import { builtBinary } from './check.mjs'

// The package asks for Node-API 10, which Node 20 and Electron 33 do not have: they crash on a binary that asks for it.
// Declared experimental instead, one binary loads in all of them and in newer ones; the last flag keeps the signatures of
// the stable interface.
const flags = ['-UNAPI_VERSION', '-DNAPI_EXPERIMENTAL', '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT']
const nodeGyp = 'node-gyp@11.5.0'
const buildTimeoutMs = 30 * 60_000

/**
 * @param {string} version of better-sqlite3
 * @returns {string} where the cache keeps the binary built from it for this kind of machine
 */
export const cachedBinary = (version) => {
  const key = cacheKey([...flags, nodeGyp])
  const name = `${version}-${process.platform}-${process.arch}-${key}`
  return join(cacheFolder(), 'better-sqlite3', name, 'better_sqlite3.node')
}

/**
 * Builds better-sqlite3 from its package's sources.
 *
 * @param {string} modules the node_modules folder that holds better-sqlite3 and node-addon-api
 * @param {string} staging an empty folder to work in
 * @returns {Promise<string>} a folder in staging that holds better_sqlite3.node alone
 * @throws {SetupProblem} when a compiler, the headers or npm's node-gyp cannot be had, or the build fails
 */
export const buildBinary = async (modules, staging) => {
  await ensureCompiler()
  const packageFolder = join(staging, 'node_modules', 'better-sqlite3')
  for (const name of ['better-sqlite3', 'node-addon-api']) {
    await cp(join(modules, name), join(staging, 'node_modules', name), { recursive: true })
  }
  const nodedir = await headersFolder()
  say(
    `better-sqlite3: building it for this Node and Electron, a minute or two${nodedir ? '' : '; fetching Node headers'}`,
  )
  const { command, args } = npmCommand(buildArguments(packageFolder, nodedir))
  const ended = await runProcess(command, args, {
    cwd: staging,
    env: { ...npmEnvironment(), CXXFLAGS: flags.join(' ') },
    timeoutMs: buildTimeoutMs,
    onOutput: progress(),
  })
  if (ended.code !== 0) throw new SetupProblem(await explain(ended, nodedir))
  await mkdir(join(staging, 'result'))
  await writeFile(join(staging, 'result', 'better_sqlite3.node'), await readFile(builtBinary(packageFolder)))
  return join(staging, 'result')
}

/**
 * @param {string} packageFolder
 * @param {string} nodedir where Node's headers are; empty lets node-gyp fetch them
 * @returns {string[]} npm's arguments
 */
export const buildArguments = (packageFolder, nodedir) => {
  const gyp = ['rebuild', '--release', '--force_build=1', ...(nodedir ? [`--nodedir=${nodedir}`] : [])]
  return ['exec', '--yes', `--package=${nodeGyp}`, '--', 'node-gyp', ...gyp, '-C', packageFolder]
}

/**
 * Node's headers come with Node wherever it was not installed by Debian, and then beside its binary.
 *
 * @param {string} executable the running Node
 * @param {string} version its version
 * @returns {Promise<string>} the first folder with include/node of the running major version; empty when there is none
 */
export const headersFolder = async (executable = process.execPath, version = process.versions.node) => {
  for (const folder of [dirname(dirname(executable)), '/usr', '/usr/local']) {
    const file = join(folder, 'include', 'node', 'node_version.h')
    const header = await readFile(file, 'utf8').catch(() => '')
    const major = /#define NODE_MAJOR_VERSION (\d+)/.exec(header)?.[1]
    if (major !== undefined && major === version.split('.')[0]) return folder
  }
  return ''
}

/**
 * @returns {Promise<void>}
 * @throws {SetupProblem} with the exact command that installs what is missing
 */
const ensureCompiler = async () => {
  if (process.platform === 'win32') return
  const compiler = process.env.CXX?.split(' ')[0] ?? 'g++'
  const missing = await missingTools([compiler, 'make', 'python3'])
  if (missing.length === 0) return
  if (!(await isDebian())) {
    throw new SetupProblem(
      `better-sqlite3 must be built, and these tools are missing: ${missing.join(', ')}. Install them.`,
    )
  }
  await ensurePackages(compilerPackages, 'Building better-sqlite3', 'required')
  const left = await missingTools([compiler, 'make', 'python3'])
  if (left.length > 0)
    throw new SetupProblem(`better-sqlite3 must be built, and ${left.join(', ')} cannot be found in PATH.`)
}

/**
 * @param {readonly string[]} tools
 * @returns {Promise<string[]>}
 */
const missingTools = async (tools) => {
  const tried = await Promise.all(tools.map((tool) => runProcess(tool, ['--version'])))
  return tools.filter((_, index) => tried[index]?.code !== 0)
}

/**
 * @returns {(text: string) => void} prints a line for each part of the build
 */
const progress = () => {
  const parts = /** @type {const} */ ([
    ['/sqlite3.o', 'compiling SQLite'],
    ['/better_sqlite3.o', 'compiling the binding'],
    ['/better_sqlite3.node', 'linking'],
  ])
  const seen = new Set()
  return (text) => {
    for (const [mark, what] of parts) {
      if (!text.includes(mark) || seen.has(what)) continue
      seen.add(what)
      say(`better-sqlite3: ${what}`)
    }
  }
}

/**
 * @param {import('../../scripts/common/runProcess.mjs').Ended} ended
 * @param {string} nodedir
 * @returns {Promise<string>}
 */
const explain = async (ended, nodedir) => {
  const fetching = !nodedir && /getaddrinfo|ENOTFOUND|ETIMEDOUT|ECONN|FetchError|nodejs\.org/.test(ended.stderr)
  const log = lastLines(ended, 25)
  if (!fetching) {
    const compilers = (await isDebian()) ? ` The tools it needs: ${await installLine(compilerPackages)}` : ''
    return `better-sqlite3 could not be built:\n${log}\n${compilers.trim()}`
  }
  return (
    `better-sqlite3 could not be built: this Node came without its headers, and they could not be fetched:\n${log}\n` +
    'Either install them (a Node from Debian or Ubuntu: apt-get install -y libnode-dev), or install Node from its official ' +
    'archive or with its version managers, which include them; then run `npm install` again.'
  )
}
