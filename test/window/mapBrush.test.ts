import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedStudySchema } from '../../src-core/contracts/window/libraryCalls.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { quickStudy } from './support/definitions.ts'
import {
  boxAtRest,
  callBridge,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
beforeAll(async () => {
  window = await workspace.launch()
  const { app, page } = window
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
  // Two hyperparameters alone, so that the map is of both.
  const { mapSize, strengthInhibitory } = quickStudy.space
  const fixed = { ...quickStudy.fixed, thresholdExcitatoryMv: -55 }
  const study = { ...quickStudy, name: 'map', space: { mapSize, strengthInhibitory }, fixed }
  await startFromFile(window, workspace.write('map.yaml', study))
  await waitForState(page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

const map = () => window.page.locator('[data-view=contour]').getByRole('application')
const brushed = () => window.page.getByRole('list', { name: 'Restrictions' }).getByText(/\d brushed/)
const rows = () => window.page.locator('[aria-label="Trials; arrow keys select"] tbody tr[id]')
/** What the fork's editor says that a hyperparameter is narrowed to. */
const boundsOf = async (name: string): Promise<readonly [low: number, high: number]> => {
  const text = await window.page.locator(`[data-bound="${name}"] span`).nth(1).innerText()
  const [low = NaN, high = NaN] = (/→ ([\d.]+) to ([\d.]+)$/.exec(text) ?? []).slice(1).map(Number)
  return [low, high]
}

describe('a brush in the map of two hyperparameters', () => {
  it('holds the trials within it by both, is there after the editor, and leaves them alone as a filter', async () => {
    const { page } = window
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('View: Contour')
    await page.keyboard.press('Enter')
    await expect.poll(() => map().getAttribute('data-drawn')).toBe('12')
    const box = await boxAtRest(map())
    await page.keyboard.down('Shift')
    await page.mouse.move(box.x + box.width * 0.35, box.y + 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 2, box.y + box.height * 0.65, { steps: 4 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    const count = Number.parseInt(await brushed().innerText())

    await page.getByRole('button', { name: 'Fork with these bounds…' }).click()
    const [size, strength] = [await boundsOf('mapSize'), await boundsOf('strengthInhibitory')]
    const answer = await callBridge(page, 'openStudy', { id: 'map-1' })
    if (!answer.ok) throw new Error(answer.error.message)
    const isIn = (value: unknown, [low, high]: readonly [number, number]): boolean =>
      Number(value) >= low && Number(value) <= high
    const within = unpackTrials(openedStudySchema.parse(answer.value).trials)
      .filter(({ configuration }) => isIn(configuration['mapSize'], size))
      .filter(({ configuration }) => isIn(configuration['strengthInhibitory'], strength))
      .map(({ number }) => number)
    expect(within.length).toBe(count)
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(12)

    await page.getByRole('button', { name: 'Close', exact: true }).click()
    expect(Number.parseInt(await brushed().innerText())).toBe(count)
    await page.getByRole('button', { name: 'Keep only brushed' }).click()
    await page.getByText(`${count} of 12 trials`).waitFor()
    const ids = await rows().evaluateAll((all) => all.map(({ id }) => Number(/-(\d+)$/.exec(id)?.[1])))
    expect(ids.sort((a, b) => a - b)).toEqual(within)
  })
})
