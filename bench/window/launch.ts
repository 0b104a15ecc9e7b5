import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright-core'
import type { CDPSession, ElectronApplication, Page } from 'playwright-core'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import { openDisplay } from '../../test/window/support/display.ts'

export interface BenchWindow {
  readonly app: ElectronApplication
  readonly page: Page
  readonly devTools: CDPSession
  close(): Promise<void>
}

/** Opens the application as built, with a library and settings of its own, at the size of a usual screen. */
export async function launchWindow(library: string): Promise<BenchWindow> {
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
    await spiketune.call('writePreference', { key: 'tour.seen', value: true })
  })
  await page.reload()
  await page.locator('.application').waitFor()
  const devTools = await page.context().newCDPSession(page)
  // Of the thread, not of the clock: what else the machine does is left out.
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    app,
    page,
    devTools,
    async close() {
      await app.close()
      display.close()
      rmSync(user, { recursive: true, force: true })
    },
  }
}
