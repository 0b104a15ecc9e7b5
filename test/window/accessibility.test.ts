import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './support/accessibility.ts'
import { quickStudy } from './support/definitions.ts'
import { startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

/** Pictures of every screen, for people to look at. */
const pictures = fileURLToPath(new URL('../../out/screenshots', import.meta.url))
const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  window = await workspace.launch()
})
afterAll(async () => {
  await workspace.disposeAll()
})

const check = async (name: string): Promise<void> => {
  await window.page.screenshot({ path: `${pictures}/${name}.png` })
  expect(await accessibilityProblems(window.page), name).toEqual([])
}

describe('every screen can be read by everyone', () => {
  it('the empty library, and the dialog of a new study', async () => {
    const { page } = window
    await page.getByRole('heading', { name: 'No studies yet' }).waitFor()
    await check('empty')
    await page.getByRole('button', { name: 'New study' }).click()
    await page.locator('dialog[open]').waitFor()
    await check('new-study')
    await page.keyboard.press('Escape')
  })

  it.each(['light', 'dark'])('every page of a study, %s', async (theme) => {
    const { page } = window
    if (theme === 'light') {
      await startFromFile(window, workspace.write('quick.yaml', quickStudy))
      await waitForState(page, 'Finished')
    }
    await page.getByRole('button', { name: theme === 'light' ? 'Light theme' : 'Dark theme' }).click()
    await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme)
    await page.getByRole('tab', { name: 'Watch' }).click()
    for (const layout of ['Overview', 'Search space', 'Optimiser', 'Early stopping']) {
      await page.getByRole('group', { name: 'Layout' }).getByRole('button', { name: layout }).click()
      await page.locator('section[data-view]').nth(3).waitFor()
      await check(`watch-${layout.toLowerCase().replace(' ', '-')}-${theme}`)
    }
    for (const name of ['Inspect', 'Compare', 'Decide']) {
      await page.getByRole('tab', { name, exact: true }).click()
      await page.locator(`[data-page=${name.toLowerCase()}]`).waitFor()
      await check(`${name.toLowerCase()}-${theme}`)
    }
    await page.getByRole('tab', { name: 'Compare', exact: true }).click()
    if (theme === 'light') await page.getByRole('button', { name: 'The best 6' }).click()
    const compare = page.locator('[data-page=compare]')
    const parts = {
      Spikes: '[aria-roledescription="time axis"]',
      Rates: 'table',
      Weights: 'canvas',
      Confusion: 'canvas',
    }
    for (const [part, shown] of Object.entries(parts)) {
      await compare.getByRole('tab', { name: part, exact: true }).click()
      await compare.locator(shown).first().waitFor()
      await check(`compare-${part.toLowerCase()}-${theme}`)
    }
  })
})
