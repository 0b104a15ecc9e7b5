import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formatCost } from '../../src-core/progress/objectiveText.ts'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import {
  callBridge,
  saveTo,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

/** A study whose objective is a cost, with a limit of another. */
const costStudy = {
  version: 2,
  name: 'costs',
  dataset: { name: 'mnist', trainSamples: 64, testSamples: 20 },
  encoding: { type: 'poisson', steps: 10, maximumRateHz: 200 },
  network: {
    type: 'layered',
    layers: [
      { name: 'hidden', type: 'dense' },
      { name: 'output', type: 'dense' },
    ],
  },
  training: { algorithm: 'surrogate-gradient' },
  space: { learningRate: { type: 'real', low: 0.002, high: 0.008 } },
  fixed: { epochs: 1, batchSize: 16, threshold: 0.5, 'hidden.neurons': 30 },
  silence: { stopEarly: false, interval: 32, layers: [{ layer: 'hidden', alpha: 1, beta: 0.5 }] },
  optimiser: { type: 'sobol' },
  budget: { trials: 4 },
  workers: 1,
  objective: { metric: 'spikesPerSample' },
  constraints: [{ metric: 'synapticOperationsPerSample', atMost: 1_000_000 }],
}

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('costs.yaml', costStudy))
  await waitForState(window.page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

const bestCost = async (): Promise<string> => {
  const answer = await callBridge(window.page, 'openStudy', { id: 'costs-1' })
  const { summary } = z.object({ summary: studySummarySchema }).parse(answer.ok ? answer.value : null)
  expect(summary.best?.objective).toBeLessThan(0)
  return formatCost(-(summary.best?.objective ?? NaN))
}

describe('the window of a study of costs', () => {
  it('names its objective where others say accuracy, and draws its limit', async () => {
    const { page } = window
    const panel = page.getByRole('region', { name: 'Spikes per sample against constraints' })
    await panel.getByRole('heading', { name: 'synaptic operations per sample' }).waitFor()
    const labels = await page.locator('[data-view=scatter] option').allInnerTexts()
    expect(labels).toContain('Contour of spikes per sample')
    expect(labels.filter((label) => /accuracy/i.test(label))).toEqual([])
  })

  it('confirms by the cost, and reports it as it was measured', async () => {
    const { page } = window
    const best = await bestCost()
    await page.getByRole('tab', { name: 'Decide' }).click()
    await page.locator('[data-page=decide]').getByText(best, { exact: true }).waitFor()
    await page.getByLabel('How many').fill('1')
    await page.getByLabel('New seeds each').fill('2')
    await page.getByRole('button', { name: 'Confirm', exact: true }).click()
    await page.getByText('2 of 2 networks, finished').waitFor()
    expect(Number((await page.getByTestId('confirmed').innerText()).replaceAll(',', ''))).toBeGreaterThan(1)
    const html = join(workspace.folder, 'report.html')
    await saveTo(window.app, html)
    await page.getByRole('button', { name: 'HTML…' }).click()
    await page.getByText('Report written.').waitFor()
    const report = readFileSync(html, 'utf8')
    expect(report).toContain(`spikes per sample ${best}, trial`)
    expect(report).toContain('Spikes per sample against synaptic operations per sample')
    // Learning curves are of the training, whatever is searched for.
    expect(report.split('<h2>Definition</h2>')[0]?.replaceAll(/train accuracy/gi, '')).not.toMatch(/accuracy/i)
  })
})
