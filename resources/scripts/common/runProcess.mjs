import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * How a child process ended. `code` is null when a signal ended it or when it never started.
 *
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string, timedOut: boolean,
 *   missing: boolean }} Ended
 */

/**
 * Runs a command to its end and keeps what it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onOutput?: (text: string) => void }} [options]
 *   onOutput sees the output as it comes; after timeoutMs the process is killed
 * @returns {Promise<Ended>} never rejects: a command that does not exist is `missing`
 */
export const runProcess = (command, args, options = {}) => {
  const { cwd, env, timeoutMs, onOutput } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const printed = { stdout: '', stderr: '' }
    let timedOut = false
    let missing = false
    const stop = () => {
      timedOut = true
      child.kill('SIGKILL')
    }
    const timer = timeoutMs ? setTimeout(stop, timeoutMs) : undefined
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      child[name].setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        printed[name] += text
        onOutput?.(text)
      })
    }
    child.on('error', (error) => {
      missing = true
      printed.stderr += error.message
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: missing ? null : code, signal, ...printed, timedOut, missing })
    })
  })
}

/**
 * Runs a command on this terminal and passes its end through.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 plus the signal's number when a signal ended it, as shells do
 */
export const runAttached = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' })
    const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    // A terminal sends Ctrl-C to the child itself; this keeps the parent alive until the child has ended.
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of forwarded) process.on(signal, forward)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of forwarded) process.off(name, forward)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })

/**
 * The last lines of what a failed process printed, for an error message.
 *
 * @param {Ended} ended
 * @param {number} [lines]
 * @returns {string}
 */
export const lastLines = (ended, lines = 12) => {
  const text = `${ended.stdout}\n${ended.stderr}`.trim().split('\n').slice(-lines).join('\n')
  if (ended.timedOut) return `${text}\n(it took too long and was stopped)`
  return ended.signal ? `${text}\n(ended by ${ended.signal})` : text
}
