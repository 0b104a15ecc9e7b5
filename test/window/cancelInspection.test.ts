import { afterAll, beforeAll, describe, it } from 'vitest'
import { inspectFinished, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

/** Two trials whose training takes long enough to be cancelled. */
const slowTrials = {
  version: 2,
  name: 'two',
  dataset: { name: 'mnist', trainSamples: 12_000, testSamples: 200 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 500 },
  space: { mapSize: { type: 'integer', low: 300, high: 301 } },
  fixed: { strengthExcitatory: 200, weightNorm: 120, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
  silence: { stopEarly: false, interval: 500, layers: [{ layer: 'excitatory', alpha: 5, beta: 0.05 }] },
  optimiser: { type: 'sobol' },
  budget: { trials: 2 },
  keepNetworks: 1,
  workers: 2,
}

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await inspectFinished(workspace, slowTrials)
})
afterAll(async () => {
  await workspace.disposeAll()
})

const button = (name: string) => window.page.getByRole('button', { name, exact: true })
const header = () => window.page.locator('[data-page=inspect] header')
/** Cancels once the training goes on. */
const cancelTraining = async (): Promise<void> => {
  await header()
    .getByText(/^Training [1-9]/)
    .waitFor()
  await button('Cancel').click()
  await header().getByText('Cancelled', { exact: true }).waitFor()
  await button('Cancel').waitFor({ state: 'detached' })
}

describe('what an inspection does', () => {
  it('is cancelled while the evolution of weights is trained, and the network stays open', async () => {
    const { page } = window
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.locator('canvas[data-drawn="10"]').waitFor()
    await page.getByRole('tab', { name: 'Weights', exact: true }).click()
    await button('Show their evolution').click()
    await cancelTraining()
    await page.locator('[aria-roledescription="grid of receptive fields"][data-drawn]').waitFor()
  })

  it('goes on when it is asked again', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Answers', exact: true }).click()
    await page.getByText('The test on the', { exact: false }).getByText('was cancelled', { exact: false }).waitFor()
    await button('Test it again').click()
    await page.getByText(/of 200 samples answered correctly/).waitFor()
    await header()
      .getByText(/^stored weights/)
      .waitFor()
  })

  it('is cancelled in a comparison while a network is trained again, and the others stay in view', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Compare', exact: true }).click()
    await button('The best 2').click()
    const compare = page.locator('[data-page=compare]')
    await compare.getByRole('tab', { name: 'Spikes', exact: true }).click()
    await button('Train it again').click()
    await compare.getByText(/^Training [1-9]/).waitFor()
    await button('Cancel').click()
    await compare.getByText('Cancelled.', { exact: true }).waitFor()
    await button('Cancel').waitFor({ state: 'detached' })
    await button('Train it again').waitFor()
    await compare
      .getByRole('application', { name: /^Spikes of 3 samples over [\d,]+ ms: trial \d [\d,]+\. / })
      .waitFor()
    await page.getByRole('tab', { name: 'Inspect', exact: true }).click()
  })

  it('is cancelled while a network is trained again, which can then be asked for again', async () => {
    const { page } = window
    const number = page.getByRole('spinbutton', { name: 'Trial' })
    await number.fill((await number.inputValue()) === '0' ? '1' : '0')
    await page.keyboard.press('Enter')
    await button('Train again from its seed').click()
    await cancelTraining()
    await button('Train again from its seed').click()
    await header()
      .getByText(/^trained again from its seed, 12,000 samples/)
      .waitFor()
  })
})
