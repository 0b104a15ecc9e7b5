import { afterAll, describe, expect, it } from 'vitest'
import { WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
afterAll(() => workspace.disposeAll())

/** As the set-up page has them. */
const definition = (name: string) => ({
  version: 2,
  name,
  dataset: { name: 'mnist', trainSamples: 100, testSamples: 50 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 50 },
  space: { mapSize: { type: 'integer', low: 20, high: 40 } },
  optimiser: { type: 'random' },
  budget: { trials: 2 },
})

describe('a file that the application is started with', () => {
  it('is opened in the editor, and so is that of a second start', async () => {
    const first = workspace.write('first.spiketune.yaml', definition('opened-first'))
    const second = workspace.write('second.spiketune.yaml', definition('opened-second'))
    const { page } = await workspace.launch({ study: first })
    await page.locator('.cm-content').getByText('opened-first').waitFor()
    expect(await workspace.startAgain({ study: second })).toBe(0)
    await page.getByText('opened-second').first().waitFor()
  })

  it('says so where there is none', async () => {
    const { page } = await workspace.launch({ user: 'other', study: `${workspace.folder}/gone.spiketune.yaml` })
    await page.getByText('The definition could not be read.').waitFor()
  })
})
