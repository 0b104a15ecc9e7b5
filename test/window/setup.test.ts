import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quickStudy } from './support/definitions.ts'
import {
  answerDialogs,
  callBridge,
  type TestWindow,
  waitForDone,
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

const part = (name: string) => window.page.getByRole('tab', { name })
/** The text as its editor shows it. */
const yaml = () => window.page.getByRole('textbox', { name: 'The definition as YAML' })
const setting = (path: string) => window.page.locator(`[data-path="${path}"]`)
const status = () => window.page.getByRole('main').getByRole('status').first()

describe('the dialog of a new study', () => {
  it('has what fits here first, every way to begin in sight, and asks before days', async () => {
    const { app, page } = window
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
    await page.getByRole('button', { name: 'New study' }).click()
    const dialog = page.getByRole('dialog', { name: 'New study' })
    expect(await dialog.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'The demo, some minutes',
      'Minutes, or an hour at most',
      'Hours',
      'Days',
      'Experiments, several studies each',
    ])
    expect(await dialog.getByRole('listitem').first().innerText()).toContain('mnist-stdp-small')
    for (const name of ['From nothing', 'From a YAML file…', 'Import an evaluation log or a network…', 'Cancel']) {
      const box = await dialog.getByRole('button', { name }).boundingBox()
      expect(box, name).not.toBeNull()
      expect((box?.y ?? Infinity) + (box?.height ?? 0), name).toBeLessThanOrEqual(800)
    }
    const away = dialog.getByRole('listitem').filter({ hasText: 'nmnist-slayer-small' })
    await away.getByText('Get them from Garrick Orchard').waitFor()
    expect(await away.getByRole('button', { name: 'Start' }).count()).toBe(0)

    const start = dialog.getByRole('button', { name: 'Start mnist-slayer', exact: true })
    await start.click()
    const question = page.getByRole('dialog', { name: 'Start mnist-slayer?' })
    await question.getByText('takes days').waitFor()
    expect(await callBridge(page, 'listStudies', null)).toEqual({ ok: true, value: [] })
    await question.getByRole('button', { name: 'Not now' }).click()
    await question.waitFor({ state: 'detached' })
    await start.waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})

describe('the editor of a study', () => {
  it('makes a definition from nothing by forms, and follows the text', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From nothing' }).click()
    await status().getByText('Ready to start').waitFor()

    await setting('name').getByRole('textbox').fill('by-forms')
    await part('Data').click()
    await setting('dataset.trainSamples').getByRole('textbox').fill('400')
    await setting('dataset.testSamples').getByRole('textbox').fill('100')
    await page.getByLabel('Preview of the dataset').getByText('400 samples').waitFor()
    expect(await page.getByRole('list', { name: 'Samples' }).getByRole('listitem').count()).toBe(12)
    await page.getByText('The dataset as a whole').click()
    await page.getByText('10: 0 (5,923), 1 (6,742)').waitFor()

    await part('Search space').click()
    const map = page.locator('[data-path="space.mapSize"]')
    await map.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('textbox', { name: 'mapSize: high' }).fill('60')
    await yaml().getByText('mapSize: { type: integer, low: 20, high: 60 }').waitFor()
    await status().getByText('1 problem').waitFor()

    await part('Budget').click()
    await setting('budget.trials').getByRole('textbox').fill('4')
    await status().getByText('Ready to start').waitFor()

    await yaml().getByText('name: by-forms').click()
    await page.keyboard.press('End')
    await page.keyboard.type('-too')
    await part('Study').click()
    await expect.poll(() => setting('name').getByRole('textbox').inputValue()).toBe('by-forms-too')
    await page.getByRole('button', { name: 'Draft: by-forms-too' }).waitFor()
  })

  it('says a wrong bound at its field and in the text, and takes it back by undo', async () => {
    const { page } = window
    await part('Search space').click()
    const low = page.getByRole('textbox', { name: 'mapSize: low' })
    await low.fill('90')
    const row = page.locator('[data-path="space.mapSize"]')
    await row.getByText('Found 60, allowed a number above low, which is 90.').waitFor()
    expect(await page.getByRole('textbox', { name: 'mapSize: high' }).getAttribute('aria-invalid')).toBe('true')
    await page.locator('.cm-lint-marker-error').waitFor()
    expect(await page.getByRole('button', { name: 'Start', exact: true }).getAttribute('aria-disabled')).toBe('true')
    await low.press('Control+z')
    await status().getByText('Ready to start').waitFor()
    expect(await low.inputValue()).toBe('20')
  })

  it('estimates time and disk before anything runs', async () => {
    const text = await window.page.getByTestId('estimate-time').innerText()
    expect(text).toMatch(/^(≈ [\d.]+|less than 0.1)\ss/)
    await window.page.getByLabel('Estimate').getByText('400 + 100').waitFor()
  })

  it('starts the study, which runs to its end', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'by-forms-too-1' }).waitFor()
    await waitForDone(page, 4)
    await waitForState(page, 'Finished')
    expect(await page.getByRole('button', { name: /^Draft/ }).count()).toBe(0)
  })

  it('opens a wrong file all the same, keeps it as a draft, and creates it paused when mended', async () => {
    const { app, page } = window
    await answerDialogs(app, { paths: [workspace.write('wrong.yaml', { ...quickStudy, name: 'mended', workers: 0 })] })
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    await status().getByText('1 problem').click()
    await page.getByRole('textbox', { name: 'Workers' }).fill('1')
    await status().getByText('Ready to start').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: /^Draft/ }).click()
    await page.getByRole('button', { name: 'Create paused' }).click()
    await page.getByRole('heading', { name: 'mended-1' }).waitFor()
    await waitForState(page, 'New')
  })

  it('makes a layered network by forms, with its hyperparameters, watched layers and limits', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From nothing' }).click()
    await page.locator('button[aria-current=true]', { hasText: 'Draft: new-study' }).waitFor()
    expect(await page.getByRole('navigation').locator('[aria-current]').count()).toBe(0)
    await part('Network').click()
    await page.getByRole('radio', { name: /^Layers/ }).check()
    await status().getByText('Ready to start').waitFor()
    await page.getByRole('button', { name: 'convolution', exact: true }).click()
    await page.getByRole('button', { name: 'Move conv1 up' }).click()
    const names = page.getByRole('textbox', { name: /^Layer \d: name$/ })
    await expect
      .poll(() => names.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)))
      .toEqual(['conv1', 'hidden', 'output'])
    await page.getByRole('button', { name: 'Remove hidden' }).click()
    await page.getByRole('checkbox', { name: 'conv1: dropout' }).check()
    const neuron = page.getByRole('combobox', { name: 'conv1: neuron' })
    await neuron.selectOption('lif')
    await page.getByRole('checkbox', { name: 'conv1: subtract the threshold' }).check()
    await yaml().getByText('neuron: lif, subtract: true').waitFor()
    await neuron.selectOption('alif')
    await yaml().getByText('subtract').waitFor({ state: 'detached' })
    await status().getByText('Ready to start').waitFor()
    await setting('training.optimiser').getByRole('combobox').selectOption('adamw')
    await yaml().getByText('optimiser: adamw').waitFor()

    await part('Search space').click()
    await page.locator('[data-path="space.conv1.filters"]').getByRole('button', { name: 'Search' }).click()
    await yaml().getByText('conv1.filters: { type: integer, low: 4, high: 64 }').waitFor()
    expect(await page.locator('[data-path="space.conv1.threshold"]').count()).toBe(0)
    await page.getByRole('checkbox', { name: 'Neuron values of single layers' }).check()
    await page.locator('[data-path="space.conv1.threshold"]').getByText('as threshold').waitFor()

    await part('Constraints').click()
    await page.getByRole('checkbox', { name: 'output layer' }).check()
    await page.getByRole('checkbox', { name: 'Spikes per sample', exact: true }).check()
    await yaml().getByText('metric: spikesPerSample').waitFor()
    await setting('pruning.rule').getByRole('combobox').selectOption('median')
    await part('Budget').click()
    await setting('budget.trials').getByRole('textbox').fill('4')
    await status().getByText('Ready to start').waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  })

  it('changes workers of a study', async () => {
    const { page } = window
    await page.getByRole('button', { name: /^1.worker$/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Devices and workers' })
    await dialog.getByRole('listitem').getByText('ready').waitFor()
    await dialog.getByRole('button', { name: 'One worker more' }).click()
    await page.getByRole('button', { name: /^2.workers$/ }).waitFor()
    await dialog.getByRole('button', { name: 'Disable this device' }).click()
    await dialog.getByText('No new trial begins').waitFor()
    await dialog.getByRole('button', { name: 'Enable this device' }).click()
    await dialog.getByText('the change applies when it does').waitFor()
  })
})
