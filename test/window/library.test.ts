import { afterAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { chooseMenuItem, startFromFile, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()

afterAll(async () => {
  await workspace.disposeAll()
})

describe('the library', () => {
  it('is a place of the window: from the sidebar, by its keys, by its command and by the menu', async () => {
    const window = await workspace.launch()
    const { page, app } = window
    const library = page.getByRole('heading', { name: 'Library' })
    await startFromFile(window, workspace.write('quick.yaml', quickStudy))
    await page.getByRole('button', { name: 'Library' }).click()
    await library.waitFor()
    expect(await page.getByRole('button', { name: 'Library' }).getAttribute('aria-current')).toBe('page')
    const row = page.getByRole('row').filter({ hasText: `${quickStudy.name}-1` })
    await row.dblclick()
    await page.getByRole('tab', { name: 'Watch' }).waitFor()
    await library.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+l')
    await library.waitFor()
    await row.click()
    await page.keyboard.press('Tab')
    await page.getByRole('toolbar', { name: 'Chosen studies' }).getByRole('button', { name: 'Open' }).click()
    await library.waitFor({ state: 'detached' })
    await chooseMenuItem(app, 'library')
    await library.waitFor()
    await page.getByRole('button', { name: `${quickStudy.name}-1` }).click()
    await library.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('library')
    await page.keyboard.press('Enter')
    await library.waitFor()
  })
})
