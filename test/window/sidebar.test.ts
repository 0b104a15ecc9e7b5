import { afterAll, describe, expect, it } from 'vitest'
import { longStudy } from './support/definitions.ts'
import { WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()

afterAll(async () => {
  await workspace.disposeAll()
})

describe('the sidebar', () => {
  it('shows a study that a terminal makes and runs, its progress, state and best, while nobody touches the window', async () => {
    const { page } = await workspace.launch()
    await page.getByText('Studies appear here').waitFor()
    const { child, ended } = workspace.start(['run', workspace.write('long.yaml', longStudy)])
    const study = page.getByRole('list', { name: 'Studies' }).getByRole('button', { name: /long-1/ })
    await study.getByText('Running').waitFor()
    await study.getByText('read-only').waitFor()
    await study.getByText(/^[1-9][\d,]* \/ 100,000 trials$/).waitFor()
    await study.getByText(/^(best )?0\.\d{4}/).waitFor()
    const before = await study.getByText(/trials$/).innerText()
    await expect.poll(() => study.getByText(/trials$/).innerText()).not.toBe(before)
    child.kill('SIGINT')
    await ended
    await study.getByText('Running').waitFor({ state: 'detached' })
    await study.getByText('read-only').waitFor({ state: 'detached' })
  })
})
