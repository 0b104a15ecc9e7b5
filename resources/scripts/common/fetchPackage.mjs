import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npmCommand, npmEnvironment } from './npmCommand.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './steps.mjs'

const fetchTimeoutMs = 30 * 60_000

/**
 * Fetches a package and what it depends on from the npm registry, without running any of its scripts. npm checks each
 * package's integrity against the registry's record.
 *
 * @param {string} name
 * @param {string} version
 * @param {string} staging an empty folder to work in
 * @returns {Promise<string>} the node_modules folder that holds it, in staging
 * @throws {SetupProblem} when npm cannot fetch it
 */
export const fetchPackage = async (name, version, staging) => {
  await writeFile(join(staging, 'package.json'), '{ "private": true }\n')
  const { command, args } = npmCommand([
    'install',
    `${name}@${version}`,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    // What is fetched here is large and needed once: it does not belong in the user's npm cache.
    '--cache',
    join(staging, 'npm-cache'),
  ])
  const ended = await runProcess(command, args, { cwd: staging, env: npmEnvironment(), timeoutMs: fetchTimeoutMs })
  if (ended.code === 0) return join(staging, 'node_modules')
  throw new SetupProblem(
    `npm could not fetch ${name}@${version}:\n${lastLines(ended)}\n` +
      'Check the connection to the npm registry, then run `npm install` again.',
  )
}
