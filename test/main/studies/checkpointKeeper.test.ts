import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeCheckpoint, checksumBytes } from '../../../src-core/checkpoint/checkpointHead.ts'
import { checkpointFileName } from '../../../src-main/files/studyFolder.ts'
import { checkpointPlacesIn } from '../../../src-main/files/checkpointPlaces.ts'
import { CheckpointKeeper } from '../../../src-main/studies/checkpointKeeper.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const place = (samplesDone: number) => ({ samplesDone, samplesPlanned: 400, spentMs: 5 })

const write = (folder: string, trial: number, samplesDone: number): void => {
  const head = { format: 1, application: '1', trial, fingerprint: '', datasetSha256: '', ...place(samplesDone) }
  const body = encodeCheckpoint(head, new Uint8Array(1000))
  writeFileSync(join(folder, checkpointFileName(trial)), Buffer.concat([Buffer.alloc(checksumBytes), body]))
}

const keeperOf = (folder: string, waiting: readonly number[], changed = (): void => undefined): CheckpointKeeper =>
  new CheckpointKeeper(folder, new Set(waiting), changed)

describe('a keeper of checkpoints', () => {
  it('knows where trials that wait would go on, and removes the checkpoints of all others, whole or half written', () => {
    const folder = temporaryFolder()
    for (const [trial, samples] of [
      [1, 252],
      [2, 40],
      [3, 80],
    ] as const)
      write(folder, trial, samples)
    const foreign = ['notes.txt', 'my-trial-000001.checkpoint', 'trial-000009.checkpoint.bak']
    for (const name of [...foreign, 'trial-000001.checkpoint.4711.tmp', 'trial-000007.checkpoint']) {
      writeFileSync(join(folder, name), '')
    }
    mkdirSync(join(folder, 'backup'))
    const keeper = keeperOf(folder, [1, 3, 5])
    expect(readdirSync(folder).sort()).toEqual(
      [...foreign, 'backup', checkpointFileName(1), checkpointFileName(3)].sort(),
    )
    expect(keeper.placeOf(1)).toEqual(place(252))
    expect(keeper.shareOf(1)).toBe(0.63)
    expect([keeper.placeOf(2), keeper.placeOf(5)]).toEqual([null, null])
    expect(keeper.shareOf(5)).toBeUndefined()
    keeper.written(5, place(100))
    write(folder, 5, 100)
    keeper.remove(1)
    keeper.remove(5)
    keeper.remove(9)
    expect(keeper.placeOf(5)).toBeNull()
    expect(readdirSync(folder).sort()).toEqual([...foreign, 'backup', checkpointFileName(3)].sort())
  })

  it('leaves out what has no head: whoever goes on from it says what is wrong', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, checkpointFileName(1)), '')
    writeFileSync(join(folder, checkpointFileName(2)), Buffer.alloc(100, 0xff))
    writeFileSync(join(folder, checkpointFileName(3)), Buffer.alloc(100))
    mkdirSync(join(folder, checkpointFileName(4)))
    write(folder, 5, 4)
    expect(checkpointPlacesIn(folder)).toEqual(new Map([[5, place(4)]]))
    expect(checkpointPlacesIn(join(folder, 'nowhere'))).toEqual(new Map())
    expect(keeperOf(folder, [1, 2, 3, 4, 5]).placeOf(2)).toBeNull()
    // The worker finds it, and tells.
    expect(readdirSync(folder)).toContain(checkpointFileName(2))
  })

  it('makes no file of a study that is gone, and removes none of one that has taken its place', () => {
    const study = join(temporaryFolder(), 'study')
    const folder = join(study, 'checkpoints')
    mkdirSync(study)
    const keeper = keeperOf(folder, [1])
    keeper.written(1, place(4))
    renameSync(study, `${study}-moved`)
    mkdirSync(folder, { recursive: true })
    write(folder, 1, 8)
    keeper.remove(1)
    expect(readdirSync(folder)).toEqual([checkpointFileName(1)])
  })

  it('has told what a person should know, and that it is so no longer, once each', () => {
    let told = 0
    const keeper = keeperOf(temporaryFolder(), [], () => told++)
    for (const problem of ['full', 'full', null, null]) keeper.told(problem)
    expect(told).toBe(2)
    keeper.told('full')
    expect(keeper.problem).toBe('full')
  })
})
