import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectFinished, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

/** One network, whose inputs spike so often that 500 samples are about a million spikes. */
const oneNetwork = {
  version: 2,
  name: 'one',
  dataset: { name: 'mnist', trainSamples: 400, testSamples: 600 },
  encoding: { maximumRateHz: 255 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 100 },
  space: { mapSize: { type: 'integer', low: 60, high: 61 } },
  fixed: { strengthExcitatory: 200, weightNorm: 120, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
  silence: { stopEarly: false, interval: 50, layers: [{ layer: 'excitatory', alpha: 5, beta: 0.05 }] },
  optimiser: { type: 'sobol' },
  budget: { trials: 2 },
  keepNetworks: 1,
  workers: 2,
}

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await inspectFinished(workspace, oneNetwork)
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

  it('draws a million spikes in frames of under 4 ms of script', async () => {
    const { page } = window
    await showSamples('0-499', 500)
    const label = (await axis().getAttribute('aria-label')) ?? ''
    const spikes = Number(/input ([\d,]+)/.exec(label)?.[1]?.replaceAll(',', ''))
    expect(spikes).toBeGreaterThan(800_000)
    const times = await page.evaluate(async () => {
      const chart = document.querySelector<HTMLElement>('[aria-roledescription="time axis"]')
      const glass = document.querySelector<HTMLElement>('canvas.glass')
      if (chart === null || glass === null) throw new Error('no raster')
      const { left, top, width } = chart.getBoundingClientRect()
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const measured: { frame: number; raster: number }[] = []
      for (let frame = 0; frame < 200; frame++) {
        const start = performance.now()
        // In over the first half, out over the second, about a place that wanders.
        const turn = { deltaY: frame < 100 ? -60 : 60, clientX: left + width * (0.3 + frame / 500), clientY: top + 120 }
        chart.dispatchEvent(new WheelEvent('wheel', { ...turn, bubbles: true, cancelable: true }))
        const handled = performance.now() - start
        await nextFrame()
        await nextFrame()
        const raster = Number(glass.dataset.scriptMs)
        measured.push({ frame: handled + raster + Number(chart.dataset.scriptMs), raster })
      }
      const of = (values: number[]) => {
        const sorted = values.sort((a, b) => a - b)
        return { median: sorted[sorted.length >> 1] ?? NaN, most: sorted.at(-1) ?? NaN }
      }
      return {
        renderer: glass.dataset.renderer,
        frame: of(measured.map(({ frame }) => frame)),
        raster: of(measured.map(({ raster }) => raster)),
      }
    })
    console.log(`${spikes} spikes of the input, 200 frames: ${JSON.stringify(times)}`)
    expect(times.renderer).toBe('webgl2')
    expect(times.frame.median).toBeLessThan(4)
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
