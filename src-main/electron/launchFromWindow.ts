import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import {
  type BackgroundLaunch,
  type BackgroundStart,
  backgroundStartSchema,
} from '../../src-core/contracts/background.ts'
import { startError } from '../background/launchBackground.ts'

/** Starts a process that runs a study in the background, and outlives this one. @param launcher out/main/launcher.js @throws {SpiketuneError} why it does not */
export const launchFromWindow = async (launcher: URL, launch: BackgroundLaunch): Promise<void> => {
  const child = utilityProcess.fork(fileURLToPath(launcher), [], { serviceName: 'Spiketune launcher', stdio: 'ignore' })
  const started = await new Promise<BackgroundStart>((resolve) => {
    child.once('message', (message: unknown) => {
      const decoded = backgroundStartSchema.safeParse(message)
      if (decoded.success) resolve(decoded.data)
      else child.kill()
    })
    child.once('exit', () => {
      const message = 'The process that starts others in the background has ended before it did.'
      resolve({ type: 'failed', error: { code: 'background-failed', message } })
    })
    child.postMessage(launch)
  })
  child.kill()
  if (started.type === 'failed') throw startError(started.error)
}
