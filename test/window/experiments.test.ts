import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answerDialogs, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()

afterAll(async () => {
  await workspace.disposeAll()
})

const experiment = (name: string, generations: number) => ({
  version: 1,
  name,
  description: 'Two optimisers that do not learn.',
  study: {
    version: 2,
    name: 'evolved',
    dataset: { name: 'iris' },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    space: { mutationRate: { type: 'real', low: 0.3, high: 1 } },
    fixed: { generations, populationSize: 20 },
    optimiser: { type: 'random' },
    budget: { trials: 2 },
    workers: 1,
  },
  variants: [{ name: 'random' }, { name: 'sobol', change: { optimiser: { type: 'sobol' } } }],
  seeds: [1],
})

describe('experiments in the window', () => {
  /** Opens the file of an experiment, which is then in the library. */
  const open = async ({ app, page }: TestWindow, path: string): Promise<void> => {
    await answerDialogs(app, { paths: [path] })
    await page.getByRole('button', { name: 'New study' }).first().click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
  }

  it('are opened from a file, run, paused and resumed as a whole', async () => {
    const window = await workspace.launch()
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).first().click()
    await page.getByRole('button', { name: 'Start grid-against-search' }).waitFor()
    await page.keyboard.press('Escape')
    // Longer than anybody waits.
    await open(window, workspace.write('endless.yaml', experiment('endless', 100_000)))
    const group = page.locator('[data-experiment="endless"]')
    await group.getByText('0 of 2 studies finished').waitFor()
    await group.getByRole('button', { name: 'Start endless' }).click()
    await group.getByRole('button', { name: 'endless', exact: true }).click()
    const first = group.getByRole('row', { name: 'random' })
    await first.getByRole('button', { name: 'Running' }).waitFor()
    await group.getByRole('button', { name: 'Pause endless' }).click()
    await first.getByRole('button', { name: 'Paused' }).waitFor()
    await group.getByRole('row', { name: 'sobol' }).getByText('waits').waitFor()
    await group.getByRole('button', { name: 'Its studies (endless)' }).click()
    expect(await page.locator('tr[data-study]').count()).toBe(1)
    await group.getByRole('button', { name: 'Resume endless' }).click()
    await first.getByRole('button', { name: 'Running' }).waitFor()
    // Closing the window pauses it: another application may go on with it.
    await window.close()
    const { stdout } = await workspace.run('experiment', '--status', 'endless')
    expect(stdout).toMatch(/random +│ +1 │ paused/)
  })

  it('come to their end, show what each study came to, and lead to it', async () => {
    const window = await workspace.launch({ user: 'second' })
    const { page } = window
    await open(window, workspace.write('duel.yaml', experiment('duel', 5)))
    const group = page.locator('[data-experiment="duel"]')
    await group.getByRole('button', { name: 'Start duel' }).click()
    await group.getByText('2 of 2 studies finished').waitFor()
    await group.getByText('Finished', { exact: true }).waitFor()
    await page.getByText('All studies of duel are finished.').waitFor()
    await group.getByRole('button', { name: 'duel', exact: true }).click()
    await group
      .getByRole('row', { name: 'sobol' })
      .getByRole('button', { name: /^0\.\d{4}/ })
      .click()
    await page.getByRole('tab', { name: 'Watch' }).waitFor()
    expect(await page.title()).toContain('duel-sobol-seed1-1')
    // What was run here is there for the terminal, too.
    expect((await workspace.run('experiment')).stdout).toContain('Experiment duel: 2 of 2 studies finished.')
  })

  it('say what stands in their way: one of that name, a mistake in the file, a study that is gone', async () => {
    const window = await workspace.launch({ user: 'third' })
    const { page } = window
    await open(window, workspace.write('again.yaml', experiment('duel', 5)))
    await page.getByText('There is an experiment "duel" in the library already.').waitFor()
    const wrong = { ...experiment('wrong', 5), variants: [{ name: 'a', change: { optimiser: { type: 'rndom' } } }] }
    await open(window, workspace.write('wrong.yaml', wrong))
    await page.getByText('found "rndom" (variant a)').waitFor()

    expect(
      (await workspace.run('experiment', workspace.write('gone.yaml', experiment('gone', 5)), '--quiet')).code,
    ).toBe(0)
    rmSync(join(workspace.library, 'gone-random-seed1-1'), { recursive: true })
    await page.getByRole('button', { name: 'Library', exact: true }).click()
    await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')))
    const group = page.locator('[data-experiment="gone"]')
    await group.getByText('1 of 2 studies finished, 1 gone').waitFor()
    await group.getByRole('button', { name: 'Make 1 anew of gone' }).click()
    await group.getByText('2 of 2 studies finished').waitFor()
  })
})
