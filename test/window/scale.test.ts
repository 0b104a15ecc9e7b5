import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSyntheticStudy } from '../../bench/window/syntheticStudy.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import { answerDialogs, callBridge, shownMessages, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

const log = [
  'decoder,map_size,reset_interval,objective,stopped,processed_images,constraint_0,constraint_1,start_date,end_date,algorithm',
  'all,100,5,-0.75,False,1000,-0.05,-0.1,2024-01-01 10:00:00,2024-01-01 11:00:00,InitSCBO',
  'vote,200,6,-0.25,True,250,0.01,-0.1,2024-01-01 10:00:00,2024-01-01 10:10:00,InitSCBO',
  '3gram,300,7,-0.5,False,1000,-0.02,-0.04,2024-01-01 10:10:00,2024-01-01 11:30:00,SCBO',
  '',
].join('\n')

const large = { trials: 100_000, interval: 48_000 }

beforeAll(async () => {
  await writeSyntheticStudy(workspace.library, large)
  window = await workspace.launch()
}, 240_000)

afterAll(async () => {
  await workspace.disposeAll()
})

const screenshot = (name: string): string => {
  mkdirSync(join('out', 'screenshots'), { recursive: true })
  return join('out', 'screenshots', `${name}.png`)
}

describe('an evaluation log', () => {
  it('is imported from the dialog, and shown as any study is', async () => {
    const { app, page } = window
    await answerDialogs(app, { paths: [workspace.write('published log.csv', log)] })
    await page.getByRole('button', { name: 'New study' }).first().click()
    await page.getByRole('button', { name: /Import an evaluation log/ }).click()
    await page.locator('main h1', { hasText: 'published-log-1' }).waitFor()
    await page.getByText('3 / 3').first().waitFor()
    await page.screenshot({ path: screenshot('imported-log') })
  })

  it('offers nothing that needs networks', async () => {
    const { page } = window
    const toolbar = page.getByRole('toolbar', { name: 'Study' })
    // The log book is a picture.
    await expect.poll(() => toolbar.getByRole('button').allInnerTexts()).toEqual(['', 'Export best'])
    const reason = 'This study is an imported evaluation log: it says what was measured, not how to train the networks.'
    const refused = async (button: Locator): Promise<(string | null)[]> => [
      await button.getAttribute('aria-disabled'),
      await button.getAttribute('title'),
    ]
    expect(await refused(page.getByRole('button', { name: 'Add trial' }))).toEqual(['true', reason])
    await page.locator('tr[data-trial="1"]').click({ button: 'right' })
    for (const name of [/^Inspect/, /^Clone and edit/]) {
      expect(await refused(page.getByRole('menuitem', { name }))).toEqual(['true', reason])
    }
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Decide' }).click()
    await page.getByText('Trials can be confirmed in the study that the log is of.').waitFor()
    await page.getByRole('button', { name: 'Configuration…' }).waitFor()
    await page.getByRole('tab', { name: 'Compare' }).click()
    await page.getByRole('button', { name: /^The best/ }).click()
    await page.getByText('So there are no learning curves').waitFor()
    expect(await page.getByText('The same sample in each network').count()).toBe(0)
    await page.getByRole('tab', { name: 'Watch' }).click()
    await page.getByRole('button', { name: 'New study' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New study' })
    await dialog.getByRole('button', { name: 'From nothing' }).waitFor()
    expect(await dialog.getByRole('button', { name: /^(Fork|Copy) of/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    // Nor is it made where a page asks for it.
    const opened = await callBridge(page, 'openStudy', { id: 'published-log-1' })
    const { definitionYaml: yaml } = opened.ok ? (opened.value as { definitionYaml: string }) : { definitionYaml: '' }
    const copied = await callBridge(page, 'createStudy', { yaml, origin: null, start: false })
    expect(copied).toMatchObject({ ok: false, error: { code: 'study-not-trainable' } })
  })

  it('of a wrong form is refused with the cell that is wrong, and nothing is made of it', async () => {
    const { app, page } = window
    await answerDialogs(app, { paths: [workspace.write('wrong.csv', log.replace('200', 'many'))] })
    const answer = await callBridge(page, 'importLog', null)
    expect(answer).toMatchObject({ ok: false, error: { code: 'log-invalid' } })
    expect(answer.ok ? '' : answer.error.message).toContain('wrong.csv:3:2: map_size: found "many", allowed a number')
    const listed = await callBridge(page, 'listStudies', null)
    const ids = listed.ok ? (listed.value as StudySummary[]).map(({ id }) => id).sort() : []
    expect(ids).toEqual(['published-log-1', 'synthetic-100000-1'])
  })

  it('in per cent is asked about, and what was left out of it is said', async () => {
    const { app, page } = window
    const [names = '', ...rows] = log.trim().split('\n')
    const percent = rows.map((row, index) => `${index},${row.replace(/-0\.(\d+),/, '$1,')}`)
    const paths = [workspace.write('percent.csv', [`,${names}`, ...percent].join('\n').replaceAll(',', ';'))]
    await answerDialogs(app, { paths, message: 'Cancel' })
    expect(await callBridge(page, 'importLog', null)).toMatchObject({ error: { code: 'log-accuracy-unclear' } })
    await answerDialogs(app, { paths, message: 'Import as Per Cent' })
    await page.getByRole('button', { name: 'New study' }).first().click()
    await page.getByRole('button', { name: /Import an evaluation log/ }).click()
    await page.locator('main h1', { hasText: 'percent-1' }).waitFor()
    await page.getByText('Column 1 has no name and was left out').waitFor()
    await page.getByText('0.7500').first().waitFor()
    expect(await shownMessages(app)).toEqual(['Are the accuracies of this log in per cent?'])
    await page.screenshot({ path: screenshot('imported-percent') })
  })

  it('that is large says how far it is, and can be called off: nothing is made of it', async () => {
    const { app, page } = window
    const [names = '', row = ''] = log.split('\n')
    const paths = [workspace.write('large.csv', [names, ...Array<string>(60_000).fill(row), ''].join('\n'))]
    await answerDialogs(app, { paths })
    await page.getByRole('button', { name: 'New study' }).first().click()
    await page.getByRole('button', { name: /Import an evaluation log/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Importing', exact: true })
    await dialog.getByText(/^(Reading the log|Storing the trials): \d/).waitFor()
    await page.screenshot({ path: screenshot('import-progress') })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(readdirSync(workspace.library).filter((name) => /^(large|\.new)/.test(name))).toEqual([])
    await page.getByRole('button', { name: 'New study' }).first().waitFor()
  })

  it('cannot be trained: what to do instead is said', async () => {
    const answer = await callBridge(window.page, 'resumeStudy', { id: 'published-log-1' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'study-not-trainable' } })
    expect(readFileSync(join(workspace.library, 'published-log-1', 'study.yaml'), 'utf8')).toContain('sha256:')
  })
})

describe('a study of 100,000 trials', () => {
  it('opens, shows its last trials, and answers to the keyboard', async () => {
    const { page } = window
    await page
      .getByRole('button', { name: /^synthetic-100000-1/ })
      .first()
      .click()
    await page.locator('main h1', { hasText: 'synthetic-100000-1' }).waitFor()
    await page.getByText('100,000 / 100,000').first().waitFor()
    await page.locator('[data-trial="99999"]').first().waitFor()
    await page.locator('[data-trial="99999"]').first().click()
    await page.locator('[data-tab=selected]').getByText('Trial 99999', { exact: true }).waitFor()
    await page.screenshot({ path: screenshot('100000-trials') })
  }, 120_000)
})
