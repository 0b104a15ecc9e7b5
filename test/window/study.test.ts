import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedStudySchema } from '../../src-core/contracts/window/libraryCalls.ts'
import type { StudySnapshot } from '../../src-core/progress/readModel.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { formatAccuracy } from '../../src-renderer/trials/format.ts'
import { quickStudy } from './support/definitions.ts'
import { pixelsOf } from './support/pixels.ts'
import {
  answerDialogs,
  callBridge,
  chooseMenuItem,
  saveTo,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

const snapshotIn = async ({ page }: TestWindow, id: string): Promise<StudySnapshot> => {
  const answer = await callBridge(page, 'openStudy', { id })
  if (!answer.ok) throw new Error(answer.error.message)
  const { trials, ...study } = openedStudySchema.parse(answer.value)
  return { ...study, trials: unpackTrials(trials) }
}

/** What must be the same wherever a study runs: everything but times and names of workers. */
const resultsOf = ({ trials }: Pick<StudySnapshot, 'trials'>) =>
  trials.map(({ number, state, configuration, seed, objective, constraints, violation, metrics, stop }) => ({
    number,
    state,
    configuration,
    seed,
    objective,
    constraints,
    violation,
    metrics,
    stop,
  }))

// One study for all of these tests, which look at it when it has ended.
beforeAll(async () => {
  window = await workspace.launch()
  const { page } = window
  await startFromFile(window, workspace.write('quick.yaml', quickStudy))
  // While it runs, its trials are in the table and its points are drawn.
  await page.locator('tr[data-state=running]').first().waitFor()
  await page.locator('canvas[data-drawn]:not([data-drawn="0"])').first().waitFor()
  await waitForState(page, 'Finished')
})

afterAll(async () => {
  await workspace.disposeAll()
})

describe('a study in the window', () => {
  it('was drawn while it ran, and is whole when it has ended', async () => {
    const { page } = window
    await page.getByText('12 / 12').first().waitFor()
    await page.locator('canvas[data-drawn="12"]').nth(1).waitFor()
  })

  it('draws complete and stopped trials in their own colours, and the threshold', async () => {
    const { page } = window
    const legend = (kind: string) => page.locator(`[aria-label=Legend] [data-kind=${kind}] .muted`).innerText()
    const { summary } = await snapshotIn(window, 'quick-1')
    expect(summary.counts.stopped).toBeGreaterThan(0)
    expect(Number(await legend('feasible')) + Number(await legend('infeasible'))).toBe(summary.counts.complete)
    expect(Number(await legend('stopped'))).toBe(summary.counts.stopped)
    for (const token of ['series-complete', 'series-stopped', 'bad']) {
      expect((await pixelsOf(page, token)).count, token).toBeGreaterThan(20)
    }
    expect((await pixelsOf(page, 'series-failed')).count).toBe(0)
  })

  it('has the results that the command line has for the same definition', async () => {
    const { code } = await workspace.run('run', 'quick.yaml', '--library', 'other')
    expect(code).toBe(0)
    const [document] = await workspace.json('show', 'quick-1', '--library', 'other')
    const inWindow = await snapshotIn(window, 'quick-1')
    expect(resultsOf(inWindow)).toEqual(resultsOf(document as StudySnapshot))
    const best = inWindow.summary.best
    expect(best?.feasible).toBe(true)
    const shown = await window.page.locator('[data-tab=best] [data-testid=accuracy]').innerText()
    expect(shown).toBe(formatAccuracy(best?.objective ?? NaN))
    expect((document as StudySnapshot).summary.best).toEqual(best)
  })

  it('shows a trial that is chosen in the table, and one that is chosen in the chart', async () => {
    const { page } = window
    const stopped = page.locator('tr[data-state=stopped]').first()
    const number = await stopped.getAttribute('data-trial')
    await stopped.click()
    const panel = page.locator('[data-tab=selected]')
    await panel.getByText(`Trial ${String(number)}`, { exact: true }).waitFor()
    await panel
      .getByText(/^Silent in the excitatory layer: in epoch 1, after \d+ of \d+ samples, \d+ had brought fewer/)
      .waitFor()
    const point = panel.locator('dt', { hasText: /^point$/ }).locator('+ dd')
    await panel.getByRole('heading', { name: 'Why this point' }).waitFor()
    expect(await point.innerText()).toBe(number)
    await page.locator('[aria-label="Trials; arrow keys select"]').press('ArrowDown')
    await panel.getByText(`Trial ${Number(number) - 1}`, { exact: true }).waitFor()
    await point.getByText(String(Number(number) - 1), { exact: true }).waitFor()

    // The best trial's ring is all that is drawn in the text's colour; its point lies in the middle.
    const { summary } = await snapshotIn(window, 'quick-1')
    const { centre } = await pixelsOf(page, 'text')
    await page.locator('canvas').first().click({ position: centre })
    await panel.getByText(`Trial ${String(summary.best?.number)}`, { exact: true }).waitFor()
  })

  it('keeps its zoom while trials come and go', async () => {
    const { page } = window
    const toolbar = page.getByRole('toolbar', { name: 'Zoom of excitatory non-spiking share' })
    const showAll = toolbar.getByRole('button', { name: 'Show everything' })
    expect(await showAll.getAttribute('aria-disabled')).toBe('true')
    await toolbar.getByRole('button', { name: 'Zoom in' }).click()
    expect(await showAll.getAttribute('aria-disabled')).toBe('false')
    await page.locator('tr[data-state=complete]').first().click()
    expect(await showAll.getAttribute('aria-disabled')).toBe('false')
    await showAll.click()
    expect(await showAll.getAttribute('aria-disabled')).toBe('true')
  })

  it('exports the best configuration, which the command line runs to the same accuracy', async () => {
    const { app, page } = window
    const folder = join(workspace.folder, 'exported')
    mkdirSync(folder)
    await answerDialogs(app, { paths: [folder] })
    await page.getByRole('button', { name: 'Export best' }).click()
    const files = (await page.locator('.toast p').innerText()).split('\n')
    expect(files).toHaveLength(3)
    for (const file of files) expect(existsSync(file), file).toBe(true)
    const yaml = files.find((file) => file.endsWith('.yaml')) ?? ''
    expect(readFileSync(yaml, 'utf8')).toContain('provenance:')
    const { code, stdout } = await workspace.run('run', yaml, '--library', 'again', '--json')
    expect(code).toBe(0)
    const { summary } = await snapshotIn(window, 'quick-1')
    const [again] = await workspace.json('list', '--library', 'again')
    expect(stdout).toContain('"type":"result"')
    expect(JSON.stringify(again)).toContain(`"objective":${String(summary.best?.objective)}`)
  })

  it('is looked through, backed up into one file, and shows what is damaged as such', async () => {
    const { app, page } = window
    const file = join(workspace.folder, 'quick.tar')
    await saveTo(app, file)
    await chooseMenuItem(app, 'check-study')
    await page.locator('.toast').getByText('What is stored is what was written.').waitFor()
    await chooseMenuItem(app, 'back-up')
    await page.locator('.toast').getByText('Backed up.').waitFor()
    expect(existsSync(file)).toBe(true)

    // In a library of its own, restored and damaged; a second window shows it.
    const library = join(workspace.folder, 'damaged')
    mkdirSync(library)
    execFileSync('tar', ['-xf', file, '-C', library])
    const connection = new Database(join(library, 'quick-1', 'study.sqlite'))
    connection.exec('UPDATE measurement SET objective = 0.999 WHERE trial = 3')
    connection.close()
    const other = await workspace.launch({ user: 'other', study: join(library, 'quick-1') })
    await other.page
      .locator('.toast')
      .getByText('Trial 3: The stored values are not those that were written.')
      .waitFor()
    await other.page.locator('tr[data-trial="3"]').getByText('Damaged').waitFor()
    await other.close()
  })

  it('stays in the theme that is chosen, charts included', async () => {
    const { page } = window
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await page.getByRole('button', { name: 'Light theme' }).click()
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: light)').matches)
    const light = await ground()
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    expect(await ground()).not.toBe(light)
    await expect.poll(async () => (await pixelsOf(page, 'series-complete')).count).toBeGreaterThan(20)
    expect(await callBridge(page, 'readSettings', null)).toMatchObject({
      ok: true,
      value: { theme: 'dark' },
    })
  })

  it('fits the smallest window that it allows', async () => {
    const { app, page } = window
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 400))
    await page.waitForFunction(() => innerWidth <= 1100)
    const { width, overflow } = await page.evaluate(() => ({
      width: innerWidth,
      overflow: document.documentElement.scrollWidth - innerWidth,
    }))
    expect(width).toBeGreaterThanOrEqual(1000)
    expect(overflow).toBe(0)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
    await page.waitForFunction(() => innerWidth > 1100)
  })
})
