import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linesOf, resultOf, tinyStudy, Workspace } from '../cli/spiketune.ts'

let workspace: Workspace
let disk: string
beforeEach(() => {
  workspace = new Workspace()
  disk = mkdtempSync(join(tmpdir(), 'spiketune-disk-'))
})
afterEach(() => {
  execFileSync('umount', ['--lazy', disk], { stdio: 'ignore' })
  rmSync(disk, { recursive: true, force: true })
  workspace.dispose()
})

/** Only the administrator may mount; elsewhere this is shown as skipped. CI runs as the administrator. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0

/** Leaves so many bytes of the small disk free, or none, if the study writes at the same time. */
const fill = (bytesLeft: number): string => {
  const { bavail, bsize } = statfsSync(disk)
  const ballast = join(disk, 'ballast')
  try {
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytesLeft)))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
  return ballast
}

describe.skipIf(!mayMount)('a full disk', () => {
  it('ends the study in an error; finished trials stay, and it goes on to the same numbers when there is space', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk])
    const library = join(disk, 'library')
    mkdirSync(library)
    const study = { ...tinyStudy({ name: 'full', trials: 12, trainSamples: 1000 }), keepNetworks: 12 }
    const path = workspace.write('full.yaml', study)
    const run = workspace.start(['run', path, '--json', '--library', library])
    await run.until((stdout) =>
      linesOf(stdout).some((line) => line.type === 'trial' && line.trial.state === 'complete'),
    )
    const ballast = fill(64 * 1024)
    const ended = await run.ended
    expect(ended.code).not.toBe(0)
    const { summary } = resultOf(ended.stdout)
    expect(summary.state.kind).toBe('error')
    expect(summary.state).toHaveProperty('message', expect.stringMatching(/full/))
    const finished = summary.counts.complete + summary.counts.stopped
    expect(finished).toBeGreaterThan(0)
    expect(summary.counts.failed).toBe(0)

    rmSync(ballast)
    const resumed = await workspace.run('resume', 'full-1', '--json', '--library', library)
    expect(resumed.code).toBe(0)
    const disturbed = resultOf(resumed.stdout)
    expect(disturbed.summary.counts).toMatchObject({ running: 0, waiting: 0, failed: 0 })
    const calm = resultOf((await workspace.run('run', path, '--json')).stdout)
    const numbers = ({ best }: typeof calm) => best.map(({ number, objective }) => ({ number, objective }))
    expect(numbers(disturbed)).toEqual(numbers(calm))
  })
})
