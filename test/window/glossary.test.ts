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
    // Beside what it means only what is of this study.
    expect((await tip().innerText()).match(/stopping|stopped early/g)).toEqual(['stopping', 'stopped early'])
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

  it('is on the tables and heads of the page of comparisons, whose cells keep their own', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Compare', exact: true }).click()
    const compare = page.locator('[data-page=compare]')
    await compare.getByRole('button', { name: /^The best \d$/ }).click()
    for (const key of ['trialState', 'nonSpikingShare', 'duration', 'inhibition'] as const) {
      await compare.locator(`[data-term=${key}]`).first().hover()
      await tip().getByText(glossary[key].text).waitFor()
      expect(await outside(), key).toBe(0)
      await page.keyboard.press('Escape')
      await tip().waitFor({ state: 'detached' })
    }
    const share = compare.getByRole('row', { name: /^excitatory non-spiking share/ })
    expect(await share.getByRole('cell').first().getAttribute('title')).toBe('At most 5\u00a0% is feasible')
    await compare.getByRole('tab', { name: 'Confusion', exact: true }).click()
    for (const key of ['confusion', 'reference'] as const) {
      await page.keyboard.press('Tab')
      await compare.locator(`span[data-term=${key}]`).focus()
      await tip().getByText(glossary[key].text).waitFor()
    }
    await compare.getByRole('tab', { name: 'Results', exact: true }).click()
    await page.getByRole('tab', { name: 'Watch', exact: true }).click()
  })

  it('is said at an axis of a plot, and not within the plot', async () => {
    const { page } = window
    const history = page.getByRole('region', { name: 'History' }).getByRole('application')
    const box = await history.boundingBox()
    if (box === null) throw new Error('there is no plot')
    const said = page.locator('.plot .tip')
    await page.mouse.move(box.x + 8, box.y + box.height / 2)
    await said.getByText(glossary.accuracy.text).waitFor()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 6)
    await said.getByText(glossary.trial.text).waitFor()
    await page.mouse.move(box.x + box.width / 2, box.y - 30)
    await said.waitFor({ state: 'detached' })
  })

  it('is on the fields of the editor, its headings and its hyperparameters', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From nothing' }).click()
    const at = async (part: string, keys: readonly (keyof typeof glossary)[]): Promise<void> => {
      await page.getByRole('tab', { name: part }).click()
      await page.keyboard.press('Tab')
      for (const key of keys) {
        // What is scrolled into view by that keeps its help.
        await term(key).focus()
        await tip().getByText(glossary[key].text).waitFor()
        expect(await outside(), key).toBe(0)
        await page.keyboard.press('Escape')
        await tip().waitFor({ state: 'detached' })
      }
    }
    await at('Network', ['inhibition', 'assignedClass'])
    await at('Search space', ['hyperparameter', 'threshold', 'theta', 'stdp'])
    await at('Constraints', ['stoppedEarly', 'nonSpikingShare', 'constraint', 'pruning'])
    await at('Optimiser', ['initialDesign', 'success'])
    await at('Budget', ['budget', 'replicate', 'racing', 'keptNetwork'])
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('tab', { name: 'Watch', exact: true }).waitFor()
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
