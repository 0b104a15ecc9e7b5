import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toldStudies } from '../support/numbers/studies.ts'
import { quickStudy } from './support/definitions.ts'
import { startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

/** A picture for people, besides the assertions. */
const keep = async (name: string): Promise<void> => {
  const folder = join('out', 'test-results')
  mkdirSync(folder, { recursive: true })
  await window.page.screenshot({ path: join(folder, `${name}.png`) })
}
const panel = (id: string) => window.page.locator(`[data-view="${id}"]`)
const layout = async (name: string): Promise<void> => {
  await window.page.getByRole('group', { name: 'Layout' }).getByRole('button', { name }).click()
}

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('quick.yaml', { ...quickStudy, optimiser: { type: 'scbo', initial: 6 } }))
  await waitForState(window.page, 'Finished')
})

afterAll(async () => {
  await workspace.disposeAll()
})

describe('the search space of a study', () => {
  it('is brushed along parallel axes, and the brush becomes a filter of every view', async () => {
    await layout('Search space')
    const parallel = panel('parallel')
    await parallel.getByRole('button', { name: 'Axes' }).click()
    await parallel.getByLabel('mapSize, brush from').fill('80')
    await parallel.getByLabel('mapSize, brush from').press('Tab')
    await window.page.keyboard.press('Escape')
    const brushed = await parallel.getByText(/^\d+ of 12$/).textContent()
    await parallel.getByRole('button', { name: 'Keep as filter' }).click()
    const left = Number(brushed?.split(' ')[0])
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(12)
    await parallel.getByLabel(new RegExp(`Parallel coordinates: ${left}\\sfinished`)).waitFor()
    await panel('slice')
      .getByLabel(new RegExp(`of ${left}\\strials against mapSize`))
      .waitFor()
    await keep('models-search-space')
  })

  it('is gone through by keys in its slices, for every view', async () => {
    const { page } = window
    const slice = panel('slice').getByLabel(/trials against mapSize/)
    await slice.focus()
    await page.keyboard.press('ArrowRight')
    const said = await panel('slice')
      .getByText(/^Trial \d+: .*mapSize/)
      .textContent()
    const number = /^Trial (\d+):/.exec(said ?? '')?.[1]
    await page
      .getByRole('row', { selected: true })
      .getByText(number ?? '', { exact: true })
      .waitFor()
  })

  it('is modelled: importance with its method, and a map over two hyperparameters that are chosen', async () => {
    const importance = panel('importance')
    await importance.getByLabel(/^Importance\. accuracy: most by/).waitFor()
    // A narrow panel leaves that to those who cannot see how many there are.
    await importance.getByText('from 12 trials').waitFor({ state: 'attached' })
    expect(await importance.getByText(/Sobol indices of the Gaussian processes/).count()).toBe(1)
    const contour = panel('contour')
    await contour.getByLabel('Horizontal axis').selectOption('mapSize')
    await contour.getByLabel('Vertical axis').selectOption('thresholdExcitatoryMv')
    await contour.getByLabel(/predicts over mapSize and thresholdExcitatoryMv.*as in the best trial/).waitFor()
    await contour.getByLabel('Other hyperparameters').selectOption('average')
    await contour.getByLabel(/averaged over \d+ points/).waitFor()
  })
})

describe('models that were fitted', () => {
  it('are there at once when one comes back to them, from a page and from another study', async () => {
    const { page } = window
    const importance = panel('importance').getByLabel(/^Importance\. accuracy: most by/)
    await importance.waitFor()
    // Whatever is written while one is away and comes back: a fit counts its models; a map, which is computed anew, does not.
    await page.evaluate(() => {
      const said: { study: string; text: string }[] = []
      Object.assign(globalThis, { said })
      new MutationObserver(() =>
        said.push({ study: document.querySelector('main h1')?.textContent ?? '', text: document.body.innerText }),
      ).observe(document.body, {
        ...{ subtree: true, childList: true, characterData: true },
      })
    })
    await page.getByRole('tab', { name: 'Decide', exact: true }).click()
    await page.getByText('Confirm the best').first().waitFor()
    await page.getByRole('tab', { name: 'Watch', exact: true }).click()
    await importance.waitFor()
    const other = await toldStudies[0].open(workspace.library)
    const studies = page.locator('[aria-label=Studies] button')
    await studies.filter({ hasText: other.id }).click()
    await page.locator('main h1').getByText(other.id).waitFor()
    await studies.filter({ hasText: 'quick-1' }).click()
    await page.locator('main h1').getByText('quick-1').waitFor()
    await importance.waitFor()
    const said = await page.evaluate(() => (globalThis as unknown as { said: { study: string; text: string }[] }).said)
    const ofTheStudy = said.filter(({ study }) => study === 'quick-1')
    expect(ofTheStudy.length).toBeGreaterThan(1)
    expect(ofTheStudy.flatMap(({ text }) => text.match(/.*(Fitting|Modelling \d).*/g) ?? [])).toEqual([])
  })
})

describe('the optimiser of a study', () => {
  it('shows its trust region: length, counters, and the box that each trial was sought in', async () => {
    await layout('Optimiser')
    await panel('trust-region')
      .getByLabel(/^Side length of the trust region over \d+ trials/)
      .waitFor()
    const box = panel('trust-region-box')
    await box.getByLabel(/trial 11 was sought in/).waitFor()
    await box.getByLabel('Trial of the trust region').fill('0')
    await box.getByLabel(/trial 6 was sought in/).waitFor()
    await panel('silence-boundary')
      .getByLabel(/^Probability that all constraints hold over/)
      .waitFor()
    await keep('models-optimiser')
  })
})

describe('a replay of the stopping rule', () => {
  it('comes to the stops of the study with its own rule, and to none without a limit', async () => {
    await layout('Early stopping')
    const replay = panel('replay')
    const stopped = await window.page.locator('dl', { hasText: 'Stopped early' }).locator('dd').nth(1).textContent()
    expect(Number(stopped)).toBeGreaterThan(0)
    await replay.getByText(`${stopped} → ${stopped}`, { exact: true }).waitFor()
    for (const layer of ['excitatory', 'inhibitory']) {
      await replay.getByRole('slider', { name: `β of the ${layer} layer` }).fill('200')
    }
    await replay.getByText(`${stopped} → 0`, { exact: true }).waitFor()
    await keep('models-replay')
    await replay.getByRole('button', { name: 'As in the study' }).click()
    await replay.getByText(`${stopped} → ${stopped}`, { exact: true }).waitFor()
    expect(window.console.filter((line) => line.startsWith('error'))).toEqual([])
  })
})
