import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { glossary, sortedTerms } from '../../src-core/glossary/glossary.ts'
import { quickStudy } from './support/definitions.ts'
import { startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
  await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  await startFromFile(window, workspace.write('quick.yaml', quickStudy))
  await waitForState(window.page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

const tip = () => window.page.getByRole('tooltip')
const term = (key: keyof typeof glossary): Locator => window.page.locator(`[data-term=${key}]`).first()

/** By how much the tip leaves the window, CSS pixels. */
const outside = (): Promise<number> =>
  tip().evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return Math.max(0, -left, -top, right - innerWidth, bottom - innerHeight)
  })

describe('help on terms', () => {
  it('stands beside the term at the pointer, whole also at the edge of the window, and moves nothing', async () => {
    const { page } = window
    const saved = page.locator('header dl [data-term=timeSaved]')
    const before = await saved.boundingBox()
    await saved.hover()
    await tip().waitFor()
    expect(await tip().innerText()).toContain(glossary.timeSaved.text)
    expect(await outside()).toBe(0)
    expect(await saved.boundingBox()).toEqual(before)
    // What is said can be reached by the pointer, and goes when that leaves.
    await tip().hover()
    await tip().waitFor()
    await page.mouse.move(5, 400)
    await tip().waitFor({ state: 'detached' })
  })

  it('comes with the focus, describes the term, and goes by Escape, which does nothing else', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Enlarge' }).first().click()
    const name = term('nonSpikingShare')
    // A key first, so that the focus is one of the keyboard.
    await page.keyboard.press('Tab')
    await name.focus()
    await tip().waitFor()
    expect(await tip().innerText()).toContain(glossary.nonSpikingShare.text)
    expect(await name.getAttribute('aria-describedby')).toBe(await tip().getAttribute('id'))
    await page.keyboard.press('Escape')
    await tip().waitFor({ state: 'detached' })
    expect(await name.getAttribute('aria-describedby')).toBeNull()
    await page.getByRole('button', { name: 'Show all panels' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Enlarge' }).first().waitFor()
  })

  it('is on what the pages say, in the dark too', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Dark' }).click()
    for (const key of ['stoppedEarly', 'timeLeft', 'constraint', 'accuracy', 'hyperparameter'] as const) {
      await term(key).scrollIntoViewIfNeeded()
      await term(key).hover()
      await tip().getByText(glossary[key].text).waitFor()
      expect(await outside(), key).toBe(0)
      await page.keyboard.press('Escape')
      await tip().waitFor({ state: 'detached' })
    }
  })

  it('is gathered in a dialog with a search', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('glossary')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Glossary' })
    await dialog.waitFor()
    expect(await dialog.locator('dt').allInnerTexts()).toEqual(sortedTerms.map((entry) => entry.term))
    await dialog.getByRole('searchbox').fill('ARD')
    await dialog.locator('dt').getByText('Lengthscale').waitFor()
    await dialog.getByRole('searchbox').fill('no such thing')
    await dialog.getByText('No term is called so.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})

describe('what the window says of the non-spiking share', () => {
  it('is its one name, on every page', async () => {
    const { page } = window
    for (const name of ['Watch', 'Inspect', 'Compare', 'Decide']) {
      await page
        .getByRole('tab', { name, exact: true })
        .or(page.getByRole('button', { name, exact: true }))
        .first()
        .click()
      const text = await page.locator('body').evaluate((body) => {
        const labels = [...body.querySelectorAll('[aria-label], [title]')].map(
          (element) => `${element.getAttribute('aria-label') ?? ''} ${element.getAttribute('title') ?? ''}`,
        )
        return [body.textContent, ...labels].join('\n')
      })
      expect(
        text.match(/silence:\w+|silent (?:excitatory|inhibitory|samples)|share of (?:silent|non-spiking)/g),
        name,
      ).toBeNull()
    }
  })
})
