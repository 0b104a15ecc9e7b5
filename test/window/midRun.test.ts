import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectedNetworkSchema } from '../../src-core/contracts/inspection.ts'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import { trialRecordSchema } from '../../src-core/contracts/window/trialCalls.ts'
import { toldStudies } from '../support/numbers/studies.ts'
import { longStudy, slowStudy } from './support/definitions.ts'
import {
  callBridge,
  saveTo,
  startFromFile,
  type TestWindow,
  waitForDone,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
})
afterAll(async () => {
  await workspace.disposeAll()
})

const workers = (): Promise<number[]> =>
  window.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => /^Spiketune cpu-\d+$/.test(name ?? ''))
      .map(({ pid }) => pid),
  )

const doneNow = async (): Promise<number> =>
  Number((await window.page.getByTestId('done').innerText()).split('/')[0]?.replaceAll(',', ''))

const autogroupsSwitch = '/proc/sys/kernel/sched_autogroup_enabled'
const whyNoAutogroups =
  existsSync(autogroupsSwitch) && readFileSync(autogroupsSwitch, 'utf8').trim() === '1'
    ? ''
    : ' (skipped: this system shares the processor out without autogroups)'
const autogroupOf = (pid: number): string => readFileSync(`/proc/${pid}/autogroup`, 'utf8').replace(/ nice.*/s, '')

describe('a study that runs', () => {
  it('goes on when every one of its workers is killed, and the trials under way are tried again', async () => {
    const { page } = window
    await startFromFile(window, workspace.write('slow.yaml', slowStudy))
    await page.locator('tr[data-state=running]').nth(1).waitFor()
    const before = await workers()
    expect(before).toHaveLength(2)
    for (const pid of before) process.kill(pid, 'SIGKILL')
    await expect.poll(async () => (await workers()).filter((pid) => !before.includes(pid)).length).toBe(2)
    const kinds = async (): Promise<string[]> => {
      const answer = await callBridge(page, 'trialRecord', { id: 'slow-1', number: 0 })
      return answer.ok ? trialRecordSchema.parse(answer.value).events.map(({ kind }) => kind) : []
    }
    await expect.poll(kinds).toContain('worker-died')
    await page.locator('tr[data-state=running]').nth(1).waitFor()
    await waitForState(page, 'Running')
  })

  it.skipIf(whyNoAutogroups !== '')(
    `has its share of a busy machine for each worker, not one for all of the window${whyNoAutogroups}`,
    async () => {
      // A worker that was started anew begins its session when it has loaded what it needs for that.
      const groups = async () => new Set([window.app.process().pid ?? 0, ...(await workers())].map(autogroupOf))
      await expect.poll(async () => (await groups()).size).toBe(3)
    },
  )

  it('shows how each running trial spikes: a number with its unit, and the line that led to it', async () => {
    const { page } = window
    const rows = page.getByRole('region', { name: /^Running/ }).getByRole('listitem')
    await rows.nth(1).getByTestId('spike-rate').waitFor()
    for (const row of await rows.all()) {
      expect(await row.getByTestId('spike-rate').innerText()).toMatch(/^[\d.]+ spikes per sample$/)
      const line = row.locator('polyline')
      // The training so far has more than the latest value, and goes on.
      await expect.poll(async () => (await line.getAttribute('points'))?.split(' ').length).toBeGreaterThan(2)
      // Nothing of a row is cut off by its fixed height, also where there is little room.
      expect(await row.getByRole('button').evaluate((button) => button.scrollHeight - button.clientHeight)).toBe(0)
    }
  })

  it('keeps the beginning of the curves of its running trials while one looks at another study', async () => {
    const { page } = window
    const file = join(workspace.folder, 'curves.csv')
    await saveTo(window.app, file)
    const curves = page.locator('[data-view=learning-curves]')
    /** The first looks of the trials that run, by trial: epoch and sample. */
    const firstLooks = async (): Promise<Map<string, string>> => {
      rmSync(file, { force: true })
      await curves.getByRole('button', { name: 'Save figure' }).click()
      await curves.getByRole('dialog', { name: 'Save figure' }).getByRole('button', { name: 'Data (CSV)' }).click()
      await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')).toBe(true)
      const rows = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
      return new Map(
        rows
          .reverse()
          .flatMap(([trial = '', state, epoch, sample]) =>
            state === 'running' ? [[trial, `${epoch} ${sample}`] as const] : [],
          ),
      )
    }
    await expect.poll(async () => (await firstLooks()).size).toBe(2)
    const before = await firstLooks()
    const other = await toldStudies[0].open(workspace.library)
    const studies = page.locator('[aria-label=Studies] button')
    await studies.filter({ hasText: other.id }).click()
    await page.locator('main h1').getByText(other.id).waitFor()
    await studies.filter({ hasText: 'slow-1' }).click()
    await page.locator('main h1').getByText('slow-1').waitFor()
    const after = await firstLooks()
    // A trial that has ended meanwhile has its curve in the database.
    const still = [...before.keys()].filter((trial) => after.has(trial))
    expect(still.length).toBeGreaterThan(0)
    expect(still.map((trial) => after.get(trial))).toEqual(still.map((trial) => before.get(trial)))
  })

  it('says while it drains how long the trials under way will take, and not the whole budget', async () => {
    const { page } = window
    const left = (): Promise<string> =>
      page.locator('header dl div', { hasText: 'Time left' }).locator('dd').innerText()
    /** Of "≈ 1 h 02 min". */
    const secondsOf = (text: string): number =>
      [...text.matchAll(/(\d+(?:\.\d+)?)\s(d|h|min|s)\b/g)].reduce(
        (sum, [, count, unit = '']) => sum + Number(count) * ({ d: 86_400, h: 3600, min: 60, s: 1 }[unit] ?? NaN),
        0,
      )
    await expect.poll(left).toMatch(/^≈ /)
    const whole = secondsOf(await left())
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByRole('button', { name: 'Resume', exact: true }).waitFor()
    // 98 of 100 trials do not begin any more.
    await expect.poll(async () => secondsOf(await left())).toBeLessThan(whole / 4)
    const places = await page.locator('header dl > div').evaluateAll((items) =>
      items.map((item) => {
        const { left: from, top, right: to } = item.getBoundingClientRect()
        return { from, to, top, words: item.scrollWidth - item.clientWidth }
      }),
    )
    for (const [at, { from, top, words }] of places.entries()) {
      expect(words).toBeLessThanOrEqual(0)
      const before = places[at - 1]
      if (before?.top === top) expect(from).toBeGreaterThanOrEqual(before.to)
    }
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')
  })

  it('is told of in one change, the latest, when the page was too busy to listen', async () => {
    const changes = await window.page.evaluate(async () => {
      let told = 0
      const next = new Promise<void>((resolve) => {
        const { spiketune } = globalThis as unknown as { spiketune: WindowBridge }
        spiketune.on('studyChanged', () => {
          told += 1
          resolve()
        })
      })
      await next
      told = 0
      const end = performance.now() + 2000
      while (performance.now() < end) {
        // The page can do nothing else, as beside many other programs.
      }
      // What came meanwhile are tasks before this one.
      await new Promise((resolve) => setTimeout(resolve))
      return told
    })
    expect(changes).toBeLessThanOrEqual(1)
  })

  it('shows the network of a trial in training, and trains on', async () => {
    const { page } = window
    // A trial that is loading its dataset holds no network yet.
    let inspection = 900
    await expect
      .poll(async () => {
        inspection += 1
        const running = await page.locator('tr[data-state=running]').first().getAttribute('data-trial')
        const asked = { id: 'slow-1', number: Number(running), inspection, retrain: false }
        const answer = await callBridge(page, 'openInspection', asked)
        return answer.ok ? inspectedNetworkSchema.parse(answer.value).origin : answer.error.code
      })
      .toBe('running')
    await callBridge(page, 'closeInspection', { inspection })
    await page.getByRole('button', { name: 'Pause now' }).click()
    await waitForState(page, 'Paused')
  })

  it('is seen live, keeps selection and layout, and is still while it is frozen', async () => {
    const { page } = window
    await startFromFile(window, workspace.write('long.yaml', longStudy))
    await waitForDone(page, 4)
    await page.locator('tr[data-state=complete], tr[data-state=stopped]').first().click()
    const selected = await page.locator('tr[aria-selected=true]').getAttribute('data-trial')
    await page.getByRole('button', { name: 'Freeze' }).click()
    const heading = page.getByRole('heading', { name: /^Trials/ })
    const frozen = await heading.first().innerText()
    await waitForDone(page, (await doneNow()) + 4)
    expect(await heading.first().innerText()).toBe(frozen)
    await page.getByRole('button', { name: 'Frozen – show live' }).click()
    await expect.poll(() => heading.first().innerText()).not.toBe(frozen)
    const selection = page.locator('[data-tab=selected]').getByText(`Trial ${String(selected)}`, { exact: true })
    await selection.waitFor()
    await page.getByRole('button', { name: 'Pause now' }).click()
    await waitForState(page, 'Paused')
  })
})
