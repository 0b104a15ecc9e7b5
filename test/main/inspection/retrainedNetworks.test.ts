import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pruneRetrainedNetworks, retrainedNetworkPath } from '../../../src-main/inspection/retrainedNetworks.ts'
import { networkFileName } from '../../../src-main/files/studyFolder.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

it('keeps the latest networks that fit the budget, and whatever is not ours', () => {
  const folder = temporaryFolder()
  for (const [trial, writtenAt] of [
    [1, 30],
    [2, 10],
    [3, 20],
  ] as const) {
    const path = retrainedNetworkPath({ retrained: folder }, trial)
    writeFileSync(path, new Uint8Array(100))
    utimesSync(path, writtenAt, writtenAt)
  }
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  pruneRetrainedNetworks(folder, 250)
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', networkFileName(1), networkFileName(3)])
  pruneRetrainedNetworks(folder, 0)
  expect(readdirSync(folder)).toEqual(['notes.txt'])
})

it('does without a folder', () => {
  expect(() => {
    pruneRetrainedNetworks(join(temporaryFolder(), 'retrained'))
  }).not.toThrow()
})
