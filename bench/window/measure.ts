import { setTimeout as delay } from 'node:timers/promises'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import { eventChannel } from '../../src-core/contracts/windowChannels.ts'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import type { BenchWindow } from './launch.ts'
import type { LiveChanges } from './liveChanges.ts'

export interface Opening {
  /** From the click until the page of the study has been painted. */
  readonly shownMs: number
  /** From the click until the end of the last change of the page before half a second of quiet. */
  readonly quietMs: number
  /** The call `openStudy` alone, of the same study again: reading, packing, crossing. */
  readonly callMs: number
  readonly longestTaskMs: number
}

interface Watch {
  start: number
  last: number
  longest: number
}

/** How long nothing may happen before a page counts as quiet. */
const quietMs = 500

/** Opens a study by a click on its entry of the list. */
export const measureOpening = async ({ page }: BenchWindow, id: string): Promise<Opening> => {
  const entry = page.getByRole('button', { name: new RegExp(`^${id}\\b`) }).first()
  await entry.waitFor()
  await page.evaluate(() => {
    const watch: Watch = { start: 0, last: 0, longest: 0 }
    Object.assign(globalThis, { benchWatch: watch })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        watch.last = Math.max(watch.last, startTime + duration)
        watch.longest = Math.max(watch.longest, duration)
      }
    }).observe({ type: 'longtask' })
    new MutationObserver(() => {
      watch.last = Math.max(watch.last, performance.now())
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    document.addEventListener('click', () => (watch.start = performance.now()), { capture: true, once: true })
  })
  await entry.click()
  const shownAt = await page.evaluate(async (name) => {
    const isShown = () => document.title.startsWith(`${name} `) && document.querySelector('main h1') !== null
    while (!isShown()) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    await new Promise((done) => setTimeout(done))
    return performance.now()
  }, id)
  await page.waitForFunction((quiet) => {
    const { last } = (globalThis as unknown as { benchWatch: Watch }).benchWatch
    return performance.now() - last > quiet
  }, quietMs)
  const { start, last, longest } = await page.evaluate(
    () => (globalThis as unknown as { benchWatch: Watch }).benchWatch,
  )
  const callMs = await page.evaluate(async (study) => {
    const before = performance.now()
    await (globalThis as unknown as { spiketune: WindowBridge }).spiketune.call('openStudy', { id: study })
    return performance.now() - before
  }, id)
  return { shownMs: shownAt - start, quietMs: Math.max(last, shownAt) - start, callMs, longestTaskMs: longest }
}

export interface Spread {
  readonly median: number
  readonly max: number
}

/** Milliseconds of each update. */
export interface UpdateCost {
  readonly layout: string
  readonly script: Spread
  readonly layoutTime: Spread
  readonly task: Spread
}

export interface UpdateOptions {
  /** Titles of layouts of the watch page; null: all. */
  readonly layouts: readonly string[] | null
  readonly updates: number
  readonly changes: LiveChanges
}

/** About as often as the feed of the application sends. */
const betweenMs = 120

/** Sends live changes of the study in view through the real feed's channel, one after the other, and sums up their cost. */
export const measureUpdates = async (
  window: BenchWindow,
  id: string,
  options: UpdateOptions,
): Promise<UpdateCost[]> => {
  const { page } = window
  const summary = studySummarySchema.parse(
    await page.evaluate(async (study) => {
      const answer = await (globalThis as unknown as { spiketune: WindowBridge }).spiketune.call('openStudy', {
        id: study,
      })
      return answer.ok ? (answer.value as { summary: unknown }).summary : answer.error.message
    }, id),
  )
  const buttons = page.locator('[role=group][aria-label=Layout] button')
  const costs: UpdateCost[] = [await measured(window, 'nothing sent', options.updates, () => Promise.resolve())]
  let step = 0
  for (const layout of await buttons.allInnerTexts()) {
    if (options.layouts !== null && !options.layouts.includes(layout)) continue
    await buttons.getByText(layout, { exact: true }).click()
    await delay(3000)
    const send = async (): Promise<void> => {
      const change = options.changes(step++, summary)
      await window.send(eventChannel('studyChanged'), change)
    }
    // The first updates compile the code.
    for (let warm = 0; warm < 10; warm++) await measureOne(window, send)
    costs.push(await measured(window, layout, options.updates, send))
  }
  return costs
}

const measured = async (
  window: BenchWindow,
  layout: string,
  updates: number,
  send: () => Promise<void>,
): Promise<UpdateCost> => {
  const seen: Durations[] = []
  for (let update = 0; update < updates; update++) seen.push(await measureOne(window, send))
  const spread = (of: (durations: Durations) => number): Spread => {
    const sorted = seen.map(of).sort((a, b) => a - b)
    return { median: sorted[sorted.length >> 1] ?? NaN, max: sorted.at(-1) ?? NaN }
  }
  return {
    layout,
    script: spread(({ script }) => script),
    layoutTime: spread(({ layout: time }) => time),
    task: spread(({ task }) => task),
  }
}

/** Milliseconds that a page has spent. */
interface Durations {
  readonly script: number
  readonly layout: number
  readonly task: number
}

const measureOne = async (window: BenchWindow, send: () => Promise<void>): Promise<Durations> => {
  const before = await durations(window)
  await send()
  await delay(betweenMs)
  const after = await durations(window)
  return { script: after.script - before.script, layout: after.layout - before.layout, task: after.task - before.task }
}

const durations = async ({ devTools }: BenchWindow): Promise<Durations> => {
  const { metrics } = await devTools.send('Performance.getMetrics')
  const seconds = new Map(metrics.map(({ name, value }) => [name, value]))
  const inMs = (...names: string[]): number => names.reduce((sum, name) => sum + 1000 * (seconds.get(name) ?? 0), 0)
  return {
    script: inMs('ScriptDuration'),
    layout: inMs('LayoutDuration', 'RecalcStyleDuration'),
    task: inMs('TaskDuration'),
  }
}
