import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { npyBytes, npzFile } from '../../worker/datasets/formats/tinyFiles.ts'
import { Workspace } from '../cli/spiketune.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

const study = (dataset: object) => ({
  version: 2,
  name: 'own',
  dataset,
  encoding: { type: 'latency', steps: 8 },
  network: { type: 'layered', layers: [{ name: 'output', type: 'dense' }] },
  training: { algorithm: 'surrogate-gradient' },
  fixed: { epochs: 1, batchSize: 4 },
  optimiser: { type: 'random' },
  workers: 2,
})
const labels = Array.from({ length: 20 }, (_, index) => index % 2)
const arrays = {
  x: npyBytes(
    [20, 1, 2],
    labels.flatMap((label) => [255 * label, 255 - 255 * label]),
  ),
  y: npyBytes([20], labels),
}

const searched = async (dataset: object): Promise<void> => {
  const { code, stderr } = await workspace.run('run', workspace.write('own.yaml', study(dataset)), '--quiet')
  expect(stderr).toBe('')
  expect(code).toBe(0)
}

describe('spiketune confirm on a dataset without samples to test on', () => {
  it('refuses where the definition names no file for them', async () => {
    workspace.write('a.csv', ['x,y,class', ...labels.map((label) => `${label},${1 - label},${label}`), ''].join('\n'))
    await searched({ name: 'csv', file: 'a.csv' })
    const { code, stdout, stderr } = await workspace.run('confirm', 'own-1')
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toContain('the dataset of this study has none. Name the file that has them in `dataset.testFile`.')
  })

  it('stops before anything is trained where the file has none, and goes on when it has', async () => {
    const file = join(workspace.folder, 'a.npz')
    writeFileSync(file, npzFile(arrays))
    await searched({ name: 'npz', file: 'a.npz' })
    const { code, stdout, stderr } = await workspace.run('confirm', 'own-1', '--seeds', '3')
    expect(code).toBe(5)
    expect(stdout).toBe('')
    expect(stderr).toContain('There are no samples to test on.')
    expect(stderr).toContain('add x_test and y_test to the file')
    const [refused] = await workspace.json('confirm', 'own-1', '--seeds', '3')
    expect(refused).toMatchObject({ id: 1, state: 'stopped', runs: Array(3).fill({ outcome: null }) })
    writeFileSync(file, npzFile({ ...arrays, x_test: arrays.x, y_test: arrays.y }))
    const [confirmed] = await workspace.json('confirm', 'own-1', '--seeds', '3')
    expect(confirmed).toMatchObject({ id: 1, state: 'finished', message: null, trials: [{ failed: 0, planned: 3 }] })
  })
})
