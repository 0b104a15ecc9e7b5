import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import { answerDialogs, callBridge, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
/** Of each trial no network takes so little time that this were done in a day. */
const endless = { ...quickStudy, name: 'endless', budget: { trials: 100_000_000 } }

beforeAll(async () => {
  window = await workspace.launch()
  await window.page.getByText('No studies yet').waitFor()
})
afterAll(async () => {
  await workspace.disposeAll()
})

const question = () => window.page.getByRole('dialog', { name: 'Start endless?' })
const studies = async (): Promise<number> => {
  const answer = await callBridge(window.page, 'listStudies', null)
  return answer.ok ? (answer.value as unknown[]).length : NaN
}

describe('a start of days', () => {
  it('is asked for in the editor, with the time and what to do', async () => {
    const { app, page } = window
    await answerDialogs(app, { paths: [workspace.write('endless.yaml', endless)] })
    await page.getByRole('button', { name: 'Other studies…' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    // At once: the question waits for the measurement, whoever began it.
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    const time = question().getByTestId('long-start-time')
    expect(await time.innerText()).toMatch(/^≈ [\d,]+\sd \d+\sh/)
    await question().getByText('of its 100,000,000 are done in a day').waitFor()
    await question().getByText('with 2\u00a0workers').waitFor()
    await question().getByRole('button', { name: 'Not now' }).click()
    await question().waitFor({ state: 'detached' })
    expect(await studies()).toBe(0)
  })

  it('is not asked for where it has become short', async () => {
    const { page } = window
    await page.getByRole('tab', { name: 'Budget' }).click()
    await page.locator('[data-path="budget.trials"]').getByRole('textbox').fill('12')
    await page.getByRole('main').getByText('Ready to start').waitFor()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await waitForState(page, 'Finished')
    expect(await studies()).toBe(1)
  })

  it('is asked for where a study that was created paused starts, by button and by palette', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    await page.getByRole('button', { name: 'Create paused' }).click()
    await waitForState(page, 'New')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await question().getByText('on this machine, with').waitFor()
    await page.keyboard.press('Escape')
    await question().waitFor({ state: 'detached' })
    await waitForState(page, 'New')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('Start the study')
    await page.keyboard.press('Enter')
    await question().getByText('on this machine, with').waitFor()
    await question().getByRole('button', { name: 'Start all the same' }).click()
    await waitForState(page, 'Running')
    // What runs already is paused and resumed without a question.
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await waitForState(page, 'Paused')
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')
    expect(await question().count()).toBe(0)
  })
})
