// Set-up, build and a demo of five trials in a clean clone of HEAD, on each Node that is supported: `npm run check:node`, or
// `npm run check:node -- 22 24`. Takes minutes; needs the npm registry.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { npmCommand, npmEnvironment } from './common/npmCommand.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { lastLines, runProcess } from './common/runProcess.mjs'
import { SetupProblem, runScript, say } from './common/steps.mjs'

const supported = ['20.19', '22', '24']
const limitMs = 45 * 60_000

/** @typedef {{ node: string, steps: { name: string, seconds: number }[], failure: string }} Row */

/**
 * The demo with five trials of its hundred.
 *
 * @param {string} preset the text of mnist-stdp-small
 * @returns {string}
 */
export const demoOfFive = (preset) => {
  const five = preset.replace(/^(budget: *\{? *trials: *|budget:\n +trials: *)\d+/m, '$15')
  if (five === preset) throw new SetupProblem('the preset mnist-stdp-small has no budget of trials any more.')
  return five
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} a table
 */
export const tableOf = (rows) => {
  const names = [...new Set(rows.flatMap(({ steps }) => steps.map(({ name }) => name)))]
  const cells = [
    ['Node', ...names, 'result'],
    ...rows.map(({ node, steps, failure }) => [
      node,
      ...names.map((name) => {
        const found = steps.find((step) => step.name === name)
        return found === undefined ? '-' : `${found.seconds.toFixed(0)} s`
      }),
      failure === '' ? 'passed' : 'FAILED',
    ]),
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * @param {string} version such as 22
 * @returns {Promise<Row>}
 */
const check = async (version) => {
  const work = await mkdtemp(join(tmpdir(), 'spiketune-node-'))
  const clone = join(work, 'clone')
  /** @type {Row} */
  const row = { node: version, steps: [], failure: '' }
  const plain = npmEnvironment()
  /** @type {(name: string, command: readonly string[], options?: { cwd?: string, env?: NodeJS.ProcessEnv }) => Promise<string>} */
  const step = async (name, [command = '', ...args], options = {}) => {
    say(`Node ${row.node}: ${name}`)
    const start = performance.now()
    const ended = await runProcess(command, args, { env: plain, ...options, timeoutMs: limitMs })
    row.steps.push({ name, seconds: (performance.now() - start) / 1000 })
    if (ended.code !== 0) throw new SetupProblem(`Node ${row.node}, ${name}:\n${lastLines(ended, 30)}`)
    return ended.stdout
  }
  try {
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
    const words = ['install', '--prefix', work, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`]
    const { command, args } = npmCommand(words)
    await writeFile(join(work, 'package.json'), '{ "private": true }\n')
    await step('fetch', [command, ...args], { cwd: work })
    const bin = join(work, 'node_modules', name, 'bin')
    /** @type {NodeJS.ProcessEnv} */
    const env = {
      ...plain,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
      SPIKETUNE_LIBRARY: join(work, 'library'),
    }
    delete env.npm_execpath
    delete env.npm_node_execpath
    row.node = (await step('version', ['node', '-p', 'process.versions.node'], { env })).trim()
    row.steps = []
    await mkdir(clone)
    await step('clone', ['sh', '-c', 'git -C "$1" archive HEAD | tar -x -C "$2"', 'sh', projectRoot, clone])
    const options = { cwd: clone, env }
    await step('install', ['npm', 'ci'], options)
    await step('build', ['npm', 'run', 'build'], options)
    const demo = join(work, 'demo.yaml')
    const preset = await readFile(join(clone, 'resources', 'presets', 'mnist-stdp-small.yaml'), 'utf8')
    await writeFile(demo, demoOfFive(preset))
    const said = await step('demo', ['node', 'out/main/cli.js', 'run', demo, '--json'], options)
    const complete = said.split('\n').filter((line) => /"state":"(?:complete|stopped)"/.test(line)).length
    if (complete < 5) throw new SetupProblem(`Node ${row.node}, demo: ${complete} of five trials ended:\n${said}`)
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    row.failure = error.message
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return row
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    const versions = process.argv.length > 2 ? process.argv.slice(2) : supported
    const rows = []
    for (const version of versions) rows.push(await check(version))
    for (const { failure } of rows) if (failure !== '') process.stderr.write(`\n${failure}\n`)
    process.stdout.write(`\n${tableOf(rows)}\n`)
    return rows.every(({ failure }) => failure === '') ? 0 : 1
  })
}
