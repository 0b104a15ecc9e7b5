import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import { quickStudy } from './support/definitions.ts'
import { callBridge, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
  const study = { ...quickStudy, name: 'repeated', budget: { trials: 4 }, replicates: 3 }
  await startFromFile(window, workspace.write('repeated.yaml', study))
  await waitForState(window.page, 'Finished')
})
afterAll(async () => {
  await workspace.disposeAll()
})

const best = async () => {
  const answer = await callBridge(window.page, 'openStudy', { id: 'repeated-1' })
  const { summary } = z.object({ summary: studySummarySchema }).parse(answer.ok ? answer.value : null)
  if (summary.best?.standardError === undefined) throw new Error('the best trial has several replicates')
  return {
    number: summary.best.number,
    text: `${summary.best.objective.toFixed(4)} ± ${summary.best.standardError.toFixed(4)}`,
  }
}

describe('the window of a study of replicates', () => {
  it('shows how sure means are in the details of a trial, and of how many trainings', async () => {
    const { page } = window
    const { number, text } = await best()
    await page.locator(`tr[data-trial="${number}"]`).click()
    const shown = page.getByTestId('accuracy')
    await expect.poll(async () => (await shown.innerText()).trim()).toBe(text)
    await page.getByText('mean ± standard error of 3 replicates').waitFor()
    expect(await page.locator('th[data-column="objectiveStandardError"]').count()).toBe(1)
  })

  it('says of an inspected network that it is the first one', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Inspect' }).click()
    expect(await page.getByTestId('first-replicate').innerText()).toBe('network of the first replicate')
  })
})
