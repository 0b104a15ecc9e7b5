import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type * as Electron from 'electron'
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright-core'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import { openDisplay } from '../../test/window/support/display.ts'

export interface BenchWindow {
  readonly app: ElectronApplication
  readonly page: Page
  readonly devTools: CDPSession
  /** Sends an event to the page, as the main process does. */
  send(channel: string, payload: unknown): Promise<void>
  close(): Promise<void>
}

/**
 * Runs in the main process: passes lines of JSON on to the page, `[channel, payload]` each. A call of `evaluate` for each event
 * fails with a large study: its promise is collected as garbage before it is told of.
 */
const forwardToPage = async ({ BrowserWindow }: typeof Electron): Promise<number> => {
  const { createServer } = process.getBuiltinModule('node:net')
  const { createInterface } = process.getBuiltinModule('node:readline')
  const server = createServer((socket) => {
    createInterface(socket).on('line', (line) => {
      const [channel, payload] = JSON.parse(line) as [string, unknown]
      BrowserWindow.getAllWindows()[0]?.webContents.send(channel, payload)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Opens the application as built, with a library and settings of its own, at the size of a usual screen. */
export const launchWindow = async (library: string): Promise<BenchWindow> => {
  const user = mkdtempSync(join(tmpdir(), 'spiketune-user-'))
  const display = await openDisplay()
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${user}`, resolve('.')],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: user,
      LANG: 'C.UTF-8',
      DISPLAY: display.name,
      SPIKETUNE_LIBRARY: library,
    },
    colorScheme: null,
  })
  const page = await app.firstWindow()
  page.on('pageerror', (error) => {
    console.error(`the page: ${error.message}`)
  })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1920, 1080))
  await page.locator('.application').waitFor()
  // The first study in view would bring the tour.
  await page.evaluate(async () => {
    const { spiketune } = globalThis as unknown as { spiketune: WindowBridge }
    await spiketune.call('writePreference', { key: 'tour.seen', json: 'true' })
  })
  await page.reload()
  await page.locator('.application').waitFor()
  const devTools = await page.context().newCDPSession(page)
  const port = await app.evaluate(forwardToPage)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  // Of the thread, not of the clock: what else the machine does is left out.
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    app,
    page,
    devTools,
    send: (channel, payload) =>
      new Promise((sent, failed) => {
        socket.write(`${JSON.stringify([channel, payload])}\n`, (error) => {
          if (error) failed(error)
          else sent()
        })
      }),
    async close() {
      socket.destroy()
      await app.close()
      display.close()
      rmSync(user, { recursive: true, force: true })
    },
  }
}
