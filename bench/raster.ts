/**
 * Script time of a frame while a million spikes are zoomed, in the real window: `npm run build && npm run bench -- raster`. Linux
 * without a display needs Xvfb. Run in the project's folder.
 */
import { millionSpikes } from '../test/window/support/millionSpikes.ts'
import { inspectFinished, WindowWorkspace } from '../test/window/support/testWindow.ts'

/** Runs in the page: zooms in over the first half of the frames, out over the second, about a place that wanders. */
const zoomFrames = async (frames: number) => {
  const chart = document.querySelector<HTMLElement>('[aria-roledescription="time axis"]')
  const glass = document.querySelector<HTMLElement>('canvas.glass')
  if (chart === null || glass === null) throw new Error('no raster')
  const { left, top, width } = chart.getBoundingClientRect()
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const measured: number[] = []
  for (let frame = 0; frame < frames; frame++) {
    const start = performance.now()
    const clientX = left + width * (0.3 + (0.4 * frame) / frames)
    const turn = { deltaY: frame < frames / 2 ? -60 : 60, clientX, clientY: top + 120 }
    chart.dispatchEvent(new WheelEvent('wheel', { ...turn, bubbles: true, cancelable: true }))
    const handled = performance.now() - start
    await nextFrame()
    await nextFrame()
    measured.push(handled + Number(glass.dataset.scriptMs) + Number(chart.dataset.scriptMs))
  }
  return { renderer: glass.dataset.renderer ?? 'none', measured: measured.sort((one, other) => one - other) }
}

const workspace = new WindowWorkspace()
try {
  const { page } = await inspectFinished(workspace, millionSpikes)
  await page.getByRole('button', { name: /Open the best/ }).click()
  await page.getByRole('textbox', { name: /Numbers of samples/ }).fill('0-499')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.locator('canvas[data-drawn="500"]').waitFor()
  const spikes = (await page.locator('[aria-roledescription="time axis"]').getAttribute('aria-label')) ?? ''
  const { renderer, measured } = await page.evaluate(zoomFrames, 200)
  const milliseconds = (place: number): string => `${(measured[place] ?? NaN).toFixed(2)} ms`
  console.log(spikes)
  console.log(
    `${measured.length} frames by ${renderer}: script of a frame, median ${milliseconds(measured.length >> 1)}, ` +
      `most ${milliseconds(measured.length - 1)}`,
  )
} finally {
  await workspace.disposeAll()
}
