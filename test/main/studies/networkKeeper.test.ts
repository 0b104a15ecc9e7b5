import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTrials, isMeasured, type MeasuredRow } from '../../../src-core/progress/best.ts'
import { networkFileName } from '../../../src-main/files/studyFolder.ts'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { NetworkKeeper, networkBytesIn } from '../../../src-main/studies/networkKeeper.ts'
import { mayMount, SmallDisk } from '../../support/smallDisk.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { complete, row } from '../../core/progress/fixtures.ts'

const kept = (number: number, objective: number, violation = 0) => ({
  ...complete(number, objective, violation),
  networkFile: networkFileName(number),
})

const measured = (rows: readonly TrialRow[]): MeasuredRow[] => rows.filter(isMeasured)

describe('a keeper of networks', () => {
  it('removes networks that no trial refers to, whole or half written, and nothing that is not its own', () => {
    const folder = temporaryFolder()
    const foreign = ['notes.txt', 'my-trial-000001.safetensors', 'trial-000009.safetensors.bak']
    const orphans = ['trial-000007.safetensors', 'trial-000003.safetensors.4711.tmp', 'trial-1234567.safetensors']
    for (const name of [...foreign, ...orphans, networkFileName(3)]) writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, 'backup'))
    new NetworkKeeper(folder, 2).sweep([kept(3, 0.5), row(7)])
    expect(readdirSync(folder).sort()).toEqual([...foreign, networkFileName(3), 'backup'].sort())
  })

  it.skipIf(!mayMount)('on a disk that may only be read keeps from removing, and ends no study by it', () => {
    const disk = new SmallDisk('64k')
    const folder = join(disk.folder, 'networks')
    const keeper = new NetworkKeeper(folder, 1)
    for (const number of [0, 1]) writeFileSync(join(folder, networkFileName(number)), 'kept')
    disk.protect()
    keeper.sweep([kept(0, 0.5)])
    const [surplus] = keeper.surplus([kept(0, 0.5), kept(1, 0.9)])
    keeper.remove(surplus?.networkFile ?? '')
    expect(keeper.bytes).toBe(0)
    expect(readdirSync(folder)).toEqual([networkFileName(0), networkFileName(1)])
    expect(new NetworkKeeper(join(disk.folder, 'elsewhere'), 1).bytes).toBe(0)
  })

  it('whose folder is no folder any more, or leads round in a circle, counts nothing and ends no study', () => {
    const study = temporaryFolder()
    const folder = join(study, 'networks')
    const keeper = new NetworkKeeper(folder, 1)
    for (const replace of [() => writeFileSync(folder, ''), () => symlinkSync(folder, folder)]) {
      rmSync(folder, { recursive: true, force: true })
      replace()
      keeper.added(networkFileName(0))
      keeper.remove(networkFileName(0))
      keeper.sweep([kept(0, 0.5)])
      expect([keeper.bytes, networkBytesIn(folder)]).toEqual([0, 0])
      expect(new NetworkKeeper(folder, 1).bytes).toBe(0)
    }
  })

  it('gives up as many as there are too many, none better than one it keeps; seed 31', () => {
    const folder = temporaryFolder()
    const outcomes = fc.array(fc.tuple(fc.constantFrom(0.1, 0.5, 0.9), fc.constantFrom(0, 0, 0.2)), { maxLength: 12 })
    fc.assert(
      fc.property(outcomes, fc.nat(5), (trials, keep) => {
        const rows: TrialRow[] = trials.map(([objective, violation], number) => kept(number, objective, violation))
        const surplus = new NetworkKeeper(folder, keep).surplus([...rows, row(99)])
        expect(surplus).toHaveLength(Math.max(0, rows.length - keep))
        const given = new Set(surplus.map(({ number }) => number))
        for (const worse of measured(surplus)) {
          for (const better of measured(rows)) {
            if (!given.has(better.number)) expect(compareTrials(better, worse)).toBeLessThan(0)
          }
        }
      }),
      { seed: 31, numRuns: 200 },
    )
  })
})
