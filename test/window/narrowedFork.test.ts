import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { boxAtRest, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
const study = {
  ...quickStudy,
  name: 'broad',
  space: { ...quickStudy.space, decoder: { type: 'categorical', choices: ['all', 'vote'] } },
}

beforeAll(async () => {
  window = await workspace.launch()
  const { app, page } = window
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  await startFromFile(window, workspace.write('broad.yaml', study))
  await waitForState(page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

const command = async (words: string): Promise<void> => {
  const { page } = window
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(words)
  await page.keyboard.press('Enter')
}
const panel = (id: string) => window.page.locator(`[data-view=${id}]`)
/** Their canvas. */
const lines = () => panel('parallel').getByRole('img', { name: /^Parallel coordinates/ })
const drag = async (from: readonly [x: number, y: number], to: readonly [x: number, y: number]): Promise<void> => {
  const { mouse } = window.page
  await mouse.move(...from)
  await mouse.down()
  await mouse.move(...to, { steps: 4 })
  await mouse.up()
}
/** Drags along the axis of a hyperparameter, between two shares of the canvas from its head on. */
const brushAxis = async (name: string, from: number, to: number): Promise<void> => {
  const canvas = await boxAtRest(lines())
  const left = await panel('parallel')
    .getByRole('button', { name: `Axis ${name}` })
    .evaluate((button) => Number.parseFloat(getComputedStyle(button).left))
  const x = canvas.x + left
  await drag([x, canvas.y + canvas.height * from], [x, canvas.y + canvas.height * to])
}
const brushed = async (): Promise<number> =>
  Number.parseInt(
    await window.page.getByRole('list', { name: 'Restrictions' }).getByText('brushed').first().innerText(),
  )
/** Whoever waits for a frame from here on waits until what is returned is called, as where drawings of others come first. */
const holdFrames = async (): Promise<() => Promise<void>> => {
  const held = await window.page.evaluateHandle(() => {
    const waiting: FrameRequestCallback[] = []
    const request = globalThis.requestAnimationFrame
    globalThis.requestAnimationFrame = (callback) => waiting.push(callback)
    return () => {
      globalThis.requestAnimationFrame = request
      for (const callback of waiting) request(callback)
    }
  })
  return () => held.evaluate((release) => release())
}
const bounds = () => window.page.getByRole('list', { name: 'Changed bounds' })
const bound = (name: string) => bounds().locator(`[data-bound="${name}"]`)
const fork = () => window.page.getByLabel('Fork', { exact: true })
const yaml = () => window.page.getByRole('textbox', { name: 'The definition as YAML' })
const close = async (): Promise<void> => {
  await window.page.getByRole('button', { name: 'Close', exact: true }).click()
  await yaml().waitFor({ state: 'detached' })
}

describe('a fork with narrower bounds', () => {
  it('is offered where an axis of a hyperparameter is brushed, and not before', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    const commands = page.getByRole('dialog', { name: 'Commands' })
    await commands.getByRole('combobox').fill('Fork with the brushed bounds')
    const entry = commands.getByRole('option', { name: 'Fork with the brushed bounds' })
    expect(await entry.getAttribute('title')).toContain('Brush an axis of a hyperparameter first')
    expect(await entry.getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Escape')
    await commands.waitFor({ state: 'detached' })
    await command('View: Parallel coordinates')
    await lines().waitFor()
    expect(await page.getByRole('button', { name: 'Fork with these bounds…' }).count()).toBe(0)
  })

  it('opens in the editor with what was brushed of several axes, old beside new, each to be undone', async () => {
    const { page } = window
    await brushAxis('mapSize', 0.35, 0.75)
    await brushAxis('decoder', 0.6, 0.99)
    const within = await brushed()
    expect(within).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Fork with these bounds…' }).click()
    expect(await page.getByRole('tab', { name: 'Search space' }).getAttribute('aria-selected')).toBe('true')
    const [, low = NaN, high = NaN] = (
      /^40 to 120 → (\d+) to (\d+)$/.exec(await bound('mapSize').locator('span').nth(1).innerText()) ?? []
    ).map(Number)
    expect(low).toBeGreaterThan(40)
    expect(high).toBeLessThan(120)
    expect(low).toBeLessThan(high)
    expect(await bound('decoder').locator('span').nth(1).innerText()).toBe('all, vote → all')
    expect(await bounds().getByRole('listitem').count()).toBe(2)
    // What was brushed is what is taken over.
    await fork().getByText(`${within}\u00a0finished trial`, { exact: false }).waitFor()
    await fork().getByText('mapSize outside its bounds', { exact: false }).waitFor()
    expect(await page.getByRole('textbox', { name: 'mapSize: low' }).inputValue()).toBe(String(low))

    await bound('mapSize').getByRole('button', { name: 'Undo mapSize' }).click()
    await bound('mapSize').waitFor({ state: 'detached' })
    expect(await page.getByRole('textbox', { name: 'mapSize: low' }).inputValue()).toBe('40')
    await bound('decoder').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await bound('mapSize').waitFor()
    await close()
  })

  it('is a command, and an entry of the menu of the figure', async () => {
    const { page } = window
    await brushAxis('mapSize', 0.35, 0.75)
    await brushed()
    await command('Fork with the brushed bounds')
    await bound('mapSize').waitFor()
    await close()
    await brushAxis('mapSize', 0.35, 0.75)
    await brushed()
    const canvas = await boxAtRest(lines())
    await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2, { button: 'right' })
    await page.getByRole('menu', { name: 'What is brushed' }).getByRole('menuitem', { name: 'Fork with these' }).click()
    await bound('mapSize').waitFor()
    await close()
  })

  it('takes the bounds of a slice, and runs with the trials that lie in them', async () => {
    const { page } = window
    // Brushed before it is drawn: a hand may be quicker than the queue of drawings.
    const release = await holdFrames()
    await command('View: Slice')
    const slice = panel('slice').getByRole('application', { name: /against strengthInhibitory/ })
    const box = await boxAtRest(slice)
    await page.keyboard.down('Shift')
    await drag([box.x + box.width * 0.55, box.y + 2], [box.x + box.width - 2, box.y + box.height - 2])
    await page.keyboard.up('Shift')
    const within = await brushed()
    await release()
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.5, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Fork with these' }).click()
    expect(await bounds().getByRole('listitem').count()).toBe(1)
    const [, low = NaN] = (
      /^60 to 600 → ([\d.]+) to 600$/.exec(await bound('strengthInhibitory').locator('span').nth(1).innerText()) ?? []
    ).map(Number)
    expect(low).toBeGreaterThan(200)
    await fork().getByText(`${within}\u00a0finished trial`, { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Start fork' }).click()
    await page.getByRole('heading', { name: 'broad-2' }).waitFor()
    await waitForState(page, 'Finished')
    await page
      .getByTestId('done')
      .getByText(`${12 + within} / ${12 + within}`)
      .waitFor()
  })
})
