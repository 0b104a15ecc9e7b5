import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { studySummarySchema } from '../../../src-core/progress/readModel.ts'
import { installationText } from '../../../src-main/tensorflow/installation.ts'
import { Workspace } from './spiketune.ts'

let workspace: Workspace
let environment: NodeJS.ProcessEnv
beforeEach(() => {
  workspace = new Workspace()
  const programs = join(workspace.folder, 'bin')
  mkdirSync(programs)
  const driver = join(programs, 'nvidia-smi')
  writeFileSync(
    driver,
    "#!/bin/sh\necho '0, NVIDIA H200, GPU-6a3e3f5c-0d2b-4c8e-9d3a-1f2e3d4c5b6a, 143771, 512, 37, 570.86.15'\n",
  )
  chmodSync(driver, 0o755)
  environment = {
    PATH: `${programs}:${dirname(process.execPath)}:/usr/bin:/bin`,
    SPIKETUNE_TENSORFLOW: join(workspace.folder, 'tensorflow'),
  }
})
afterEach(() => {
  workspace.dispose()
})

/** A binding that fails as one does whose GPU has gone. */
const brokenCuda = (): void => {
  const own = join(workspace.folder, 'tensorflow', 'cuda')
  const binding = join(own, 'node_modules', '@tensorflow', 'tfjs-node')
  mkdirSync(binding, { recursive: true })
  writeFileSync(join(binding, 'index.js'), "throw new Error('failed call to cuInit: CUDA_ERROR_NO_DEVICE')\n")
  const about = { bindingVersion: '4.22.0', tensorflowVersion: '2.21.0', source: 'a test', libraryFolders: [] }
  writeFileSync(
    join(own, 'installation.json'),
    installationText({ variant: 'cuda', package: '@tensorflow/tfjs-node', ...about }),
  )
}

const layered = {
  version: 2,
  name: 'layered',
  dataset: { name: 'mnist', trainSamples: 40, testSamples: 20 },
  encoding: { type: 'poisson', maximumRateHz: 128, steps: 5, dtMs: 4 },
  network: { type: 'layered', layers: [{ name: 'output', type: 'dense' }] },
  training: { algorithm: 'surrogate-gradient' },
  fixed: { epochs: 1, batchSize: 10 },
  budget: { trials: 3 },
}

describe('devices', () => {
  it('are shown, with what is missing', async () => {
    const ended = await workspace.start(['devices'], environment).ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/gpu0 +NVIDIA H200[^]*load +37 %[^]*spiketune setup cuda/)
  })

  it('that are lost leave their trials to the others, and are named', async () => {
    brokenCuda()
    // More trials than the processor can finish before the other device has failed.
    const file = workspace.write('layered.yaml', { ...layered, budget: { trials: 10_000 } })
    const run = workspace.start(['run', file, '--plain', '--finish', '--device', 'gpu0=1', 'cpu=1'], environment)
    await run.until((_, stderr) => /gpu0 is used no more: .*CUDA_ERROR_NO_DEVICE/.test(stderr))
    run.child.kill('SIGINT')
    const ended = await run.ended
    expect(ended.code).toBe(130)
    expect(ended.stdout).toContain('layered-1')
    const [summary] = (await workspace.json('list')).map((study) => studySummarySchema.parse(study))
    expect(summary).toMatchObject({ state: { kind: 'paused' }, counts: { running: 0, waiting: 0, failed: 0 } })
  })

  it('that are found and not set up are named once, and the study runs on the processor', async () => {
    const file = workspace.write('layered.yaml', layered)
    const ended = await workspace.start(['run', file, '--plain'], environment).ended
    expect(ended.code).toBe(0)
    expect(ended.stderr.match(/gpu0, NVIDIA H200.*`npx spiketune setup cuda`/g)).toHaveLength(1)
  })

  it('are the only ones where they are set up; lost with them, a study goes on elsewhere when it is resumed', async () => {
    brokenCuda()
    const file = workspace.write('layered.yaml', layered)
    const ended = await workspace.start(['run', file, '--plain'], environment).ended
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toMatch(/gpu0 is used no more: .*CUDA_ERROR_NO_DEVICE/)
    expect(ended.stdout + ended.stderr).toMatch(/No worker can be started: the worker gpu0-0/)
    const both = ['--device', 'cpu=1', '--workers', '1']
    expect(await workspace.start(['resume', 'layered-1', ...both], environment).ended).toMatchObject({ code: 2 })
    const again = await workspace.start(['resume', 'layered-1', '--plain', '--device', 'cpu=1'], environment).ended
    expect(again.code).toBe(0)
    expect(again.stderr).not.toContain('gpu0')
    const confirmed = await workspace.start(['confirm', 'layered-1', '--top', '1', '--seeds', '1'], environment).ended
    expect(confirmed).toMatchObject({ code: 0, stderr: '' })
  })

  it('that are not there, or train no such network, are refused', async () => {
    brokenCuda()
    const file = workspace.write('layered.yaml', layered)
    const absent = await workspace.start(['run', file, '--device', 'gpu4=1'], environment).ended
    expect(absent).toMatchObject({ code: 5, stderr: expect.stringContaining('gpu4, which this machine') as string })
    const stdp = await workspace.start(['run', 'mnist-stdp-small', '--device', 'gpu0=1'], environment).ended
    expect(stdp).toMatchObject({ code: 2, stderr: expect.stringContaining('processor alone') as string })
  })

  it('are set up by a command that says what is there', async () => {
    const ended = await workspace.start(['setup', 'cuda', '--status'], environment).ended
    expect(ended).toMatchObject({ code: 3, stdout: 'Not set up. `npx spiketune setup cuda` does.\n' })
  })
})
