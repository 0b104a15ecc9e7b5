import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import {
  answerDialogs,
  callBridge,
  chooseMenuItem,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()

afterAll(async () => {
  await workspace.disposeAll()
})

const goToLibrary = async ({ page }: TestWindow): Promise<void> => {
  await page.getByRole('button', { name: 'Library' }).first().click()
  await page.getByRole('heading', { name: 'Library' }).waitFor()
}

describe('the library', () => {
  it('is a place of the window: from the sidebar, by its keys, by its command and by the menu', async () => {
    const window = await workspace.launch()
    const { page, app } = window
    const library = page.getByRole('heading', { name: 'Library' })
    await startFromFile(window, workspace.write('quick.yaml', quickStudy))
    await waitForState(page, 'Finished')
    await goToLibrary(window)
    expect(await page.getByRole('button', { name: 'Library' }).first().getAttribute('aria-current')).toBe('page')
    const row = page.locator('tr[data-study="quick-1"]')
    await row.dblclick()
    await library.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+l')
    await library.waitFor()
    await row.click()
    await page.getByRole('toolbar', { name: 'Chosen studies' }).getByRole('button', { name: 'Open' }).click()
    await library.waitFor({ state: 'detached' })
    await chooseMenuItem(app, 'library')
    await library.waitFor()
    await page.getByRole('list', { name: 'Studies' }).getByRole('button', { name: 'quick-1' }).click()
    await library.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search commands and studies' }).fill('go to the library')
    await page.keyboard.press('Enter')
    await library.waitFor()
    await window.close()
  })

  it('manages twenty studies: found, renamed, tagged, archived and back, logged, deleted, as cards', async () => {
    const window = await workspace.launch()
    const { page, app } = window
    await goToLibrary(window)
    for (let copy = 1; copy < 20; copy++) {
      const made = await callBridge(page, 'duplicateStudy', { id: 'quick-1', name: `copy-${copy}` })
      expect(made.ok).toBe(true)
    }
    const rows = page.locator('tr[data-study]')
    await expect.poll(() => page.getByRole('main').getByRole('status').first().innerText()).toMatch(/^20\s/)
    const grid = page.getByRole('grid')
    const toolbar = page.getByRole('toolbar', { name: 'Chosen studies' })

    await page.getByRole('searchbox', { name: 'Search studies' }).fill('copy 7')
    await expect.poll(() => rows.count()).toBe(2)
    await page.locator('tr[data-study="copy-7-1"]').click()
    await grid.press('F2')
    await page.getByRole('textbox', { name: /^Name/ }).fill('Seventh heaven')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.locator('tr[data-study="copy-7-1"]').getByText('Seventh heaven').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('tr[data-study="copy-7-1"]').getByText('copy-7-1').waitFor()

    await toolbar.getByRole('button', { name: 'Tag…' }).click()
    await page.getByRole('combobox', { name: /tags/ }).fill('paper, size ✓')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('size ✓').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox', { name: 'Search studies' }).fill('')
    await page.getByRole('combobox', { name: 'All tags' }).selectOption('paper')
    await expect.poll(() => rows.count()).toBe(1)
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => rows.count()).toBe(20)

    await page.locator('tr[data-study="copy-7-1"]').click()
    await page.getByRole('textbox', { name: 'A line for the log book' }).fill('looked at it twice')
    await page.keyboard.press('Enter')
    const log = page.getByRole('list', { name: 'Log book' })
    await log.getByText('looked at it twice').waitFor()
    await log.getByText('It is tagged paper, size ✓.').waitFor()

    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await page.locator('tr[data-study="copy-1-1"]').click()
    await page.locator('tr[data-study="copy-5-1"]').click({ modifiers: ['Shift'] })
    await toolbar.getByText('5 chosen').waitFor()
    await toolbar.getByRole('button', { name: 'Archive' }).click()
    await expect.poll(() => rows.count()).toBe(15)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => rows.count()).toBe(20)

    await page.locator('tr[data-study="copy-19-1"]').click()
    await answerDialogs(app, { message: 'Do Not Delete' })
    await grid.press('Delete')
    await expect.poll(() => existsSync(join(workspace.library, 'copy-19-1'))).toBe(true)
    await answerDialogs(app, { message: 'Move to the Bin' })
    await grid.press('Delete')
    await expect.poll(() => rows.count()).toBe(19)
    expect(readdirSync(workspace.library)).not.toContain('copy-19-1')

    await page.getByRole('button', { name: 'Cards' }).click()
    const cards = page.locator('[role=option]')
    await expect.poll(() => cards.count()).toBeGreaterThan(5)
    await cards.filter({ hasText: 'quick-1' }).dblclick()
    await page.getByRole('button', { name: 'Log book' }).click()
    await page.getByRole('list', { name: 'Log book' }).getByText('Started.').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+l')
    // The layout is remembered.
    await cards.first().waitFor()
    expect(window.console.filter((line) => line.startsWith('error'))).toEqual([])
  })
})
