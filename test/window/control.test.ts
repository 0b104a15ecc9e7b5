import { renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import { longStudy, quickStudy, slowStudy } from './support/definitions.ts'
import {
  answerDialogs,
  callBridge,
  chooseMenuItem,
  shownMessages,
  startFromFile,
  type TestWindow,
  waitForDone,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

let workspace: WindowWorkspace
let window: TestWindow

beforeEach(async () => {
  workspace = new WindowWorkspace()
  window = await workspace.launch()
})

afterEach(async () => {
  await workspace.disposeAll()
})

const start = (study: { readonly name: string }): Promise<void> =>
  startFromFile(window, workspace.write(`${study.name}.yaml`, study))

/** The look every 10 s comes every 100 ms; what is still to begin looks so often. */
const lookOftenForSleep = (): Promise<void> =>
  window.app.evaluate(() => {
    const later = globalThis.setTimeout
    Object.assign(globalThis, {
      setTimeout: (callback: () => void, delayMs?: number) => later(callback, delayMs === 10_000 ? 100 : delayMs),
    })
  })

/** As the system counts it: time since its start goes on while it sleeps. */
const sleepFor = (seconds: number): Promise<void> =>
  window.app.evaluate((_, slept) => {
    const system = process.getBuiltinModule('node:os')
    const awake = system.uptime
    system.uptime = () => awake() + slept
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
  }, seconds)

const doneOf = async (): Promise<number> => Number((await window.page.getByTestId('done').innerText()).split('/')[0])

const summaryOf = async (id: string) => {
  const [document] = await workspace.json('show', id)
  return z.looseObject({ summary: studySummarySchema }).parse(document).summary
}

describe('the control of a study', () => {
  it('pauses when running trials have ended, goes on, and outlives its folder', async () => {
    const { page } = window
    await start(longStudy)
    await waitForDone(page, 3)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await waitForState(page, 'Paused')
    await page.getByText('No trial is running.').waitFor()
    const done = await doneOf()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')
    await waitForDone(page, done + 2)
    const folder = join(workspace.library, 'long-1')
    renameSync(folder, join(workspace.folder, 'moved'))
    await waitForState(page, 'Error')
    await page.getByText('The folder of the study is gone.').waitFor()
    await page.getByText(`What it held is in ${folder}-rescued now.`).waitFor()
    expect(await page.getByRole('button', { name: 'Resume', exact: true }).getAttribute('title')).toContain(
      'open the copy',
    )
    const rescued = await doneOf()
    await page.getByRole('button', { name: 'Open the copy' }).click()
    await page.getByRole('heading', { name: 'long-1-rescued' }).waitFor()
    await page.getByText('A copy of a study whose folder is gone.').waitFor()
    expect(await doneOf()).toBe(rescued)
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')
    await waitForDone(page, rescued + 1)
  })

  it('keeps the computer awake while it runs, says when it slept all the same, and waits for a held database', async () => {
    const { page } = window
    await lookOftenForSleep()
    const awake = () =>
      window.app.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)))
    expect(await awake()).toBe(false)
    await start(longStudy)
    await waitForState(window.page, 'Running')
    expect(await awake()).toBe(true)
    await chooseMenuItem(window.app, 'run-or-pause')
    await waitForState(window.page, 'Paused')
    expect(await awake()).toBe(false)
    await chooseMenuItem(window.app, 'run-or-pause')
    await waitForState(window.page, 'Running')
    expect(await awake()).toBe(true)
    await sleepFor(3600)
    const toast = page.locator('.toast', { hasText: 'The machine slept.' })
    expect(await toast.innerText()).toMatch(/For 1\sh\s00\smin, while long ran\. That is not running time\./)

    const other = new Database(join(workspace.library, 'long-1', 'study.sqlite'))
    other.exec('BEGIN IMMEDIATE')
    const banner = page.getByText('The database is held by another program.')
    await banner.waitFor()
    const done = await doneOf()
    other.exec('ROLLBACK')
    other.close()
    await banner.waitFor({ state: 'detached' })
    await waitForDone(page, done + 1)
    await waitForState(page, 'Running')
  })

  it('pauses now with checkpoints, says where its trials resume, and goes on from there', async () => {
    const { page } = window
    // Of trials of a moment hardly any would be seen under way.
    await start(slowStudy)
    const shares = () =>
      page
        .getByRole('progressbar', { name: /of trial/ })
        .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('aria-valuenow'))))
    await expect.poll(async () => (await shares()).filter((share) => share > 0).length).toBe(2)
    await page.getByRole('button', { name: 'Pause now' }).click()
    await waitForState(page, 'Paused')
    const shown = await doneOf()
    const { counts, state } = await summaryOf('slow-1')
    expect(state.kind).toBe('paused')
    expect(counts.running).toBe(0)
    expect(counts.complete + counts.stopped + counts.failed).toBe(shown)
    const panel = page.getByRole('region', { name: /^Running/ })
    const waiting = panel.getByText(/^resumes at \d+ %$/)
    expect(await waiting.count()).toBe(counts.waiting)
    await waiting.first().click()
    await page
      .locator('[data-tab=selected]')
      .getByText(/^Resumes at \d+ %$/)
      .waitFor()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForDone(page, shown + 1)
    await expect.poll(() => waiting.count()).toBe(0)
  })

  it('says why a command does not apply', async () => {
    const { page } = window
    await start(quickStudy)
    await waitForState(page, 'Finished')
    const stop = page.getByRole('button', { name: 'Pause now' })
    expect(await stop.getAttribute('aria-disabled')).toBe('true')
    expect(await stop.getAttribute('title')).toContain('The study does not run.')
    await chooseMenuItem(window.app, 'pause-now')
    await page.locator('.toast').getByText('The study does not run.').waitFor()
  })

  it('reports a definition that is wrong by its line, and starts nothing', async () => {
    const { app, page } = window
    const file = workspace.write('wrong.yaml', { ...longStudy, name: 'wrong', workers: -2 })
    await answerDialogs(app, { paths: [file] })
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    await page.getByRole('status').getByText('1 problem').click()
    await page.getByText('Found -2, allowed auto, a whole number from 1 to 256 or a map').first().waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    expect(await callBridge(page, 'listStudies', null)).toEqual({ ok: true, value: [] })
  })

  it('lists presets with what they are, and a study that runs while another is in view', async () => {
    const { page } = window
    await start(longStudy)
    await page.getByRole('button', { name: 'New study' }).click()
    const small = page.getByRole('dialog').getByRole('button', { name: /^mnist-stdp-small/ })
    expect(await small.innerText()).toMatch(/\d+\strials/)
    await page.getByRole('dialog').getByRole('button', { name: 'Start mnist-stdp-small' }).click()
    await waitForState(page, 'Running')
    await page.locator('tr[data-state=running]').first().waitFor()
    const list = page.getByRole('navigation')
    await list.getByRole('button', { name: 'long-1' }).click()
    await page.locator('main h1').getByText('long-1').waitFor()
    await list.getByRole('button', { name: 'mnist-stdp-small-1' }).getByText('Running').waitFor()
  })
})

describe('quitting with a running study', () => {
  it('asks, and stays when told to', async () => {
    const { app, page } = window
    await start(slowStudy)
    await page.locator('tr[data-state=running]').nth(1).waitFor()
    await answerDialogs(app, { message: 'Cancel' })
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close()
    })
    await expect.poll(() => shownMessages(app)).toEqual(['The study slow is running.'])
    await waitForState(page, 'Running')
  })

  it('stops it; what ran waits for the next resume', async () => {
    await start(slowStudy)
    await window.page.locator('tr[data-state=running]').nth(1).waitFor()
    await window.close()
    const { counts, state } = await summaryOf('slow-1')
    expect(state.kind).toBe('paused')
    expect(counts.running).toBe(0)
    expect(counts.waiting).toBe(2)
  })
})
