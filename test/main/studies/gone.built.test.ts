import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { linesOf, resultOf, tinyStudy, Workspace } from '../cli/spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

describe('a study whose folder is deleted while it runs', () => {
  it('ends in an error at once, and goes on to the same numbers from the copy that it names', async () => {
    const path = workspace.write('gone.yaml', tinyStudy({ name: 'gone', trials: 8, trainSamples: 1000 }))
    const run = workspace.start(['run', path, '--json'])
    await run.until((stdout) => linesOf(stdout).some((line) => line.type === 'trial' && line.trial.objective !== null))
    const folder = join(workspace.library, 'gone-1')
    // Out of the way first: a worker that puts a network there meanwhile would keep it from being removed.
    renameSync(folder, `${folder}-away`)
    rmSync(`${folder}-away`, { recursive: true })
    const ended = await run.ended
    expect(ended.code).toBe(5)
    const { summary } = resultOf(ended.stdout)
    expect(summary.counts).toMatchObject({ running: 0, failed: 0 })
    expect(summary.counts.complete + summary.counts.stopped).toBeLessThan(8)
    expect(summary.state).toMatchObject({
      kind: 'error',
      reason: 'study-gone',
      message: expect.stringContaining(`The folder ${folder} is no longer that of the study`) as string,
      rescuedTo: `${folder}-rescued`,
    })
    expect(existsSync(folder)).toBe(false)
    const shown = await workspace.run('show', `${folder}-rescued`)
    expect([shown.code, shown.stderr]).toEqual([0, ''])
    expect(shown.stdout).toContain(`What it held is in ${folder}-rescued now.`)

    const resumed = await workspace.run('resume', 'gone-1-rescued', '--json')
    expect(resumed.code).toBe(0)
    const disturbed = resultOf(resumed.stdout)
    const calm = resultOf((await workspace.run('run', path, '--json')).stdout)
    const numbers = ({ best }: typeof calm) => best.map(({ number, objective }) => ({ number, objective }))
    expect(numbers(disturbed)).toEqual(numbers(calm))
  })
})
