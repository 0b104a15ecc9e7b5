import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyStudy } from '../main/cli/spiketune.ts'
import { mayMount, SmallDisk } from '../support/smallDisk.ts'
import { longStudy, quickStudy } from './support/definitions.ts'
import {
  answerDialogs,
  callBridge,
  shownMessages,
  startFromFile,
  waitForDone,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

let workspace: WindowWorkspace

beforeEach(() => {
  workspace = new WindowWorkspace()
})

afterEach(async () => {
  await workspace.disposeAll()
})

/** Makes a study of one trial with the command line. Resolves to its id. */
const makeStudy = async (): Promise<string> => {
  const { code } = await workspace.run('run', workspace.write('tiny.yaml', tinyStudy({ trials: 1 })))
  expect(code).toBe(0)
  return 'tiny-1'
}

describe('the application from start to start', () => {
  it('comes back as it was left: place, theme, study', async () => {
    const first = await workspace.launch()
    await startFromFile(first, workspace.write('quick.yaml', quickStudy))
    await waitForState(first.page, 'Finished')
    await first.page.getByRole('button', { name: 'Dark theme' }).click()
    await first.page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    const bounds = { x: 60, y: 40, width: 1200, height: 820 }
    await first.app.evaluate(({ BrowserWindow }, rectangle) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(rectangle)
    }, bounds)
    await first.close()

    const second = await workspace.launch()
    await second.page.locator('main h1').getByText('quick-1').waitFor()
    await waitForState(second.page, 'Finished')
    await second.page.locator('canvas[data-drawn="12"]').first().waitFor()
    expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
      bounds,
    )
    expect(await second.page.title()).toBe('quick-1 – Spiketune')
  })

  it('starts with damaged settings', async () => {
    mkdirSync(dirname(workspace.settingsFile()))
    writeFileSync(workspace.settingsFile(), '{"theme": "dark", "window"')
    const { page } = await workspace.launch()
    await page.getByText('No studies yet').waitFor()
    expect(await callBridge(page, 'readSettings', null)).toEqual({
      ok: true,
      value: { theme: 'system', recentStudies: [] },
    })
  })

  it('opens the study that the command line names, by id and by folder', async () => {
    const id = await makeStudy()
    const byId = await workspace.launch({ user: 'one', study: id })
    await byId.page.locator('main h1').getByText(id).waitFor()
    await byId.close()
    let folder = join(workspace.library, id)
    if (mayMount) {
      // From an archive that may only be read, where there can be one.
      const disk = new SmallDisk('4m')
      cpSync(folder, join(disk.folder, id), { recursive: true })
      disk.protect()
      folder = join(disk.folder, id)
    }
    const { page } = await workspace.launch({ user: 'another', study: folder })
    await page.locator('main h1').getByText(id).waitFor()
    if (mayMount) {
      await page.getByText('To go on with it, copy it to a library of yours.').waitFor()
      const add = page.getByRole('button', { name: 'Add trial' })
      expect(await add.getAttribute('title')).toContain('You may not write to the folder of this study')
      expect(Number(await add.evaluate((button) => getComputedStyle(button).opacity))).toBeLessThan(1)
      expect(await page.getByPlaceholder('What is worth remembering').count()).toBe(0)
      expect(await callBridge(page, 'resumeStudy', { id: folder })).toMatchObject({
        ok: false,
        error: { code: 'folder-not-writable' },
      })
      // Before its disk goes.
      await workspace.disposeAll()
    }
  })

  it('says that there is no study of the name on the command line', async () => {
    const { page } = await workspace.launch({ study: 'nothing-1' })
    await page.locator('.toast').getByText('There is no study').waitFor()
    await page.getByText('No studies yet').waitFor()
  })

  it('hands a second start over to the first', async () => {
    const id = await makeStudy()
    const { app, page } = await workspace.launch()
    await page.getByText('No study is open').waitFor()
    expect(await workspace.startAgain({ study: id })).toBe(0)
    await page.locator('main h1').getByText(id).waitFor()
    expect(app.windows()).toHaveLength(1)
  })
})

describe('two applications on one study', () => {
  it('the second one reads only, follows, and takes over when the first is gone', async () => {
    const writer = await workspace.launch({ user: 'writer' })
    await startFromFile(writer, workspace.write('long.yaml', longStudy))
    await waitForDone(writer.page, 1)

    const reader = await workspace.launch({ user: 'reader', study: 'long-1' })
    const { page } = reader
    await page.getByText('Read-only.').waitFor()
    const done = Number((await page.getByTestId('done').innerText()).split('/')[0])
    await waitForDone(page, done + 3)
    for (const name of ['Pause', 'Pause now']) {
      const button = page.getByRole('button', { name, exact: true })
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      expect(await button.getAttribute('title')).toContain('Another application writes to this study')
    }
    expect(await callBridge(page, 'pauseStudyNow', { id: 'long-1' })).toMatchObject({
      ok: false,
      error: { code: 'study-read-only' },
    })

    await writer.close()
    await page.getByRole('button', { name: 'Try again' }).click()
    await waitForState(page, 'Paused')
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')
  })
})

describe('when something breaks', () => {
  it('a page that crashes is loaded again; the study goes on meanwhile', async () => {
    const window = await workspace.launch()
    const { app } = window
    await startFromFile(window, workspace.write('long.yaml', longStudy))
    await waitForState(window.page, 'Running')
    await answerDialogs(app, { message: 'OK' })
    const reloaded = app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents()[0]
      const finished = new Promise<void>((resolve) =>
        contents?.once('did-finish-load', () => {
          resolve()
        }),
      )
      contents?.forcefullyCrashRenderer()
      return finished
    })
    await reloaded
    expect(await shownMessages(app)).toEqual(['The window stopped working and will be loaded again.'])
    const heading = () =>
      app.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()[0]
          ?.executeJavaScript(
            `(document.querySelector('main header')?.innerText ?? '').split('\\n').slice(0, 2).join(' ')`,
          ),
      )
    await expect.poll(heading).toBe('long-1 Running')
  })

  it('an unexpected error of the main process is shown, and ends nothing', async () => {
    const { app, page } = await workspace.launch()
    await page.getByText('No studies yet').waitFor()
    await answerDialogs(app, { message: 'OK' })
    await app.evaluate(() => {
      setTimeout(() => {
        throw new Error('a broken invariant')
      })
    })
    await expect.poll(() => shownMessages(app)).toEqual(['Something unexpected happened in Spiketune.'])
    expect(await callBridge(page, 'listStudies', null)).toMatchObject({ ok: true })
  })
})
