import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { callBridge, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch({ tour: true })
})
afterAll(async () => {
  await workspace.disposeAll()
})

describe('a first start', () => {
  it('shows the tour with the first study, once, and by keyboard', async () => {
    const { page } = window
    await startFromFile(window, workspace.write('quick.yaml', quickStudy))
    const tour = page.getByRole('dialog', { name: 'Spiketune in a minute' })
    await tour.waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('heading', { name: 'Your studies' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
    await waitForState(page, 'Finished')
    await page.reload()
    await page.locator('main h1').waitFor()
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })
})

describe('the command palette', () => {
  it('finds commands by their words, and does them', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await palette.getByRole('combobox').fill('dark')
    expect(await palette.getByRole('option').first().innerText()).toContain('Dark theme')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    await expect.poll(() => palette.count()).toBe(0)
  })

  it('says why a command is not possible, and leaves it', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    const stop = page.getByRole('option', { name: /^Study Pause the study now/ })
    expect(await stop.getAttribute('aria-disabled')).toBe('true')
    expect(await stop.getAttribute('title')).toBe('The study does not run.')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
  })

  it('highlights what can be done only, past what cannot', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    // Of a finished study neither the first nor the second can be done.
    await palette.getByRole('combobox').fill('study')
    const highlighted = palette.locator('[role=option][aria-selected=true]')
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
      expect(await highlighted.count()).toBe(1)
      expect(await highlighted.getAttribute('aria-disabled')).toBe('false')
      await page.keyboard.press(key)
    }
    await palette.getByRole('option', { name: /Pause the study now/ }).hover()
    expect(await highlighted.getAttribute('aria-disabled')).toBe('false')
    await palette.getByRole('combobox').fill('pause the study now')
    await expect.poll(() => highlighted.count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => palette.count()).toBe(0)
  })

  it('arranges the watch page by name, and leads to workers and confirmations', async () => {
    const { page } = window
    const choose = async (words: string): Promise<void> => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(words)
      await page.keyboard.press('Enter')
      await expect.poll(() => page.getByRole('dialog', { name: 'Commands' }).count()).toBe(0)
    }
    await choose('confirm the best')
    await page.locator('[data-page=decide]').waitFor()
    await choose('layout search space')
    await page.locator('section[data-view=parallel]').waitFor()
    await choose('view learning curves')
    await page.locator('section[data-view=learning-curves].large').waitFor()
    expect(await page.locator('section[data-view]').count()).toBe(1)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('section[data-view]').count()).toBe(4)
    await choose('devices and workers')
    await page.getByRole('dialog', { name: 'Devices and workers' }).getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
  })
})

describe('the converted datasets', () => {
  it('are listed with their room on the disk, and how much is kept is set for all processes', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('converted')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Converted datasets' })
    await dialog.getByRole('row', { name: /mnist/ }).first().waitFor()
    mkdirSync(join('out', 'screenshots'), { recursive: true })
    await page.screenshot({ path: join('out', 'screenshots', 'dataset-cache.png') })
    const keep = dialog.getByRole('button', { name: 'Set limits' })
    expect(await keep.isDisabled()).toBe(true)
    const days = dialog.getByRole('spinbutton', { name: /days without use/ })
    await days.fill('0')
    expect(await keep.isDisabled()).toBe(true)
    await days.fill('91')
    await keep.click()
    await expect
      .poll(() => callBridge(page, 'datasetCache', { clear: false, limits: null }))
      .toMatchObject({ ok: true, value: { limits: { gigabytes: 30, days: 91 } } })
    await callBridge(page, 'datasetCache', { clear: false, limits: { gigabytes: 30, days: 90 } })
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => dialog.count()).toBe(0)
  })
})

describe('keys', () => {
  it('are not lost right after a dialog closed, and turn no page under an open one', async () => {
    const { page } = window
    const press = (close: boolean, key = '4'): Promise<void> =>
      page.evaluate(
        ([closing, pressed]) => {
          if (closing) document.querySelector('dialog')?.close()
          globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, ctrlKey: true, cancelable: true }))
        },
        [close, key] as const,
      )
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    await press(false)
    expect(await page.locator('[data-page=decide]').count()).toBe(0)
    // The same dialog again, before it has told that it was closed.
    await palette.getByRole('combobox').fill('before')
    await press(true, 'k')
    await expect.poll(() => palette.getByRole('combobox').inputValue()).toBe('')
    expect(await palette.isVisible()).toBe(true)
    await press(true)
    await page.locator('[data-page=decide]').waitFor()
    await expect.poll(() => palette.count()).toBe(0)
    await page.keyboard.press('Control+1')
    await page.locator('[data-page=watch]').waitFor()
  })

  it('turn the pages, hide the list of studies, freeze what is shown', async () => {
    const { page } = window
    await page.keyboard.press('Control+4')
    await page.locator('[data-page=decide]').waitFor()
    await page.keyboard.press('Control+1')
    await page.locator('[data-page=watch]').waitFor()
    await page.keyboard.press('Control+b')
    await expect.poll(() => page.locator('aside').count()).toBe(0)
    await page.keyboard.press('Control+b')
    await page.locator('aside').waitFor()
    await page.keyboard.press('f')
    await page.getByRole('button', { name: 'Frozen – show live' }).click()
  })
})

describe('what a person left', () => {
  it('is there again when the window is: layout, page, selection, width of the panes', async () => {
    const { page } = window
    await page.getByRole('group', { name: 'Layout' }).getByRole('button', { name: 'Early stopping' }).click()
    await page.locator('tr[data-trial]').nth(2).click()
    const selected = await page.locator('tr[aria-selected=true]').getAttribute('data-trial')
    const divider = page.getByRole('separator', { name: 'Width of the details' })
    const before = Number(await divider.getAttribute('aria-valuenow'))
    await divider.press('ArrowLeft')
    await divider.press('ArrowLeft')
    const moved = await divider.getAttribute('aria-valuenow')
    expect(Number(moved)).toBeLessThan(before)
    await expect
      .poll(async () => JSON.stringify(await callBridge(page, 'readPreferences', null)))
      .toContain('"watch.layout":"stopping"')
    await window.close()

    window = await workspace.launch({ tour: true })
    await window.page.locator('main h1').waitFor()
    const layouts = window.page.getByRole('group', { name: 'Layout' })
    expect(await layouts.getByRole('button', { name: 'Early stopping' }).getAttribute('aria-pressed')).toBe('true')
    await window.page.locator(`tr[aria-selected=true][data-trial="${String(selected)}"]`).waitFor()
    const again = window.page.getByRole('separator', { name: 'Width of the details' })
    expect(await again.getAttribute('aria-valuenow')).toBe(moved)
  })
})
