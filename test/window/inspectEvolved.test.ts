import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { inspectFinished, WindowWorkspace } from './support/testWindow.ts'

const evolving = {
  version: 2,
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons' },
  space: { mutationRate: { type: 'real', low: 0.8, high: 0.9 } },
  silence: { interval: 10, layers: [{ layer: 'population', alpha: 1, beta: 1 }] },
  optimiser: { type: 'sobol' },
  budget: { trials: 2 },
  workers: 1,
}
const iris = {
  ...evolving,
  name: 'evolved-iris',
  dataset: { name: 'iris', trainFraction: 0.6667 },
  fixed: { generations: 8, populationSize: 40 },
}
const cartPole = {
  ...evolving,
  name: 'evolved-cart',
  dataset: { name: 'cart-pole', level: 'easy', episodes: 2 },
  fixed: { generations: 4, populationSize: 30 },
}

// An application of its own for each study.
const workspaces = { iris: new WindowWorkspace(), cartPole: new WindowWorkspace() }
afterAll(async () => {
  await Promise.all(Object.values(workspaces).map((workspace) => workspace.disposeAll()))
})

const compareBoth = async (page: Page): Promise<Locator> => {
  await page.getByRole('tab', { name: 'Compare', exact: true }).click()
  await page.getByRole('button', { name: 'The best 2' }).click()
  return page.locator('[data-page=compare]')
}
const section = (compare: Locator, name: string): Promise<void> =>
  compare.getByRole('tab', { name, exact: true }).click()
const bothOn = (compare: Locator): Locator =>
  compare.getByRole('application', {
    name: /^Spikes of (3 samples|1 episode) over [\d,]+ steps: trial \d [\d,]+, trial \d [\d,]+\./,
  })

describe('the inspect page of networks that evolved', () => {
  it('shows the spikes of samples in steps, the graph with spikes running on it, the evolution, and the answers', async () => {
    const { page } = await inspectFinished(workspaces.iris, iris)
    const view = (name: string) => page.getByRole('tab', { name, exact: true }).click()
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.locator('canvas[data-drawn="10"]').waitFor()
    const axis = page.locator('[aria-roledescription="time axis"]')
    expect(await axis.getAttribute('aria-label')).toMatch(/Spikes of 10 samples over 400 steps: input [\d,]+, /)
    await page.getByRole('button', { name: 'Trace', exact: true }).click()
    await page.locator('canvas[data-traces="1"]').waitFor()
    expect(await page.getByRole('tab', { name: 'Weights', exact: true }).count()).toBe(0)

    await view('Network')
    await page.getByRole('application', { name: /neurons, 8 of them input and 3 output, and \d+ synapses/ }).waitFor()
    await page.getByLabel('Neuron', { exact: true }).selectOption('0')
    await page.getByRole('heading', { name: 'Neuron 0, input 0' }).waitFor()
    await page.getByRole('button', { name: 'A step on' }).click()
    await page.getByText('step 1 of 40').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await page.getByText('step 40 of 40').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()

    await view('Evolution')
    await page.getByText(/^\d generations?: the best score is 0\.\d+/).waitFor()
    await page.getByRole('heading', { name: 'Non-spiking share' }).waitFor()
    await view('Answers')
    await page.getByText(/of 50 samples answered correctly/).waitFor()
    await view('Silence')
    await page.getByRole('heading', { name: 'Non-spiking networks against β' }).waitFor()

    const compare = await compareBoth(page)
    await section(compare, 'Spikes')
    await bothOn(compare).waitFor()
    await section(compare, 'Rates')
    await compare.getByText(/tested on 50 samples/).waitFor()
    await compare.getByRole('row', { name: /^output, ‰/ }).waitFor()
    await section(compare, 'Networks')
    await compare
      .getByRole('img', { name: /^Network of trial \d: \d+ neurons, \d+ synapses$/ })
      .nth(1)
      .waitFor()
    await section(compare, 'Confusion')
    await compare
      .getByRole('img', { name: /^Confusion matrix\./ })
      .nth(1)
      .waitFor()
  })

  it('plays the episodes of one that acts in a task, and shows the graph and the evolution', async () => {
    const { page } = await inspectFinished(workspaces.cartPole, cartPole)
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.getByText(/^Score \d+$/).waitFor()
    await page.getByRole('img', { name: /^cart-pole-easy at step 0 of \d+: position / }).waitFor()
    await page.getByRole('button', { name: 'A step on' }).click()
    await page.getByRole('img', { name: /^cart-pole-easy at step 1 of / }).waitFor()
    await page.getByRole('heading', { name: /^Decision 1: (left|right)$/ }).waitFor()
    await page.getByRole('slider', { name: 'Step of the episode' }).fill('3')
    await page.getByRole('heading', { name: /^Decision 3: / }).waitFor()
    await page.getByRole('heading', { name: 'Pole angle, °' }).waitFor()
    await page.getByLabel('Number of the episode').selectOption('1')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('heading', { name: /^Decision 0: / }).waitFor()
    await page.getByRole('tab', { name: 'Network', exact: true }).click()
    await page.getByRole('application', { name: /neurons, 8 of them input and 2 output/ }).waitFor()
    await page.getByText(/^of episode 1: (left|right)$/).waitFor()
    await page.getByText('step 0 of 40').waitFor()
    await page.getByRole('tab', { name: 'Evolution', exact: true }).click()
    await page.getByText(/^\d generations?: the best score is/).waitFor()
    expect(await page.getByRole('tab', { name: 'Answers', exact: true }).count()).toBe(0)

    const compare = await compareBoth(page)
    await section(compare, 'Spikes')
    await bothOn(compare).waitFor()
    await section(compare, 'Rates')
    await compare.getByText('Networks that act answer no samples').waitFor()
    expect(await compare.getByRole('tab', { name: 'Confusion', exact: true }).count()).toBe(0)
  })
})
