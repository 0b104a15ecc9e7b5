import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type BackgroundLaunch,
  type BackgroundStart,
  backgroundStartSchema,
} from '../../src-core/contracts/background.ts'
import { type ErrorCode, errorCodes, SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { studyPaths } from '../files/studyFolder.ts'

/**
 * Starts a process that runs a study, and goes on when this one ends, its terminal closes or its user logs out. The study must not
 * be open here. Resolves with the number of the process when the study runs there.
 * @param program the command line, out/main/cli.js
 * @throws {SpiketuneError} what the process says, or background-failed
 */
export const launchBackground = async (program: URL, { folder, hooks }: BackgroundLaunch): Promise<number> => {
  const log = studyPaths(folder).backgroundLog
  const output = openSync(log, 'a', 0o600)
  try {
    const child = spawn(
      process.execPath,
      [fileURLToPath(program), 'run-in-background', folder, ...(hooks ? ['--hooks'] : [])],
      {
        // Of Electron's program Node is made so; Node itself knows nothing of it.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        // A session of its own: no terminal and no application ends it.
        detached: true,
        stdio: ['ignore', output, output, 'ipc'],
      },
    )
    const started = await new Promise<BackgroundStart>((resolve) => {
      const failed = (message: string): void => {
        const error = { code: 'background-failed', message, details: `What it wrote is in ${log}.` }
        resolve({ type: 'failed', error })
      }
      child.on('message', (message) => {
        const decoded = backgroundStartSchema.safeParse(message)
        if (decoded.success) resolve(decoded.data)
        else failed('The background process said what is not understood.')
      })
      child.on('error', ({ message }) => {
        failed(`The background process could not be started: ${message}`)
      })
      child.on('exit', (code, signal) => {
        failed(`The background process ended before the study ran (${signal ?? `exit code ${String(code)}`}).`)
      })
    })
    if (child.connected) child.disconnect()
    child.unref()
    if (started.type === 'runs') return started.pid
    throw startError(started.error)
  } finally {
    closeSync(output)
  }
}

/** What a process said of why it does not run, or whoever started it, as an error of this one. */
export const startError = ({ code, message, details }: Extract<BackgroundStart, { type: 'failed' }>['error']): Error =>
  new SpiketuneError(isErrorCode(code) ? code : 'background-failed', message, { details })

/** An error as it is said to whoever waits for the start. */
export const failedStart = (error: unknown): BackgroundStart => {
  if (!(error instanceof SpiketuneError)) {
    const details = error instanceof Error ? error.stack : undefined
    return {
      type: 'failed',
      error: { code: 'internal', message: String(error), ...(details !== undefined && { details }) },
    }
  }
  const { code, message, details } = error
  return { type: 'failed', error: { code, message, ...(details !== undefined && { details }) } }
}

const isErrorCode = (code: string): code is ErrorCode => (errorCodes as readonly string[]).includes(code)
