import { app, type BrowserWindow } from 'electron'
import { showError } from './dialogs.ts'
import { loadPage } from './window.ts'
import { toWireError } from './ipc.ts'

/** Studies run in the main process and its workers: when the page dies, a new page finds them as they are. */
export const recoverPage = (window: BrowserWindow): void => {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    void showError(window, 'The window stopped working and will be loaded again.', {
      code: 'internal',
      message: 'Running studies go on, and nothing that was measured is lost.',
      details: `reason: ${reason}, exit code ${exitCode}`,
    }).then(() => (window.isDestroyed() ? undefined : loadPage(window)))
  })
}

/** An error that nothing expected must be seen, and must not end the studies that run. */
export const reportUnexpectedErrors = (window: () => BrowserWindow | null): void => {
  const report = (error: unknown): void => {
    console.error(error)
    if (app.isReady()) void showError(window(), 'Something unexpected happened in Spiketune.', toWireError(error))
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}
