import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { millionSpikes } from './support/millionSpikes.ts'
import { inspectFinished, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await inspectFinished(workspace, millionSpikes)
})

afterAll(async () => {
  await workspace.disposeAll()
})

const axis = () => window.page.locator('[aria-roledescription="time axis"]')
const view = (name: string) => window.page.getByRole('tab', { name, exact: true }).click()
const showSamples = async (samples: string, count: number): Promise<void> => {
  await window.page.getByRole('textbox', { name: /Numbers of samples/ }).fill(samples)
  await window.page.getByRole('button', { name: 'Show', exact: true }).click()
  await window.page.locator(`canvas[data-drawn="${count}"]`).waitFor()
}

describe('the inspect page', () => {
  it('shows the spikes of the best network unasked, brushed and zoomed by keys', async () => {
    const { page } = window
    await page.getByRole('button', { name: /Open the best/ }).click()
    await page.locator('canvas[data-drawn="10"]').waitFor()
    expect(await axis().getAttribute('aria-label')).toMatch(/Spikes of 10 samples over 1,000 ms: input [\d,]+/)
    await axis().focus()
    await page.keyboard.press('b')
    const end = page.getByRole('slider', { name: 'End of the brush' })
    expect(await end.getAttribute('aria-valuenow')).toBe('600')
    await end.focus()
    await page.keyboard.press('ArrowRight')
    expect(await end.getAttribute('aria-valuenow')).toBe('601')
    await page.getByText('400 – 601 ms').waitFor()
    await axis().focus()
    await page.keyboard.press('Escape')
    await end.waitFor({ state: 'detached' })
  })

  it('records the potential of a neuron', async () => {
    const { page } = window
    await page.getByRole('spinbutton', { name: 'Number of the neuron' }).fill('7')
    await page.getByRole('button', { name: 'Trace', exact: true }).click()
    await page.getByText('excitatory 7', { exact: true }).waitFor()
    await page.locator('[aria-roledescription="time axis"][data-traces="1"]').waitFor()
  })

  it('shows receptive fields, maps, answers and silence', async () => {
    const { page } = window
    await view('Weights')
    await page.locator('[aria-roledescription="grid of receptive fields"][data-drawn]').waitFor()
    await view('Neurons')
    await page.getByText(/neurons \(.*\) are silent/).waitFor()
    await view('Answers')
    await page.getByText(/of 600 samples answered correctly/).waitFor()
    await page.locator('ul.samples canvas').first().waitFor()
    await view('Silence')
    await page.getByLabel(/^Non-spiking samples against β\. /).waitFor()
  })

  it('replays the stopping rule over the study, and goes on with the rule that is tried at another trial', async () => {
    const { page } = window
    const number = page.getByRole('spinbutton', { name: 'Trial' })
    const best = await number.inputValue()
    await page.getByRole('button', { name: 'What another rule would have done' }).click()
    await page.getByText('0 → 0', { exact: true }).waitFor()
    await page
      .getByText(`Trial ${best}: in the study: trained to its end; with this rule: trained to its end`)
      .waitFor()
    await page.getByRole('slider', { name: 'α of the excitatory layer' }).focus()
    await page.keyboard.press('End')
    await page.getByRole('slider', { name: 'β of the excitatory layer' }).fill('0')
    await page.getByText('0 → 2', { exact: true }).waitFor()
    const other = best === '0' ? '1' : '0'
    await number.fill(other)
    await page.keyboard.press('Enter')
    await page
      .getByText(new RegExp(`Trial ${other}: in the study: trained to its end; with this rule: stopped`))
      .waitFor()
    expect(await page.getByText('0 → 2', { exact: true }).count()).toBe(1)
    await page.getByRole('button', { name: 'What another rule would have done' }).click()
    await number.fill(best)
    await page.keyboard.press('Enter')
  })

  it('brings the worst samples back into the spikes', async () => {
    const { page } = window
    await view('Answers')
    await page.locator('ul.samples button').first().click()
    await page.locator('canvas[data-drawn="1"]').waitFor()
  })

  it('draws a million spikes on the graphics card', async () => {
    const { page } = window
    await showSamples('0-499', 500)
    const label = (await axis().getAttribute('aria-label')) ?? ''
    const spikes = Number(/input ([\d,]+)/.exec(label)?.[1]?.replaceAll(',', ''))
    expect(spikes).toBeGreaterThan(800_000)
    // How long a frame takes is measured by `npm run bench -- raster`.
    expect(await page.locator('canvas.glass').getAttribute('data-renderer')).toBe('webgl2')
  })

  it('comes back when the graphics card was lost', async () => {
    const { page } = window
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.glass')
      const lose = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')
      if (!canvas || !lose) throw new Error('the context cannot be lost')
      Object.assign(globalThis, { restoreCard: () => lose.restoreContext() })
      lose.loseContext()
      delete canvas.dataset.drawn
    })
    await page.getByText(/graphics card was lost/).waitFor()
    await page.evaluate(() => (globalThis as unknown as { restoreCard(): void }).restoreCard())
    await page.getByText(/graphics card was lost/).waitFor({ state: 'detached' })
    await page.locator('canvas.glass[data-drawn]').waitFor()
  })

  it('says what to do where a network was not kept, and trains it again', async () => {
    const { page } = window
    const best = await page.getByRole('spinbutton', { name: 'Trial' }).inputValue()
    await page.getByRole('spinbutton', { name: 'Trial' }).fill(best === '0' ? '1' : '0')
    await page.keyboard.press('Enter')
    await page.getByText('was not kept').waitFor()
    await page.getByRole('button', { name: 'Train again from its seed' }).click()
    await page.getByText(/trained again from its seed, 400 samples/).waitFor()
  })
})
