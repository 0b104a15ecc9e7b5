import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { studyComparisonSchema } from '../../src-core/studyComparison/comparison.ts'
import { accessibilityProblems } from './support/accessibility.ts'
import { callBridge, saveTo, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()

const study = (name: string, type: string, seed: number) => ({
  version: 2,
  name,
  dataset: { name: 'iris', trainFraction: 0.6667 },
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons', goals: [] },
  space: { maxSpikes: { type: 'integer', low: 2, high: 12 }, neuronsPerInput: { type: 'integer', low: 2, high: 5 } },
  fixed: { runSteps: 20, generations: 2, populationSize: 20 },
  optimiser: { type },
  budget: { trials: 5 },
  workers: 1,
  seeds: { optimiser: seed },
})

beforeAll(async () => {
  for (const [name, type, seed] of [
    ['drawn', 'random', 1],
    ['drawn', 'random', 2],
    ['even', 'sobol', 1],
  ] as const) {
    const ended = await workspace.run('run', workspace.write('study.yaml', study(name, type, seed)), '--quiet')
    expect(ended.code).toBe(0)
  }
})
afterAll(async () => {
  await workspace.disposeAll()
})

describe('studies side by side', () => {
  it('are chosen in the library, drawn against a cost, held against a target, and saved as figures', async () => {
    const { page, app } = await workspace.launch()
    await page.getByRole('button', { name: 'Library' }).click()
    const compare = page.getByRole('toolbar', { name: 'Chosen studies' }).getByRole('button', { name: 'Compare' })
    await page.getByRole('row').filter({ hasText: 'drawn-1' }).click()
    expect(await compare.getAttribute('aria-disabled')).toBe('true')
    for (const id of ['drawn-2', 'even-1']) {
      await page
        .getByRole('row')
        .filter({ hasText: id })
        .click({ modifiers: ['Control'] })
    }
    await compare.click()
    await page.getByRole('heading', { name: 'Compare studies' }).waitFor()
    await page.getByText('3 studies in 2 groups, by accuracy').waitFor()

    const answer = await callBridge(page, 'compareStudies', {
      studies: ['drawn-1', 'drawn-2', 'even-1'].map((id) => ({ id, group: null })),
    })
    const { studies } = studyComparisonSchema.parse(answer.ok ? answer.value : null)
    expect(studies.map(({ summary, group }) => [summary.id, group])).toEqual([
      ['drawn-1', 0],
      ['drawn-2', 0],
      ['even-1', 1],
    ])
    const best = studies[0]?.summary.best?.objective ?? NaN
    const table = page.getByRole('table', { name: 'Studies' })
    const row = table.getByRole('row').filter({ hasText: 'drawn-1' })
    expect(await row.innerText()).toContain(best.toFixed(4))
    const groups = page.getByRole('table', { name: 'Groups' })
    expect(await groups.getByRole('row').count()).toBe(3)
    expect(await groups.innerText()).toContain('random')

    await page.getByRole('combobox', { name: 'Against' }).selectOption({ label: 'worker time' })
    await page.getByRole('columnheader', { name: 'Worker time to target' }).waitFor()
    const target = page.getByRole('textbox', { name: 'Target' })
    await target.fill('95')
    await page.getByRole('alert').filter({ hasText: 'from 0 to 1' }).waitFor()
    await target.fill('1')
    await groups.getByText('0 of 2').waitFor()
    expect(await row.innerText()).toContain('never')
    await target.fill('')

    const file = join(workspace.folder, 'progress.svg')
    await saveTo(app, file)
    await page.getByRole('region', { name: 'Progress' }).getByRole('button', { name: 'Save figure' }).click()
    await page.getByRole('dialog', { name: 'Save figure' }).getByRole('button', { name: 'SVG' }).click()
    await page.getByText('Figure saved.').waitFor()
    const svg = readFileSync(file, 'utf8')
    expect(svg).toContain('Worker time')
    expect(svg).toContain('as far as the shortest study of each group')
    await page.getByRole('table', { name: 'Optimum found' }).getByText('maxSpikes').waitFor()
    await page.getByRole('table', { name: 'What differs in their definitions' }).getByText('sobol').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })

  it('stay when one of them goes, which is said in its row, and it is back when it is there again', async () => {
    const { page } = await workspace.launch({ user: 'other' })
    await page.getByRole('button', { name: 'Library' }).click()
    await page.getByRole('row').filter({ hasText: 'drawn-1' }).click()
    await page
      .getByRole('row')
      .filter({ hasText: 'even-1' })
      .click({ modifiers: ['Control'] })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('compare the studies')
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Studies' })
    await table.getByRole('row').filter({ hasText: 'Finished' }).nth(1).waitFor()
    const [folder, aside] = [join(workspace.library, 'even-1'), join(workspace.folder, 'aside')]
    renameSync(folder, aside)
    await table.getByText('Left out: There is no study').waitFor()
    expect(await table.getByRole('row').filter({ hasText: 'Finished' }).count()).toBe(1)
    renameSync(aside, folder)
    await table.getByText('Left out').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Model the studies' }).click()
    await page.getByRole('table', { name: 'Importance' }).getByText('neuronsPerInput').first().waitFor()
  })
})
