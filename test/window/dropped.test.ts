import { afterAll, beforeAll, expect, it } from 'vitest'
import { published } from '../core/tennlab/publishedNetwork.ts'
import {
  answerDialogs,
  dropFile,
  shownMessages,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
beforeAll(async () => {
  window = await workspace.launch()
  await window.page.getByText('No studies yet').waitFor()
})
afterAll(async () => {
  await workspace.disposeAll()
})

const studies = () => window.page.locator('ul[aria-label=Studies] button')
const toast = (text: string) => window.page.locator('.toast').filter({ hasText: text })

it('a network in TENNLab’s form that is dropped becomes a study, which judges it as it is', async () => {
  const { page } = window
  await dropFile(page, workspace.write('cart.json', JSON.stringify(published())))
  await page.getByRole('heading', { name: 'cart-1' }).waitFor()
  await page.getByRole('button', { name: 'Start' }).click()
  await waitForState(page, 'Finished')
  await page.getByTestId('done').getByText('1 / 1').waitFor()
  await page.locator('[aria-label="Trials; arrow keys select"] tr[id$="-0"]').getByText('Complete').waitFor()
})

it('a damaged network is refused in words, and changes nothing', async () => {
  const { page } = window
  const damaged = { ...published(), Edges: [{ from: 0, to: 99, values: [1, 1] }] }
  await dropFile(page, workspace.write('damaged.json', JSON.stringify(damaged)))
  await toast('The file could not be imported.').waitFor()
  // That of the import before may still be there.
  await toast('The file could not be imported.').getByRole('button', { name: 'Dismiss' }).click()
  expect(await studies().count()).toBe(1)
  await page.getByRole('heading', { name: 'cart-1' }).waitFor()
})

it('of a network that is for something unknown it is asked what to try it on', async () => {
  const { app, page } = window
  const { Associated_Data: data, ...bare } = published()
  const other = { ...data.other, app_name: 'asteroids' }
  const file = workspace.write('strange.json', JSON.stringify({ ...bare, Associated_Data: { ...data, other } }))
  await answerDialogs(app, { message: 'Cancel' })
  await dropFile(page, file)
  await toast('The file could not be imported.').waitFor()
  expect(await studies().count()).toBe(1)
  await answerDialogs(app, { message: 'cart-pole' })
  await dropFile(page, file)
  await page.getByRole('heading', { name: 'strange-1' }).waitFor()
  expect(await shownMessages(app)).toEqual(['What is this network tried on?'])
  expect(await studies().count()).toBe(2)
})
