import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { saveTo, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

const panel = (id: string): Locator => window.page.locator(`[data-view=${id}]`)
const chart = (id: string): Locator => panel(id).locator('canvas[aria-roledescription=chart]').first()

/** Shift and drag over shares of a chart's width and height. */
const brush = async (target: Locator, from: readonly [number, number], to: readonly [number, number]) => {
  const box = await target.boundingBox()
  if (box === null) throw new Error('the chart is not shown')
  const { mouse, keyboard } = window.page
  await keyboard.down('Shift')
  await mouse.move(box.x + box.width * from[0], box.y + box.height * from[1])
  await mouse.down()
  await mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 3 })
  await mouse.up()
  await keyboard.up('Shift')
}

const save = async (view: string, button: string, name: string): Promise<Buffer> => {
  const file = join(workspace.folder, name)
  await saveTo(window.app, file)
  const menu = panel(view).getByRole('dialog', { name: 'Save figure' })
  await panel(view).getByRole('button', { name: 'Save figure' }).click()
  await menu.getByRole('button', { name: button, exact: true }).click()
  await window.page.locator('.toast', { hasText: 'Figure saved.' }).getByText(file).waitFor()
  await menu.waitFor({ state: 'hidden' })
  return readFileSync(file)
}

/** How far to the right and down a picture has pixels of a colour, as shares of its size. */
const inkOf = (png: Buffer, colour: string): Promise<{ right: number; bottom: number }> =>
  window.page.evaluate(
    async ([base64, wanted]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const context = Object.assign(document.createElement('canvas'), {
        width: image.width,
        height: image.height,
      }).getContext('2d')
      if (!context) throw new Error('there is no canvas')
      context.drawImage(image, 0, 0)
      const { data, width, height } = context.getImageData(0, 0, image.width, image.height)
      const value = Number.parseInt(wanted.slice(1), 16)
      let right = 0
      let bottom = 0
      for (let at = 0; at < data.length; at += 4) {
        if (((data[at] ?? 0) << 16) + ((data[at + 1] ?? 0) << 8) + (data[at + 2] ?? 0) !== value) continue
        right = Math.max(right, (at / 4) % width)
        bottom = Math.max(bottom, Math.floor(at / 4 / width))
      }
      return { right: right / width, bottom: bottom / height }
    },
    [png.toString('base64'), colour] as const,
  )

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('quick.yaml', quickStudy))
  await waitForState(window.page, 'Finished')
  await chart('history').and(window.page.locator('[data-drawn="12"]')).waitFor()
})

afterAll(async () => {
  await workspace.disposeAll()
})

describe('the charts of a study', () => {
  it('tell their gist to who does not see them', async () => {
    expect(await chart('history').getAttribute('aria-label')).toMatch(/^Accuracy of 12\u00a0trials in their order\. /)
    expect(await chart('timeline').getAttribute('aria-label')).toMatch(/^12\u00a0evaluations on 2\u00a0workers within /)
    await panel('learning-curves').getByText('Show', { exact: true }).waitFor()
    await window.page.waitForFunction(() =>
      /over the training samples of [1-9]\d*\u00a0trials?, 0 of them running/.test(
        document.querySelector('[data-view=learning-curves] canvas')?.getAttribute('aria-label') ?? '',
      ),
    )
  })

  it('brush the trials of a rectangle, and forget them with Escape', async () => {
    const { page } = window
    await brush(chart('history'), [0.02, 0], [0.98, 0.85])
    await page.getByText('12 brushed').waitFor()
    await brush(chart('history'), [0.02, 0], [0.5, 0.85])
    await page.getByText('12 brushed').waitFor({ state: 'detached' })
    await page.getByText(/^\d brushed/).waitFor()
    await chart('history').focus()
    await page.keyboard.press('Escape')
    await page.getByText(/brushed/).waitFor({ state: 'detached' })
  })

  it('go from trial to trial, zoom and show everything by keys', async () => {
    const { page } = window
    await chart('history').focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key)
    await panel('history').locator('[aria-live]', { hasText: 'Trial 1:' }).waitFor()
    const showAll = panel('history').getByRole('button', { name: 'Show everything' })
    await page.keyboard.press('+')
    expect(await showAll.getAttribute('aria-disabled')).toBe('false')
    await page.keyboard.press('0')
    expect(await showAll.getAttribute('aria-disabled')).toBe('true')
  })

  it('are saved as drawings, pictures and data', async () => {
    const svg = (await save('history', 'SVG', 'history.svg')).toString('utf8')
    expect(svg).toContain('width="680" height="416"')
    for (const text of ['Accuracy', 'Trial', 'feasible', 'best feasible so far', '#0072b2', '#d98c00'])
      expect(svg).toContain(text)
    // Printed light, whatever the window's theme; no colour in a form that drawing programs do not know.
    expect(svg).not.toMatch(/(?:fill|stroke)="rgb\([^"]*\//)

    const png = await save('history', 'PNG', 'history.png')
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2125, 1300])

    // The whole chart is in the picture: its right end and its floor, too.
    const { right, bottom } = await inkOf(png, '#b9c0ca')
    expect(right).toBeGreaterThan(0.9)
    expect(right).toBeLessThan(1)
    expect(bottom).toBeGreaterThan(0.8)
    expect(bottom).toBeLessThan(1)

    const rows: string[][] = parse(await save('history', 'Data (CSV)', 'history.csv'))
    expect(rows).toHaveLength(13)
    expect(rows[0]).toEqual([
      'trial',
      'state',
      'startedAfterMs',
      'endedAfterMs',
      'initialDesign',
      'accuracy',
      'bestFeasibleSoFar',
    ])
    const scatter = (await save('scatter', 'SVG', 'scatter.svg')).toString('utf8')
    for (const text of ['excitatory non-spiking share', 'inhibitory non-spiking share', 'β = 5'])
      expect(scatter).toContain(text)
    expect(window.console.filter((line) => line.includes('Content Security Policy'))).toEqual([])
  })
})
