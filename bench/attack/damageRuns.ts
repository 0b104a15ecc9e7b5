/** Many damaged files, and how many of them were silent. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomGenerator } from '../../src-core/random/generator.ts'
import { trialNumber } from '../../src-core/trial/trial.ts'
import { hashOf, networkDamage } from '../../src-main/integrity/networkHash.ts'
import { systemClock as clock } from '../../src-main/scheduler/clock.ts'
import { journalEndFile } from '../../src-main/storage/journalEnd.ts'
import { StudyStore } from '../../src-main/storage/studyStore.ts'
import { damageFile, damageKinds, judge, lookAt, type Verdict } from './damage.ts'
import { makeSmallStudy } from './smallStudy.ts'

export interface DamageRun {
  readonly what: string
  readonly counts: Record<Verdict, number>
}

const noCounts = (): Record<Verdict, number> => ({ harmless: 0, noticed: 0, refused: 0, silent: 0 })

/** A database that was closed in order. */
export const damageDatabases = (folder: string, runs: number, generator: RandomGenerator): DamageRun => {
  const counts = noCounts()
  const inFolder = join(folder, 'databases')
  mkdirSync(inFolder)
  const { file, older } = makeSmallStudy(join(inFolder, 'study.sqlite'), clock)
  const before = lookAt(file, clock)
  const copy = join(inFolder, 'copy.sqlite')
  for (let run = 0; run < runs; run++) {
    for (const ending of ['-wal', '-shm']) rmSync(`${copy}${ending}`, { force: true })
    copyFileSync(file, copy)
    copyFileSync(journalEndFile(file), journalEndFile(copy))
    damageFile(copy, damageKinds[run % damageKinds.length] ?? 'bit', older, generator)
    counts[judge(copy, before, clock)]++
  }
  return { what: 'databases', counts }
}

/** The log of an application that was killed. */
export const damageLogs = (folder: string, runs: number, generator: RandomGenerator): DamageRun => {
  const counts = noCounts()
  const inFolder = join(folder, 'logs')
  mkdirSync(inFolder)
  const { file } = makeSmallStudy(join(inFolder, 'study.sqlite'), clock)
  const store = StudyStore.open(file, clock)
  for (let number = 0; number < 8; number++) {
    const configuration = { mapSize: 20 + number }
    const rest = { seed: number, explanation: {}, attempt: 0, createdAtMs: number }
    store.asked({ state: 'waiting', number: trialNumber(90_000 + number), configuration, ...rest })
  }
  const files = ['', '-wal', '-end'].map((ending) => ({ ending, bytes: readFileSync(`${file}${ending}`) }))
  store.close()
  const copy = join(inFolder, 'copy.sqlite')
  const restore = (): void => {
    rmSync(`${copy}-shm`, { force: true })
    for (const { ending, bytes } of files) writeFileSync(`${copy}${ending}`, bytes)
  }
  restore()
  const before = lookAt(copy, clock)
  const kinds = ['bit', 'bytes', 'sector', 'cut'] as const
  for (let run = 0; run < runs; run++) {
    restore()
    damageFile(`${copy}-wal`, kinds[run % kinds.length] ?? 'bit', new Uint8Array(), generator)
    counts[judge(copy, before, clock)]++
  }
  return { what: 'logs', counts }
}

/** The file of a network: any change of it must be noticed. */
export const damageNetworks = async (folder: string, runs: number, generator: RandomGenerator): Promise<DamageRun> => {
  const counts = noCounts()
  const file = join(folder, 'network.safetensors')
  const bytes = Uint8Array.from({ length: 100_000 }, () => generator.below(256))
  writeFileSync(file, bytes)
  const sha256 = await hashOf(file)
  const kinds = ['bit', 'bytes', 'cut'] as const
  for (let run = 0; run < runs; run++) {
    writeFileSync(file, bytes)
    const kind = kinds[run % kinds.length] ?? 'bit'
    if (kind === 'cut') truncateSync(file, generator.below(bytes.length))
    else damageFile(file, kind, bytes, generator)
    const same = Buffer.compare(readFileSync(file), bytes) === 0
    counts[(await networkDamage(file, sha256)) !== null ? 'noticed' : same ? 'harmless' : 'silent']++
  }
  return { what: 'networks', counts }
}
