import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backgroundRecordSchema } from '../../src-core/contracts/background.ts'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import { isAlive, untilGone } from '../main/studies/processes.ts'
import { quickStudy, slowStudy } from './support/definitions.ts'
import {
  answerDialogs,
  chooseMenuItem,
  shownMessages,
  startFromFile,
  waitForDone,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

let workspace: WindowWorkspace

beforeEach(() => {
  workspace = new WindowWorkspace()
})
afterEach(async () => {
  const { pid } = recordOf('slow-1') ?? {}
  await workspace.disposeAll()
  if (pid !== undefined && isAlive(pid)) {
    process.kill(pid, 'SIGKILL')
    await untilGone([pid])
  }
})

const recordOf = (id: string) => {
  const file = join(workspace.library, id, 'background.json')
  return existsSync(file) ? backgroundRecordSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

const summaryOf = async (id: string) =>
  (await workspace.json('list')).map((line) => studySummarySchema.parse(line)).find((summary) => summary.id === id)

describe('a study that is left to the background', () => {
  it('outlives its window, is found again, obeys, comes back, and outlives the crash of a window', async () => {
    const first = await workspace.launch()
    await startFromFile(first, workspace.write('slow.yaml', slowStudy))
    await waitForState(first.page, 'Running')
    await first.close('Leave Running and Quit')
    expect(await summaryOf('slow-1')).toMatchObject({ state: { kind: 'running' }, inBackground: true })

    const second = await workspace.launch()
    const { page, app } = second
    await waitForState(page, 'Running in the background')
    // What runs there is seen here as it goes on, and is asked from here.
    await page
      .getByText(/samples\/s/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Pause now', exact: true }).click()
    await waitForState(page, 'Paused')
    expect(recordOf('slow-1')).toBeNull()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await waitForState(page, 'Running')

    await chooseMenuItem(app, 'leave-running')
    await waitForState(page, 'Running in the background')
    const pid = recordOf('slow-1')?.pid ?? 0
    app.process().kill('SIGKILL')
    await second.close().catch(() => undefined)
    expect(isAlive(pid)).toBe(true)
    expect((await workspace.run('stop', 'slow-1')).stdout).toContain('slow-1 is paused.')
    await untilGone([pid])
  })
})

describe('the hooks of a study that is started in the window', () => {
  const hooked = () => {
    const script = join(workspace.folder, 'notify.sh')
    writeFileSync(script, `#!/bin/sh\ncat > '${join(workspace.folder, 'told')}'\n`, { mode: 0o755 })
    return workspace.write('hooked.yaml', { ...quickStudy, hooks: { onEnd: [script], onBest: ['./gone'] } })
  }
  const told = () => join(workspace.folder, 'told')

  it('are asked for, and run where they are wanted', async () => {
    const window = await workspace.launch()
    const { page, app } = window
    await answerDialogs(app, { paths: [hooked()], message: 'Run Them' })
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await waitForState(page, 'Finished')
    expect(await shownMessages(app)).toEqual(['Run the programs that quick names?'])
    await page.locator('.toast').getByText('The hook onBest failed').first().waitFor()
    // It waits for those that run.
    await window.close()
    expect(JSON.parse(readFileSync(told(), 'utf8'))).toMatchObject({ event: 'onEnd', study: { id: 'quick-1' } })
  })

  it('are not run where they are not: the study is', async () => {
    const { page, app } = await workspace.launch()
    await answerDialogs(app, { paths: [hooked()], message: 'Start Without' })
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From a YAML file' }).click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await waitForDone(page, 12)
    await waitForState(page, 'Finished')
    expect(existsSync(told())).toBe(false)
  })
})
