import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedStudySchema } from '../../src-core/contracts/window/libraryCalls.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { quickStudy } from './support/definitions.ts'
import { callBridge, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

/** A decoder that is searched, with one choice only: the same in all trials. */
const study = {
  ...quickStudy,
  space: { ...quickStudy.space, decoder: { type: 'categorical', choices: ['all'] } },
  budget: { trials: 6 },
}

const workspace = new WindowWorkspace()
let window: TestWindow
let compared: number[] = []

const page = () => window.page.locator('[data-page=compare]')
const curvesOf = (numbers: readonly number[]) =>
  page().getByLabel(`Learning curves. Train accuracy of ${numbers.map((number) => `trial ${number}`).join(', ')}.`)
const differing = (): Promise<string[]> => page().locator('tbody').nth(1).locator('th[scope=row]').allInnerTexts()

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('quick.yaml', study))
  await waitForState(window.page, 'Finished')
  const answer = await callBridge(window.page, 'openStudy', { id: 'quick-1' })
  if (!answer.ok) throw new Error(answer.error.message)
  const trials = unpackTrials(openedStudySchema.parse(answer.value).trials)
  compared = trials.flatMap(({ number, state }) => (state === 'complete' ? [number] : [])).slice(0, 3)
  await window.page.getByRole('tab', { name: 'Compare', exact: true }).click()
})
afterAll(async () => {
  await workspace.disposeAll()
})

describe('the compare page', () => {
  it('says how trials are chosen, and refuses those that there are not', async () => {
    await page().getByRole('heading', { name: 'No trials to compare' }).waitFor()
    await page().getByLabel('Number of a trial').fill('77')
    await page().getByRole('button', { name: 'Add', exact: true }).click()
    await page().getByRole('alert').getByText('There is no trial 77.').waitFor()
  })

  it('shows three trials side by side: what differs of them only, and their learning curves', async () => {
    expect(compared).toHaveLength(3)
    for (const number of compared) {
      await page().getByLabel('Number of a trial').fill(String(number))
      await window.page.keyboard.press('Enter')
    }
    await page().getByText('3 trials of at most 6').waitFor()
    expect(await page().getByRole('alert').count()).toBe(0)
    for (const number of compared) await page().locator('thead').getByText(`Trial ${number}`, { exact: true }).waitFor()
    expect((await differing()).map((name) => name.split(/\s/)[0]).sort()).toEqual([
      'mapSize',
      'strengthInhibitory',
      'thresholdExcitatoryMv',
    ])
    await page().getByText('(1 are the same)').waitFor()
    await curvesOf(compared).waitFor()
  })

  it('draws each learning curve in the colour that its key and the table have', async () => {
    const found = (): Promise<{ keys: string[]; swatches: string[]; inked: boolean[] }> =>
      curvesOf(compared).evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d')
        const { data = [] } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? {}
        // Thin lines that are not level are a little paler than their colour.
        const isDrawn = (css: string): boolean => {
          const wanted = (css.match(/\d+/g) ?? []).map(Number)
          for (let at = 0; at < data.length; at += 4) {
            if (wanted.every((channel, place) => Math.abs(channel - (data[at + place] ?? 0)) < 32)) return true
          }
          return false
        }
        const lines = canvas.closest('section')?.querySelectorAll('svg line') ?? []
        // Of icons none has a colour of its own.
        const keys = [...lines].map((line) => getComputedStyle(line).stroke)
        const table = document.querySelectorAll('[data-page=compare] thead .swatch')
        const swatches = [...table].map((swatch) => getComputedStyle(swatch).backgroundColor)
        return { keys, swatches, inked: keys.map(isDrawn) }
      })
    await expect.poll(async () => (await found()).inked).toEqual([true, true, true])
    const { keys, swatches } = await found()
    expect(keys).toEqual(swatches)
    expect(new Set(keys).size).toBe(3)
  })

  it('shows the same sample to each network', async () => {
    await page().getByRole('button', { name: 'Show', exact: true }).click()
    for (const number of compared) {
      await page()
        .getByRole('region', { name: `Spikes of trial ${number}` })
        .locator('canvas')
        .first()
        .waitFor()
    }
  })

  it('takes one out, and stays as it is while other pages are looked at', async () => {
    const [first, ...rest] = compared
    await page()
      .getByRole('button', { name: `Take trial ${first} out of the comparison` })
      .click()
    await page().getByText('2 trials of at most 6').waitFor()
    await curvesOf(rest).waitFor()
    expect(await page().getByText(`Trial ${first}`, { exact: true }).count()).toBe(0)
    await window.page.keyboard.press('Control+1')
    await window.page.locator('[data-page=watch]').waitFor()
    await window.page.keyboard.press('Control+3')
    await curvesOf(rest).waitFor()
    await page().getByRole('button', { name: 'Take all out' }).click()
    await page().getByRole('heading', { name: 'No trials to compare' }).waitFor()
  })

  it('takes the best at one click, and shows six trials in a window of 1280 pixels without scrolling sideways', async () => {
    const { app } = window
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
    })
    await window.page.waitForFunction(() => innerWidth === 1280)
    await page()
      .getByRole('button', { name: /^Compare trial/ })
      .first()
      .click()
    await page()
      .getByRole('button', { name: /^Compare trial/ })
      .first()
      .click()
    await page().getByText('2 trials of at most 6').waitFor()
    // Beside those that are compared, the next best.
    await page()
      .getByRole('button', { name: /^Compare trial/ })
      .first()
      .click()
    await page().getByText('3 trials of at most 6').waitFor()
    await page().getByRole('button', { name: 'Take all out' }).click()
    await page().getByRole('button', { name: 'The best 6' }).click()
    await page().getByText('6 trials of at most 6').waitFor()
    const cut = await page()
      .getByRole('region', { name: 'Differences' })
      .evaluate((table) => {
        const ends = [...table.querySelectorAll('thead th')].map((head) => head.getBoundingClientRect().right)
        return {
          heads: ends.length,
          beyond: ends.filter((end) => end > innerWidth).length,
          scrolls: table.scrollWidth > table.clientWidth,
        }
      })
    expect(cut).toEqual({ heads: 6, beyond: 0, scrolls: false })
  })
})

describe('the table of trials', () => {
  it('says how many hyperparameters are hidden for being the same in all trials, and shows them', async () => {
    const { page: watched } = window
    await watched.keyboard.press('Control+1')
    const head = watched.locator('th[data-column="decoder"]')
    await watched.getByRole('button', { name: /^1.constant hyperparameter hidden$/ }).click()
    await head.waitFor()
    await watched.getByRole('button', { name: /^Hide 1.constant hyperparameter$/ }).click()
    await head.waitFor({ state: 'detached' })
  })
})
