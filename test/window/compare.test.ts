import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openedStudySchema } from '../../src-core/contracts/window/libraryCalls.ts'
import { readNpz } from '../../src-worker/datasets/formats/npz.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { quickStudy } from './support/definitions.ts'
import {
  callBridge,
  saveTo,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

/** A decoder that is searched, with one choice only: the same in all trials. */
const study = {
  ...quickStudy,
  space: { ...quickStudy.space, decoder: { type: 'categorical', choices: ['all'] } },
  budget: { trials: 6 },
  // So that some have to be trained again.
  keepNetworks: 2,
}

const workspace = new WindowWorkspace()
let window: TestWindow
let compared: number[] = []

const page = () => window.page.locator('[data-page=compare]')
const curvesOf = (numbers: readonly number[]) =>
  page().getByLabel(`Learning curves. Train accuracy of ${numbers.map((number) => `trial ${number}`).join(', ')}.`)
const differing = (): Promise<string[]> => page().locator('tbody').nth(1).locator('th[scope=row]').allInnerTexts()

const section = (name: string): Promise<void> => page().getByRole('tab', { name, exact: true }).click()
/** What the axis of all networks says of itself, when it shows the spikes of each of these. */
const axisOf = async (numbers: readonly number[]): Promise<string> => {
  const axis = page().locator('[aria-roledescription="time axis"]')
  const spikes = numbers.map((number) => `trial ${number} [\\d,]+`).join(', ')
  await expect
    .poll(async () => (await axis.count()) === 1 && (await axis.getAttribute('aria-label')))
    .toMatch(new RegExp(`^Spikes of 3 samples over [\\d,]+ ms: ${spikes}\\.`))
  return (await axis.getAttribute('aria-label')) ?? ''
}
const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]?.replaceAll(',', ''))
const trainAgain = (): Promise<void> =>
  page()
    .getByRole('button', { name: /^Train (it|them) again$/ })
    .click()
/** First line of each cell of a row of the figures. */
const figuresOf = async (name: string): Promise<string[]> => {
  const row = page()
    .getByRole('region', { name: /^Against trial/ })
    .getByRole('row', { name: new RegExp(`^${name}`) })
  return (await row.locator('td').allInnerTexts()).map((text) => text.split('\n')[0] ?? '')
}

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
    await page().getByText('(1 is the same)').waitFor()
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

  it('says which networks were not kept, and trains them again', async () => {
    await section('Spikes')
    await page().getByText('Not kept: the network').waitFor()
    await trainAgain()
    await axisOf(compared)
  })

  it('shows the spikes of the same samples on one axis, as many as Inspect does, and saves as many', async () => {
    const label = await axisOf(compared)
    const counts = compared.map((number) => numberIn(label, new RegExp(`trial ${number} ([\\d,]+)`)))
    const file = join(workspace.folder, 'spikes.npz')
    await saveTo(window.app, file)
    await page().getByRole('button', { name: 'Save figure' }).click()
    await page().getByRole('button', { name: 'All spikes (npz)' }).click()
    await window.page.locator('.toast').getByText(file).waitFor()
    const arrays = readNpz(readFileSync(file), ['trial', 'layer', 'presentedSample'], { file, advice: '' })
    const [trial, layer] = [arrays.get('trial'), arrays.get('layer')]
    // Of each network the layers are input, excitatory and inhibitory; the second is in view.
    const saved = compared.map((number, place) =>
      Array.from({ length: trial?.count ?? 0 }, (_, spike) => spike).filter(
        (spike) => trial?.at(spike) === number && layer?.at(spike) === 3 * place + 1,
      ),
    )
    expect(saved.map(({ length }) => length)).toEqual(counts)
    const samples = arrays.get('presentedSample')
    expect(Array.from({ length: samples?.count ?? 0 }, (_, at) => samples?.at(at))).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2])

    const [first = -1] = compared
    await window.page.keyboard.press('Control+2')
    const inspect = window.page.locator('[data-page=inspect]')
    await inspect.getByRole('spinbutton', { name: 'Trial', exact: true }).fill(String(first))
    await window.page.keyboard.press('Enter')
    const axis = inspect.locator('[aria-roledescription="time axis"]')
    await inspect.locator('canvas[data-drawn="10"]').waitFor()
    await inspect.getByLabel(/^Numbers of samples/).fill('0-2')
    await inspect.getByRole('button', { name: 'Show', exact: true }).click()
    await inspect.locator('canvas[data-drawn="3"]').waitFor()
    const own = (await axis.getAttribute('aria-label')) ?? ''
    expect(numberIn(own, /over ([\d,]+) ms/)).toBe(numberIn(label, /over ([\d,]+) ms/))
    expect(numberIn(own, /excitatory ([\d,]+)/)).toBe(counts[0])
  })

  it('has the figures that Inspect has of the same network, and holds the others against a reference', async () => {
    const inspect = window.page.locator('[data-page=inspect]')
    const intervals = await inspect.getByText(/^[\d,]+ intervals, mean /).innerText()
    await inspect.getByRole('tab', { name: 'Neurons', exact: true }).click()
    const silent = await inspect.getByText(/^\d+ of \d+ neurons/).innerText()
    const selectivity = inspect.getByRole('img', { name: /^Selectivity of \d+ neurons: .*median/ })
    const map = (await selectivity.getAttribute('aria-label')) ?? ''
    await window.page.keyboard.press('Control+3')
    await section('Rates')
    await page()
      .getByText(/tested on 200 samples/)
      .waitFor()
    await expect
      .poll(async () => (await figuresOf('excitatory, silent')).every((cell) => /^\d+ of/.test(cell)))
      .toBe(true)
    expect((await figuresOf('excitatory, silent'))[0]).toBe(/^\d+ of \d+/.exec(silent)?.[0])
    const near = async (row: string, known: number): Promise<void> => {
      expect(Number((await figuresOf(row))[0]) / known).toBeCloseTo(1, 2)
    }
    await near('mean interval, ms', numberIn(intervals, /mean ([\d.]+)/))
    await near('CV of intervals', numberIn(intervals, /CV ([\d.]+)/))
    await near('selectivity, median', numberIn(map, /median ([\d.]+)/))
    const [first = -1, second = -1] = compared
    await page()
      .getByRole('heading', { name: `Against trial ${first}` })
      .waitFor()
    await page()
      .getByRole('radio', { name: `Trial ${second} is the reference` })
      .check()
    await page()
      .getByRole('heading', { name: `Against trial ${second}` })
      .waitFor()
    const silentShares = (await figuresOf('excitatory, silent')).map((cell) => {
      const [none = 0, all = 1] = cell.split(' of ').map((text) => Number(text.replaceAll(',', '')))
      return none / all
    })
    const row = page().getByRole('row', { name: /^excitatory, silent/ })
    const difference = 100 * ((silentShares[0] ?? 0) - (silentShares[1] ?? 0))
    const expected = difference === 0 ? 'equal' : `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(1)} pp`
    expect(await row.locator('td').first().locator('span').innerText()).toBe(expected)
    await section('Results')
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

  it('shows six networks on one axis in that window, their weights and what they mistake, and nothing beyond its edge', async () => {
    const six = (
      await page()
        .locator('thead')
        .getByText(/^Trial \d+$/)
        .allInnerTexts()
    ).map((text) => Number(text.slice(6)))
    expect(six).toHaveLength(6)
    const beyond = (): Promise<string[]> =>
      page().evaluate((root) =>
        [...root.querySelectorAll('button, h2, th, td, label, canvas')]
          .filter((one) => one.getBoundingClientRect().right > innerWidth)
          .map((one) => one.textContent),
      )
    await section('Spikes')
    await trainAgain()
    await axisOf(six)
    expect(await beyond()).toEqual([])
    await section('Weights')
    for (const number of six)
      await page()
        .getByRole('img', { name: `Receptive fields of trial ${number}: ` })
        .waitFor()
    expect(await beyond()).toEqual([])
    await section('Confusion')
    expect(
      await page()
        .getByRole('img', { name: /^Confusion matrix\./ })
        .count(),
    ).toBe(6)
    expect(await beyond()).toEqual([])
    // Cells too small for numbers tell theirs at the pointer, and all have one scale.
    await page().getByText('100\u00a0% of each label').waitFor()
    await page()
      .getByRole('img', { name: /^Confusion matrix\./ })
      .first()
      .hover()
    await page()
      .locator('.tip')
      .getByText(/^Label \d, (no )?answer/)
      .waitFor()
    await section('Results')
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
