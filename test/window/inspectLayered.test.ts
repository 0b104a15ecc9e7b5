import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectFinished, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

/** One small network of convolution, pool and dense layers, with a limit of what it costs. */
const layered = {
  version: 2,
  name: 'layered',
  dataset: { name: 'mnist', trainSamples: 200, testSamples: 60 },
  encoding: { type: 'poisson', steps: 20, maximumRateHz: 200 },
  network: {
    type: 'layered',
    layers: [
      { name: 'conv1', type: 'conv', delays: true },
      { name: 'pool1', type: 'pool' },
      { name: 'output', type: 'dense' },
    ],
  },
  training: { algorithm: 'surrogate-gradient' },
  space: { learningRate: { type: 'real', low: 0.004, high: 0.006 } },
  fixed: { epochs: 1, batchSize: 16, threshold: 0.5, 'conv1.filters': 4, 'conv1.kernel': 5 },
  silence: { stopEarly: false, interval: 50, layers: [{ layer: 'conv1', alpha: 5, beta: 0.1 }] },
  constraints: [{ metric: 'spikesPerSample', atMost: 100_000 }],
  optimiser: { type: 'sobol' },
  budget: { trials: 2 },
  workers: 1,
}

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await inspectFinished(workspace, layered)
})

afterAll(async () => {
  await workspace.disposeAll()
})

const view = (name: string) => window.page.getByRole('tab', { name, exact: true }).click()

describe('the inspect page of a layered network', () => {
  it('shows the spikes of every layer, those that are chosen, and a potential without a unit', async () => {
    const { page } = window
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.locator('canvas[data-drawn="10"]').waitFor()
    const axis = page.locator('[aria-roledescription="time axis"]')
    expect(await axis.getAttribute('aria-label')).toMatch(
      /Spikes of 10 samples over 200 ms: input [\d,]+, conv1 [\d,]+, pool1 [\d,]+, output [\d,]+\./,
    )
    await page.getByRole('button', { name: 'Layers 4', exact: true }).click()
    await page.getByRole('checkbox', { name: /conv1/ }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Layers 3 of 4', exact: true }).waitFor()
    expect(await axis.getAttribute('aria-label')).not.toContain('conv1')
    await page.getByRole('button', { name: 'Trace', exact: true }).click()
    await page.locator('canvas[data-traces="1"]').waitFor()
  })

  it('shows the kernels of a convolution with their delays, and the fields of a dense layer', async () => {
    const { page } = window
    await view('Weights')
    const grid = page.getByRole('application', { name: /Weights onto 4 channels of the layer conv1/ })
    await grid.waitFor()
    await page.getByText('4 kernels of 25 weights').waitFor()
    await page.getByText('Axonal delays').waitFor()
    await page.getByLabel('Projection', { exact: true }).selectOption({ label: 'pool1 → output' })
    await page.getByText('10 fields of 576 weights').waitFor()
    await page.getByRole('button', { name: 'Show their evolution' }).click()
    await page.getByText(/^200 samples, training accuracy/).waitFor()
  })

  it('has maps of a layer by channel, and what it answers', async () => {
    const { page } = window
    await view('Neurons')
    await page.getByLabel('Layer', { exact: true }).selectOption('conv1')
    await page.getByText(/of 2,304 neurons/).waitFor()
    await page.getByRole('heading', { name: 'Silent neurons of a channel' }).waitFor()
    await view('Answers')
    await page.getByText(/of 60 samples answered correctly/).waitFor()
  })

  it('says what the study limits', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Watch', exact: true }).click()
    await page.getByRole('heading', { name: 'Limits' }).waitFor()
    await page.getByText('at most 100,000').waitFor()
  })
})

describe('the compare page of layered networks', () => {
  it('shows their kernels and fields in one scale, and the spikes of every layer on one axis', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Compare', exact: true }).click()
    await page.getByRole('button', { name: 'The best 2' }).click()
    const compare = page.locator('[data-page=compare]')
    await compare.getByRole('tab', { name: 'Weights', exact: true }).click()
    await compare
      .getByRole('img', { name: /^Kernels of trial \d: 4.channels$/ })
      .nth(1)
      .waitFor()
    await compare.getByLabel('Weights that are compared').selectOption({ index: 1 })
    await compare
      .getByRole('img', { name: /^Receptive fields of trial \d: 10.neurons$/ })
      .nth(1)
      .waitFor()
    await compare.getByRole('tab', { name: 'Spikes', exact: true }).click()
    await compare.getByLabel('Layer of the spikes').selectOption('all')
    const ofOne = (number: string): string =>
      ['input', 'conv1', 'pool1', 'output'].map((layer) => `trial ${number} ${layer} [\\d,]+`).join(', ')
    await compare
      .getByRole('application', {
        name: new RegExp(`^Spikes of 3 samples over 60 ms: ${ofOne('\\d')}, ${ofOne('\\d')}`),
      })
      .waitFor()
  })
})
