import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type ConversionLock,
  othersProgress,
  takeLock,
} from '../../../../src-worker/datasets/converted/conversionLock.ts'
import { abandonedLockPath, partialPath, removeLeftovers } from '../../../../src-worker/datasets/converted/leftovers.ts'
import { convertedPath, loadConverted } from '../../../../src-worker/datasets/converted/loadConverted.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { everything, sourceAt, surroundings, tinySamples } from './tinySource.ts'

const now = Date.now
const minuteMs = 60_000
/** No process has it: Linux counts to 4,194,304 at most, macOS to 99,998. */
const nobody = 2 ** 22 + 1

/** Without the time in which a holder would write. */
const atOnce = (): Promise<void> => Promise.resolve()

const taken = async (path: string, nowMs = now()): Promise<ConversionLock> => {
  const lock = await takeLock(path, nowMs, atOnce)
  if (lock === null) throw new Error('another has it')
  return lock
}

const recordOf = (process: number, host = hostname()): string =>
  JSON.stringify({ id: 'one', process, host, samplesDone: 3, samplesPlanned: 9 })

describe('the lock of a conversion', () => {
  it('is held by one, whose progress the others see, until it is given back', async () => {
    const path = join(temporaryFolder(), 'dataset')
    const lock = await taken(path)
    expect(await takeLock(path, now())).toBeNull()
    expect(await othersProgress(path, now())).toEqual({ samplesDone: 0, samplesPlanned: 0 })
    lock.tell(31_000, 60_000)
    await expect.poll(() => othersProgress(path, now())).toEqual({ samplesDone: 31_000, samplesPlanned: 60_000 })
    await lock.release()
    expect(await othersProgress(path, now())).toBeNull()
    await (await taken(path)).release()
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it('is held by one of several who try at the same time', async () => {
    const path = join(temporaryFolder(), 'dataset')
    const tried = await Promise.all(Array.from({ length: 8 }, () => takeLock(path, now())))
    expect(tried.filter((lock) => lock !== null)).toHaveLength(1)
    await tried.find((lock) => lock !== null)?.release()
  })

  it('of a process that is no more is taken over', async () => {
    const path = join(temporaryFolder(), 'dataset')
    writeFileSync(`${path}.lock`, recordOf(nobody))
    expect(await othersProgress(path, now())).toBeNull()
    const tried = await Promise.all(Array.from({ length: 8 }, () => takeLock(path, now())))
    const held = tried.filter((lock) => lock !== null)
    expect(held.length).toBeGreaterThanOrEqual(1)
    expect(readdirSync(join(path, '..'))).toEqual(['dataset.lock'])
    await Promise.all(held.map((lock) => lock.release()))
    expect(readdirSync(join(path, '..'))).toEqual([])
  })

  it.each([
    ['of another machine', recordOf(nobody, 'elsewhere')],
    ['of a process that lives', recordOf(process.pid)],
    ['that nobody understands', 'half a reco'],
  ])('%s is respected, and taken over when it was not written for minutes', async (_, text) => {
    const path = join(temporaryFolder(), 'dataset')
    writeFileSync(`${path}.lock`, text)
    expect(await takeLock(path, now())).toBeNull()
    expect(await othersProgress(path, now())).not.toBeNull()
    const longAgo = (now() - 3 * minuteMs) / 1000
    utimesSync(`${path}.lock`, longAgo, longAgo)
    expect(await othersProgress(path, now())).toBeNull()
    await (await taken(path)).release()
  })

  it('is not taken from a process that writes it, whatever is done to the date', async () => {
    const path = join(temporaryFolder(), 'dataset')
    const lock = await taken(path)
    const written = async (): Promise<void> => {
      const before = statSync(`${path}.lock`).mtimeMs
      await expect.poll(() => statSync(`${path}.lock`).mtimeMs).not.toBe(before)
    }
    expect(await takeLock(path, now() + 60 * minuteMs, written)).toBeNull()
    expect(await takeLock(path, now() - 60 * minuteMs, written)).toBeNull()
    await lock.release()
  })

  it('that another has taken over stays when the first gives it back', async () => {
    const path = join(temporaryFolder(), 'dataset')
    const slow = await taken(path)
    const second = await taken(path, now() + 3 * minuteMs)
    const text = readFileSync(`${path}.lock`, 'utf8')
    slow.tell(5, 9)
    await slow.release()
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe(text)
    await second.release()
  })

  it('needs a folder that can be written', async () => {
    const path = join(temporaryFolder(), 'none', 'dataset')
    await expect(takeLock(path, now())).rejects.toMatchObject({ code: 'folder-not-writable' })
  })
})

describe('who waits for a conversion', () => {
  const [tiny] = tinySamples
  if (tiny === undefined) throw new Error('a tiny dataset')

  it('is told how far it is, and can be called off', async () => {
    const cache = temporaryFolder()
    const { source, counter } = sourceAt(temporaryFolder(), tiny)
    mkdirSync(join(cache, 'datasets'))
    const lock = await taken(convertedPath(source, cache))
    const told: unknown[] = []
    const progress = (...state: unknown[]): Promise<void> => {
      told.push(state)
      return told.length === 3 ? Promise.reject(new Error('called off')) : Promise.resolve()
    }
    await expect(loadConverted(source, surroundings(cache, { progress }))).rejects.toThrow('called off')
    expect(told).toEqual(Array(3).fill([0, 0, true]))
    expect(counter.readings).toBe(0)
    await lock.release()
    expect(await everything(source, cache)).toEqual(tiny.samples)
  })

  it('converts the dataset when the other gave up', async () => {
    const cache = temporaryFolder()
    const { source, counter } = sourceAt(temporaryFolder(), tiny)
    mkdirSync(join(cache, 'datasets'))
    const lock = await taken(convertedPath(source, cache))
    const loading = loadConverted(source, surroundings(cache, { wait: () => lock.release() }))
    expect((await loading).train.count).toBe(2)
    expect(counter.readings).toBe(1)
  })
})

describe('removeLeftovers', () => {
  it('removes what nobody writes any more', async () => {
    const folder = temporaryFolder()
    const hourAgo = (now() - 61 * minuteMs) / 1000
    const kept = [
      'one.samples',
      'one.samples.lock',
      partialPath('one.samples', process.pid, 'a'),
      // Of another dataset, and so perhaps of another machine.
      partialPath('two.samples', nobody, 'b'),
      abandonedLockPath('two.samples.lock', 'c'),
    ]
    const old = [partialPath('two.samples', nobody, 'e')]
    const left = [partialPath('one.samples', nobody, 'f'), ...old, abandonedLockPath('two.samples.lock', 'g')]
    for (const name of [...kept, ...left]) writeFileSync(join(folder, name), '')
    // The date was set forward: a process of this machine still writes.
    const ours = [partialPath('one.samples', process.pid, 'd'), partialPath('two.samples', process.pid, 'h')]
    kept.push(...ours)
    for (const name of ours) writeFileSync(join(folder, name), '')
    for (const name of [...left.slice(1), ...ours]) utimesSync(join(folder, name), hourAgo, hourAgo)
    await removeLeftovers(join(folder, 'one.samples'), now())
    expect(readdirSync(folder).sort()).toEqual(kept.sort())
  })
})
