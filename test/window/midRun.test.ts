import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectedNetworkSchema } from '../../src-core/contracts/inspection.ts'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import { trialRecordSchema } from '../../src-core/contracts/window/trialCalls.ts'
import { longStudy, slowStudy } from './support/definitions.ts'
import {
  callBridge,
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
      const groups = [window.app.process().pid ?? 0, ...(await workers())].map(autogroupOf)
      expect(new Set(groups).size).toBe(3)
    },
  )

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
        const answer = await callBridge(page, 'openInspection', { id: 'slow-1', number: 0, inspection, retrain: false })
        return answer.ok ? inspectedNetworkSchema.parse(answer.value).origin : answer.error.code
      })
      .toBe('running')
    await callBridge(page, 'closeInspection', { inspection })
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Stop/ }).click()
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
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Stop/ }).click()
    await waitForState(page, 'Paused')
  })
})
