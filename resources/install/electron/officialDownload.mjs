import { join } from 'node:path'
import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'

const connectTimeoutMs = 8_000
const downloadTimeoutMs = 15 * 60_000

/**
 * Runs the `electron` package's own download into its dist folder.
 *
 * @param {string} root the project's folder
 * @param {string} version
 * @returns {Promise<{ kind: 'done' } | { kind: 'failed', reason: string }>}
 */
export const downloadOfficial = async (root, version) => {
  const unreachable = await whyUnreachable(version)
  if (unreachable) return { kind: 'failed', reason: unreachable }
  const script = join(root, 'node_modules', 'electron', 'install.js')
  const ended = await runProcess(process.execPath, [...moduleFlags(process.versions.node), script], {
    timeoutMs: downloadTimeoutMs,
  })
  return ended.code === 0 ? { kind: 'done' } : { kind: 'failed', reason: firstCause(lastLines(ended)) }
}

/**
 * The download script loads ES modules by `require`, which Node 20.17 and 20.18 do only when told to.
 *
 * @param {string} nodeVersion
 * @returns {string[]}
 */
export const moduleFlags = (nodeVersion) => {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  const needed = (major === 20 && minor < 19) || (major === 22 && minor < 12)
  return needed ? ['--experimental-require-module'] : []
}

/**
 * Asks the download's host for an answer, as an unreachable host should cost seconds and not the whole time-out.
 *
 * @param {string} version
 * @returns {Promise<string>} why it cannot be reached; empty when it can, or when only the download itself can tell
 */
const whyUnreachable = async (version) => {
  const { env } = process
  // Node's fetch knows neither mirrors nor proxies.
  if (env.ELECTRON_MIRROR || env.npm_config_electron_mirror || env.ELECTRON_GET_USE_PROXY) return ''
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(connectTimeoutMs) })
    return ''
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return `its host cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`
  }
}

/**
 * @param {string} text
 * @returns {string} the first line that is not part of a stack
 */
const firstCause = (text) =>
  text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('at ')) ?? 'it ended without a word'
