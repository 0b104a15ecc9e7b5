import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callChannel } from '../../src-core/contracts/windowChannels.ts'
import { callBridge, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
  const { app, page } = window
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  await page.getByText('No studies yet').waitFor()
  await page.getByRole('button', { name: 'Other studies…' }).click()
  await page.getByRole('button', { name: 'From nothing' }).click()
  await status().getByText('Ready to start').waitFor()
})

afterAll(async () => {
  await workspace.disposeAll()
})

const part = (name: string) => window.page.getByRole('tab', { name })
const yaml = () => window.page.getByRole('textbox', { name: 'The definition as YAML' })
const setting = (path: string) => window.page.locator(`[data-path="${path}"]`).getByRole('textbox')
const status = () => window.page.getByRole('main').getByRole('status').first()
const start = () => window.page.getByRole('button', { name: 'Start', exact: true })
const preview = () => window.page.getByLabel('Preview of the dataset')
const outOfDate = (what: 'preview' | 'estimate') => window.page.getByTestId(`${what}-stale`)
const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const root = element.getRootNode() as Document | ShadowRoot
    return root.activeElement === element
  })
const decorationOf = (target: Locator): Promise<string> =>
  target.evaluate((element) => getComputedStyle(element).textDecoration)

interface Held {
  readonly held: (() => void)[]
  passing: boolean
}

/** Keeps the answers to previews back, until they are let go. */
const holdPreviews = (): Promise<void> =>
  window.app.evaluate(({ ipcMain }, channel) => {
    type Handler = (...given: unknown[]) => unknown
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const handler = handlers.get(channel)
    const kept: Held = { held: [], passing: false }
    Object.assign(globalThis, { kept })
    handlers.set(channel, async (...given) => {
      const answer = await handler?.(...given)
      if (!kept.passing) await new Promise<void>((resolve) => kept.held.push(resolve))
      return answer
    })
  }, callChannel('previewDataset'))
const heldPreviews = (): Promise<number> =>
  window.app.evaluate(() => (globalThis as unknown as { kept: Held }).kept.held.length)
const letGo = (place: number): Promise<void> =>
  window.app.evaluate((_, at) => (globalThis as unknown as { kept: Held }).kept.held[at]?.(), place)
const holdNone = (): Promise<void> =>
  window.app.evaluate(() => {
    const { kept } = globalThis as unknown as { kept: Held }
    kept.passing = true
    for (const go of kept.held) go()
  })

describe('what the editor says of a definition', () => {
  it('is marked as out of date from the first key on, and a late answer is dropped', async () => {
    const { page } = window
    await part('Data').click()
    await setting('dataset.trainSamples').fill('400')
    await setting('dataset.testSamples').fill('100')
    await preview().getByText('400 samples').waitFor()
    await page.getByLabel('Estimate').getByText('400 + 100').waitFor()
    await outOfDate('estimate').waitFor({ state: 'detached' })
    expect(await outOfDate('preview').count()).toBe(0)

    await holdPreviews()
    await setting('dataset.trainSamples').fill('300')
    await outOfDate('preview').getByText('Out of date').waitFor()
    await outOfDate('estimate').getByText('Out of date').waitFor()
    await status().getByText('Reading the dataset…').waitFor()
    await expect.poll(heldPreviews).toBe(1)
    await setting('dataset.trainSamples').fill('200')
    await expect.poll(heldPreviews).toBe(2)
    await letGo(1)
    await preview().getByText('200 samples').waitFor()
    await outOfDate('preview').waitFor({ state: 'detached' })
    await page.getByLabel('Estimate').getByText('200 + 100').waitFor()
    expect(await outOfDate('estimate').count()).toBe(0)
    // The answer of before comes last.
    await letGo(0)
    await callBridge(page, 'listStudies', null)
    expect(await preview().getByText('200 samples').count()).toBe(1)
    await holdNone()
  })

  it('says nothing of a text with problems, and stays where it is while one types', async () => {
    const { page } = window
    await setting('dataset.testSamples').fill('0')
    await outOfDate('preview').getByText('when the definition has no problems').waitFor()
    await page.getByLabel('Estimate').getByText('The estimate comes when the definition has no problems.').waitFor()
    expect(await part('Data').getAttribute('aria-selected')).toBe('true')
    expect(await decorationOf(page.locator('label', { hasText: 'Test samples' }))).toContain('wavy')
    await setting('dataset.testSamples').press('Control+z')
    await status().getByText('Ready to start').waitFor()
    expect(await outOfDate('preview').count()).toBe(0)
  })

  it('is at the heading of a group where a default is wrong; Start goes there', async () => {
    const { page } = window
    await part('Search space').click()
    await page.locator('[data-path="space.mapSize"]').getByRole('button', { name: 'Search' }).click()
    await status().getByText('1 problem').waitFor()
    await part('Study').click()
    await start().click({ force: true })
    const heading = page.getByRole('heading', { name: 'End of the search' })
    await heading.waitFor()
    expect(await decorationOf(heading)).toContain('wavy')
    expect(await decorationOf(page.getByRole('heading', { name: 'Trials', exact: true }))).not.toContain('wavy')
    await page.getByText('Found no end of the search').waitFor()
    expect(await isFocused(setting('budget.trials'))).toBe(true)
    await page.keyboard.type('4')
    await status().getByText('Ready to start').waitFor()
    expect(await decorationOf(heading)).not.toContain('wavy')
  })

  it('opens the tab of the first problem where Start is asked for, though a filter would hide its row', async () => {
    const { page } = window
    await part('Search space').click()
    const low = page.getByRole('textbox', { name: 'mapSize: low' })
    await low.fill('900')
    await page.getByRole('searchbox', { name: 'Find hyperparameters' }).fill('weightNorm')
    const row = page.locator('[data-path="space.mapSize"]')
    await row.getByText('Found 400, allowed a number above low, which is 900.').waitFor()
    expect(await decorationOf(row.locator('.title'))).toContain('wavy')
    await part('Study').click()
    await setting('name').press('Control+Enter')
    await row.waitFor()
    await expect.poll(() => isFocused(page.getByRole('textbox', { name: 'mapSize: high' }))).toBe(true)
    await low.fill('20')
    await status().getByText('Ready to start').waitFor()
  })
})

describe('the text beside the forms', () => {
  const lines = (): Promise<readonly string[]> =>
    yaml().evaluate((content) => [...content.querySelectorAll('.cm-line')].map((line) => line.textContent))

  it('follows the forms with its cursor, its comments and one history', async () => {
    const { page } = window
    await yaml().getByText('name: new-study').click()
    await page.keyboard.press('End')
    await page.keyboard.type(' # mine')
    await part('Data').click()
    const samples = setting('dataset.trainSamples')
    await samples.fill('250')
    await yaml().getByText('trainSamples: 250').waitFor()
    // The cursor is where it was.
    await yaml().focus()
    await page.keyboard.type('!')
    expect((await lines()).find((line) => line.startsWith('name:'))).toBe('name: new-study # mine!')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => samples.inputValue()).toBe('200')
    expect(await lines()).toContain('name: new-study # mine')
  })

  it('changes the forms, and marks what is wrong at its line', async () => {
    const { page } = window
    const line = yaml().locator('.cm-line', { hasText: 'trainSamples' })
    await line.getByText('200').dblclick()
    await page.keyboard.type('0')
    await status().getByText('1 problem').waitFor()
    await expect.poll(() => setting('dataset.trainSamples').inputValue()).toBe('0')
    const marker = await page.locator('.cm-lint-marker-error').boundingBox()
    const marked = await line.boundingBox()
    expect(marker?.y).toBeGreaterThanOrEqual((marked?.y ?? Infinity) - 2)
    expect((marker?.y ?? Infinity) + (marker?.height ?? 0)).toBeLessThanOrEqual(
      (marked?.y ?? 0) + (marked?.height ?? 0) + 2,
    )
    expect(await line.locator('.cm-lintRange-error').innerText()).toBe('0')
    await page.keyboard.press('Control+z')
    await status().getByText('Ready to start').waitFor()
  })

  it('opens at the mistake where it is no YAML and Start is asked for', async () => {
    const { page } = window
    await yaml().getByText('version: 2').click()
    await page.keyboard.press('End')
    await page.keyboard.type(': [')
    await page.getByText('The text is no YAML at the moment.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'YAML', exact: true }).click()
    await yaml().waitFor({ state: 'detached' })
    await start().click({ force: true })
    await expect.poll(() => isFocused(yaml())).toBe(true)
    await page.locator('.cm-lint-marker-error').first().waitFor()
    await page.keyboard.press('Control+z')
    await status().getByText('Ready to start').waitFor()
  })
})
