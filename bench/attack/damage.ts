/**
 * Damages files as disks do, and asks whether it was noticed: bits that flip, bytes and sectors that are overwritten, pages
 * that are old or lie at another's place, files that end early.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { RandomGenerator } from '../../src-core/random/generator.ts'
import type { Clock } from '../../src-main/scheduler/clock.ts'
import { examineDatabase } from '../../src-main/storage/examineDatabase.ts'
import { openConnection } from '../../src-main/storage/sqlite.ts'
import { StudyStore } from '../../src-main/storage/studyStore.ts'

/** How a damaged study shows itself. */
export const verdicts = ['harmless', 'noticed', 'refused', 'silent'] as const
export type Verdict = (typeof verdicts)[number]

const pageBytes = 4096
const sectorBytes = 512

export const damageKinds = ['bit', 'bytes', 'sector', 'stale page', 'swapped pages', 'cut'] as const
export type DamageKind = (typeof damageKinds)[number]

/**
 * Damages a file.
 * @param older the same file as it was earlier
 */
export const damageFile = (file: string, kind: DamageKind, older: Uint8Array, generator: RandomGenerator): void => {
  const bytes = readFileSync(file)
  const pages = Math.floor(bytes.length / pageBytes)
  const page = (): number => generator.below(pages) * pageBytes
  const patch = (at: number, content: Uint8Array): void => {
    const handle = openSync(file, 'r+')
    writeSync(handle, content, 0, content.length, at)
    closeSync(handle)
  }
  switch (kind) {
    case 'bit': {
      const at = generator.below(bytes.length)
      patch(at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << generator.below(8))))
      break
    }
    case 'bytes': {
      const at = generator.below(bytes.length)
      const length = Math.min(1 + generator.below(64), bytes.length - at)
      patch(
        at,
        Uint8Array.from({ length }, () => generator.below(256)),
      )
      break
    }
    case 'sector': {
      const at = generator.below(Math.floor(bytes.length / sectorBytes)) * sectorBytes
      patch(at, new Uint8Array(sectorBytes).fill(generator.below(2) === 0 ? 0 : 0xff))
      break
    }
    case 'stale page': {
      const at = generator.below(Math.floor(Math.min(bytes.length, older.length) / pageBytes)) * pageBytes
      patch(at, older.subarray(at, at + pageBytes))
      break
    }
    case 'swapped pages':
      patch(page(), bytes.subarray(page()).subarray(0, pageBytes))
      break
    case 'cut': {
      const handle = openSync(file, 'r+')
      ftruncateSync(handle, generator.below(bytes.length))
      closeSync(handle)
    }
  }
}

/** Everything that is shown of a study, from its database. */
export const shownOf = (store: StudyStore): unknown => {
  const trials = store.trials()
  const { workers, devices, ...study } = store.study()
  return {
    study,
    workers,
    devices,
    trials,
    sums: store.sums(),
    told: store.toldOrder(),
    curves: store.epochCurves(),
    annotations: [...store.annotations()],
    confirmations: store.confirmations(),
    whole: trials.map(({ number }) => [store.trial(number), store.events(number)]),
  }
}

/** @returns what is shown of a study; null: it is refused, with an error that a person can act on */
export const lookAt = (database: string, clock: Clock): unknown => {
  try {
    const store = StudyStore.openReadOnly(database, clock)
    try {
      return shownOf(store)
    } finally {
      store.close()
    }
  } catch (error) {
    if (error instanceof SpiketuneError && error.code !== 'internal') return null
    throw error
  }
}

/**
 * What became of a study whose file was damaged: `silent` is what must not be, other values without a word.
 * @param before what was shown
 */
export const judge = (database: string, before: unknown, clock: Clock): Verdict => {
  const after = lookAt(database, clock)
  if (after === null) return 'refused'
  const connection = openConnection(database, { readOnly: true, mustExist: true })
  try {
    if (examineDatabase(connection).damage.length > 0) return 'noticed'
  } finally {
    connection.close()
  }
  return isDeepStrictEqual(after, before) ? 'harmless' : 'silent'
}
