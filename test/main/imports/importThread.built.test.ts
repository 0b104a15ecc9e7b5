import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportProgress } from '../../../src-core/contracts/window/importCalls.ts'
import { createKeeperThread } from '../../../src-main/integrity/keeperThread.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { emptyLibrary } from '../library/emptyLibrary.ts'

const keeper = createKeeperThread(new URL('../../../out/main/keeper.js', import.meta.url))

const logOf = (rows: number, scale = 1): string => {
  const path = join(temporaryFolder(), 'log.csv')
  const row = (index: number): string =>
    `${100 + (index % 900)},all,${(-scale * (1 + (index % 97))) / 100},False,60000,-0.05,2024-01-01 10:00:00,2024-01-01 11:00:00`
  const names = 'map_size,decoder,objective,stopped,processed_images,constraint_0,start_date,end_date'
  writeFileSync(path, [names, ...Array.from({ length: rows }, (_, index) => row(index)), ''].join('\n'))
  return path
}

describe('an import in a thread', () => {
  it('makes the study that an import in this one makes', async () => {
    const file = logOf(300)
    const studyOf = async (library: ReturnType<typeof emptyLibrary>) => {
      const { study, notes } = await library.importLog(file, null)
      const { summary, trials } = study.snapshot()
      await study.close()
      return { notes, trials, counts: summary.counts, state: summary.state, elapsedMs: summary.elapsedMs }
    }
    const there = await studyOf(emptyLibrary(undefined, undefined, undefined, keeper))
    expect(there.trials).toHaveLength(300)
    expect(there).toEqual(await studyOf(emptyLibrary()))
  })

  it('names what is wrong, and asks what is not clear, as in this one', async () => {
    const library = emptyLibrary(undefined, undefined, undefined, keeper)
    await expect(library.importLog(logOf(3, 100), null)).rejects.toMatchObject({
      code: 'log-accuracy-unclear',
      column: 'objective',
      highest: 3,
    })
    await expect(library.importLog(logOf(3, 20_000), null)).rejects.toMatchObject({ code: 'log-invalid' })
    await expect(library.importLog(join(temporaryFolder(), 'none.csv'), null)).rejects.toMatchObject({
      code: 'log-not-found',
    })
    expect(existsSync(library.folder)).toBe(false)
  })

  it('says how far it is, and can be called off in the middle: nothing is left', async () => {
    const library = emptyLibrary(undefined, undefined, undefined, keeper)
    const file = logOf(20_000)
    for (const phase of ['reading', 'storing'] as const) {
      const called = new AbortController()
      const reason = new Error('called off')
      const seen: ImportProgress[] = []
      const progress = (told: ImportProgress): void => {
        seen.push(told)
        if (told.phase === phase) called.abort(reason)
      }
      await expect(library.importLog(file, null, { progress, signal: called.signal })).rejects.toBe(reason)
      expect(seen.at(-1)?.phase).toBe(phase)
      expect(existsSync(library.folder)).toBe(false)
    }
  })
})
