import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { saveTo, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

const trials = 12
const rows = () => window.page.locator('tr[data-trial]')
const numbers = () => rows().evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-trial'))))
const cells = async (key: string): Promise<string[]> => {
  const index = await window.page
    .locator(`th[data-column="${key}"]`)
    .evaluate((head) => [...(head.parentElement?.children ?? [])].indexOf(head))
  return rows().evaluateAll((all, at) => all.map((row) => row.children[at]?.textContent.trim() ?? ''), index)
}
const sortBy = (key: string, modifiers: 'Shift'[] = []) =>
  window.page.locator(`th[data-column="${key}"] button.title`).click({ modifiers })
const menuItem = (name: string | RegExp) => window.page.getByRole('menuitem', { name })

/** What axe finds wrong with a part of the page. */
const violationsIn = async (selector: string): Promise<string[]> => {
  const { page } = window
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  return page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as {
      axe: { run(part: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run(part)
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  }, selector)
}

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('quick.yaml', quickStudy))
  await waitForState(window.page, 'Finished')
})

afterAll(async () => {
  await workspace.disposeAll()
})

describe('the table of trials in the window', () => {
  it('shows eight rows at least in a window of 1440 by 900, and what trials came to beside what people say', async () => {
    const { app, page } = window
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900)
    })
    await page.waitForFunction(() => innerWidth === 1440)
    const seen = (): Promise<number> =>
      page.getByRole('grid', { name: /^Trials/ }).evaluate((grid) => {
        const [frame, head] = [grid.parentElement, grid.querySelector('thead')]
        if (frame === null || head === null) return 0
        const bottom = frame.getBoundingClientRect().top + frame.clientHeight
        const top = head.getBoundingClientRect().bottom
        return [...grid.querySelectorAll('tr[data-trial]')].filter((row) => {
          const box = row.getBoundingClientRect()
          return box.top >= top - 1 && box.bottom <= bottom + 1
        }).length
      })
    await expect.poll(seen).toBeGreaterThanOrEqual(8)
    const heads = await page.locator('th[data-column]').evaluateAll((all) => all.map((head) => head.dataset['column']))
    expect(heads.slice(0, 8)).toEqual([
      'number',
      'pinned',
      'state',
      'tags',
      'note',
      'objective',
      'silence:excitatory',
      'silence:inhibitory',
    ])
  })

  it('sorts by several columns', async () => {
    await sortBy('state')
    await sortBy('number', ['Shift'])
    await sortBy('number', ['Shift'])
    const states = await cells('state')
    expect(states).toEqual([...states].sort((a, b) => b.localeCompare(a)))
    const order = await numbers()
    const stopped = order.slice(0, states.filter((state) => state === 'Stopped').length)
    expect(stopped).toEqual([...stopped].sort((a, b) => a - b))
    await sortBy('number')
    expect(await numbers()).toEqual(Array.from({ length: trials }, (_, at) => trials - 1 - at))
  })

  it('keeps the trials of a range and a kind in every view, and takes a change back', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Filter mapSize: all' }).click()
    const popover = page.getByRole('dialog', { name: 'Filter mapSize' })
    await popover.getByLabel('From').fill('80')
    await popover.getByLabel('From').press('Enter')
    await page.keyboard.press('Escape')
    const sizes = (await cells('mapSize')).map(Number)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.length).toBeLessThan(trials)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(80)
    await page.getByText(`${sizes.length} of ${trials} trials`).waitFor()
    await page.locator('[aria-label=Legend] [data-kind=stopped]').click()
    expect(new Set(await cells('state'))).toEqual(new Set(['Stopped']))
    await page.getByRole('button', { name: 'Undo the last change of the filter' }).click()
    expect((await numbers()).length).toBe(sizes.length)
  })

  it('saves a filter by name', async () => {
    const { page } = window
    const before = await numbers()
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByLabel('Save the filter as').fill('large maps')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^large maps/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show all' }).click()
    expect((await numbers()).length).toBe(trials)
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('button', { name: /^large maps/ }).click()
    await page.keyboard.press('Escape')
    expect(await numbers()).toEqual(before)
    await page.getByRole('button', { name: 'Show all' }).click()
  })

  it('is gone through and brushed by keys', async () => {
    const { page } = window
    const table = page.getByRole('grid', { name: /^Trials/ })
    await rows().nth(1).click()
    await table.press('Shift+ArrowDown')
    await table.press('Shift+ArrowDown')
    await page.getByText('3 brushed').waitFor()
    await page.getByRole('button', { name: 'Keep only brushed' }).click()
    expect(await numbers()).toEqual([10, 9, 8])
    await page.getByRole('button', { name: 'Show all' }).click()
    await table.press('End')
    await page.locator('tr[data-trial="0"][aria-selected=true]').waitFor()
  })

  it('keeps tags and notes, and leaves a trial out and takes that back', async () => {
    const { page } = window
    await page.locator('tr[data-trial="10"]').click()
    const details = page.getByRole('region', { name: 'Details' })
    await details.getByLabel('Tags').fill('look again')
    await details.getByLabel('Tags').press('Enter')
    await details.getByLabel('Note').fill('few spikes at first')
    await details.getByLabel('Note').press('Tab')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByLabel('Text in notes and tags').fill('FEW SPIKES')
    await page.getByText('1 of 12 trials').waitFor()
    await page.keyboard.press('Escape')
    expect(await numbers()).toEqual([10])
    await page.getByRole('button', { name: 'Show all' }).click()

    await page.locator('tr[data-trial="10"]').click({ button: 'right' })
    await menuItem('Exclude').click()
    await page.locator('tr[data-trial="10"].excluded').waitFor()
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await page.locator('tr[data-trial="10"]:not(.excluded)').waitFor()
  })

  it('clones a trial with other values, each bound checked as it is typed, and runs it', async () => {
    const { page } = window
    await page.locator('tr[data-trial="3"]').click({ button: 'right' })
    await menuItem('Clone and edit…').click()
    const dialog = page.getByRole('dialog', { name: 'Clone trial 3' })
    const mapSize = dialog.getByRole('textbox', { name: 'mapSize' })
    await mapSize.fill('400')
    await dialog.getByText('Allowed: a whole number from 40 to 120.').waitFor()
    const add = dialog.getByRole('button', { name: 'Add the trial' })
    expect(await add.getAttribute('aria-disabled')).toBe('true')
    await mapSize.fill('41')
    expect(await violationsIn('dialog')).toEqual([])
    await add.click()
    await page.locator(`tr[data-trial="${trials}"][data-state=waiting]`).waitFor()
    await page.locator('.toast').getByRole('button', { name: 'Run now' }).click()
    await page.locator(`tr[data-trial="${trials}"]:is([data-state=complete], [data-state=stopped])`).waitFor()
    expect((await cells('mapSize'))[0]).toBe('41')
  })

  it('is saved as CSV as it is shown', async () => {
    const { app, page } = window
    const file = join(workspace.folder, 'trials.csv')
    await saveTo(app, file)
    await sortBy('objective')
    const order = await numbers()
    await page.getByRole('button', { name: 'Save the table as CSV' }).click()
    await page.locator('.toast').getByText(file).waitFor()
    const records: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true })
    expect(records.map(({ number }) => Number(number))).toEqual(order)
    expect(Number(records[0]?.['objective']).toFixed(4)).toBe((await cells('objective'))[0])
  })

  it('has names and roles for those who do not see it', async () => {
    expect(await violationsIn('section:has([role=grid])')).toEqual([])
    expect(await violationsIn('[aria-label="Filter of all views"]')).toEqual([])
    expect(await violationsIn('section[aria-label=Details]')).toEqual([])
  })
})
