import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  // As on a machine without a graphics driver that works: the software that stands in for one is off too.
  window = await workspace.launch({ switches: ['--disable-gpu', '--disable-software-rasterizer'] })
  await startFromFile(window, workspace.write('quick.yaml', { ...quickStudy, budget: { trials: 2 } }))
  await waitForState(window.page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

/** Drawn pixels of the raster. */
const drawnPixels = (): Promise<number> =>
  window.page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.glass')
    const context = canvas?.getContext('2d')
    if (!canvas || !context) throw new Error('the raster is not on a two-dimensional canvas')
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let drawn = 0
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) drawn += 1
    return drawn
  })

describe('without WebGL', () => {
  it('spikes are drawn on a two-dimensional canvas, and zoomed', async () => {
    const { page } = window
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull()
    await page.getByRole('tab', { name: 'Inspect', exact: true }).click()
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.locator('canvas.glass[data-renderer="canvas"][data-drawn]').waitFor()
    await page.locator('canvas[data-drawn="10"]').waitFor()
    await expect.poll(drawnPixels).toBeGreaterThan(500)
    const whole = await drawnPixels()
    await page.getByTitle('Zoom in (+)', { exact: true }).click()
    await expect.poll(drawnPixels).not.toBe(whole)
    expect(await page.getByText(/graphics card was lost/).count()).toBe(0)
    expect(window.console.filter((line) => line.startsWith('error'))).toEqual([])
  })
})
