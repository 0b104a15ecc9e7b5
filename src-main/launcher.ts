/**
 * Entry of a process that starts another one in the background, for the window: what a child of the main process itself inherits are
 * the window's connections and files, which would stay open for days. Composes, nothing else.
 */
import { backgroundLaunchSchema } from '../src-core/contracts/background.ts'
import { failedStart, launchBackground } from './background/launchBackground.ts'

const { parentPort } = process

parentPort.once('message', ({ data }) => {
  launchBackground(new URL('./cli.js', import.meta.url), backgroundLaunchSchema.parse(data)).then(
    (pid) => {
      parentPort.postMessage({ type: 'runs', pid })
    },
    (error: unknown) => {
      parentPort.postMessage(failedStart(error))
    },
  )
})
