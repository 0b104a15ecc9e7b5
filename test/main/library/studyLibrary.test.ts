import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import type { WaitingTrial } from '../../../src-core/trial/trial.ts'
import { filesOf } from '../../../src-main/library/keptSummaries.ts'
import { networkFileName, studyPaths } from '../../../src-main/files/studyFolder.ts'
import { unreadable } from '../../../src-main/library/studyOverviews.ts'
import { claimed } from '../../../src-main/scheduler/trialSteps.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import { mayMount, SmallDisk } from '../../support/smallDisk.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { createTiny, emptyLibrary, listed } from './emptyLibrary.ts'
import { waitingTrial } from '../storage/tinyStore.ts'

describe('half-made study folders', () => {
  it('are swept when a study is made, unless somebody may still be making them', async () => {
    const clock = new ManualClock(Date.now())
    const library = emptyLibrary(temporaryFolder(), clock)
    const [old, fresh, held] = ['.new-old', '.new-fresh', '.new-held'].map((name) => join(library.folder, name))
    if (old === undefined || fresh === undefined || held === undefined) throw new Error('there are three')
    for (const folder of [old, fresh, held]) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'study.sqlite'), '')
    }
    const seconds = clock.now() / 1000
    utimesSync(old, seconds - 3601, seconds - 3601)
    utimesSync(fresh, seconds - 3599, seconds - 3599)
    // Its maker is at work; somebody has set the date.
    const lock = takeWriterLock(join(held, 'writer.lock'))
    utimesSync(held, seconds - 3601, seconds - 3601)
    expect(await listed(library)).toEqual([])
    await (await createTiny(library)).close()
    expect(readdirSync(library.folder).sort()).toEqual(['.new-fresh', '.new-held', 'tiny-1'])
    lock?.release()
  })

  it.skipIf(!mayMount)('are not left behind when the disk is full, and the error names the library', async () => {
    const disk = new SmallDisk('256k')
    const library = emptyLibrary(join(disk.folder, 'library'))
    mkdirSync(library.folder)
    disk.fill(3)
    await expect(Promise.resolve().then(() => createTiny(library))).rejects.toMatchObject({
      code: 'disk-full',
      message: `No space is left for ${library.folder}. Free some space, then try again.`,
    })
    expect(readdirSync(library.folder)).toEqual([])
  })
})

describe('a library', () => {
  it('whose studies would have a path that SQLite does not take says so, and makes nothing', async () => {
    const base = temporaryFolder()
    const long = (bytes: number): string => {
      const parts = [base]
      for (let left = bytes - base.length; left > 0; left -= 101) parts.push('a'.repeat(Math.min(100, left - 1)))
      return join(...parts)
    }
    // Room for the study, and not for the folder under which it is made; and the other way round.
    for (const [bytes, name] of [
      [480, 'tiny'],
      [440, 'n'.repeat(64)],
    ] as const) {
      const library = emptyLibrary(long(bytes))
      await expect(Promise.resolve().then(() => createTiny(library, { name }))).rejects.toMatchObject({
        code: 'path-too-long',
        message: expect.stringMatching(/has \d{3} bytes/) as string,
      })
      expect(existsSync(library.folder)).toBe(false)
    }
    const longest = emptyLibrary(long(443))
    await (await createTiny(longest)).close()
    expect(await listed(longest)).toMatchObject([{ id: 'tiny-1', state: { kind: 'new' } }])
  })

  it.skipIf(!mayMount)('on a disk that may only be read takes no study, whether it is there or not', async () => {
    const disk = new SmallDisk('64k')
    disk.protect()
    for (const folder of [disk.folder, join(disk.folder, 'a', 'library')]) {
      await expect(Promise.resolve().then(() => createTiny(emptyLibrary(folder)))).rejects.toMatchObject({
        code: 'folder-not-writable',
        message: expect.stringContaining(folder) as string,
      })
    }
  })

  it('whose folder is a file says so', async () => {
    const folder = join(temporaryFolder(), 'library')
    writeFileSync(folder, '')
    await expect(listed(emptyLibrary(folder))).rejects.toMatchObject({ code: 'folder-not-writable' })
  })

  it('lists what has happened to a study since the list before, and a study that took the place of another', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    expect((await listed(library))[0]?.counts.waiting).toBe(0)
    const store = StudyStore.open(join(study.folder, 'study.sqlite'), new ManualClock(Date.now()))
    store.asked(waiting(0))
    expect((await listed(library))[0]?.counts.waiting).toBe(1)
    store.close()
    rmSync(study.folder, { recursive: true })
    const other = await createTiny(library)
    await other.close()
    expect(other.folder).toBe(study.folder)
    expect((await listed(library)).map(({ counts }) => counts.waiting)).toEqual([0])
  })

  it('lists last used first, whatever the times of the files say, and what is open as it is', async () => {
    const clock = new ManualClock(1_000_000)
    const library = emptyLibrary(undefined, clock)
    for (const seconds of [3, 1, 2]) {
      clock.advance(1000 * seconds)
      await (await createTiny(library)).close()
    }
    const ids = ['tiny-3', 'tiny-2', 'tiny-1']
    expect((await listed(library)).map(({ id }) => id)).toEqual(ids)
    for (const [index, id] of ids.entries()) {
      utimesSync(join(library.folder, id, 'study.sqlite'), 2000 + index, 2000 + index)
    }
    expect((await listed(library)).map(({ id }) => id)).toEqual(ids)
    const summaries: StudySummary[] = []
    for await (const summary of library.list((folder) =>
      folder.endsWith('tiny-2') ? { ...made(folder), updatedAtMs: clock.now() + 1 } : undefined,
    )) {
      summaries.push(summary)
    }
    expect(summaries.map(({ id }) => id)).toEqual(['made up', 'tiny-3', 'tiny-1'])
  })

  it('keeps what it has listed for the next run, and believes none of it once a file has changed', async () => {
    const [folder, cache] = [join(temporaryFolder(), 'library'), temporaryFolder()]
    const later = new ManualClock(Date.now() + 60_000)
    const study = await createTiny(emptyLibrary(folder))
    await study.close()
    const database = join(study.folder, 'study.sqlite')
    const [first] = await listed(emptyLibrary(folder, later, cache))
    // Would be called damaged if it were read; its stamp cannot be kept, so the kept text is changed to that of the new one.
    const [keptFile = ''] = readdirSync(join(cache, 'libraries'))
    const kept = join(cache, 'libraries', keptFile)
    const text = readFileSync(kept, 'utf8')
    expect(text).toContain('"kind":"new"')

    const damaged = Buffer.from(readFileSync(database))
    writeFileSync(database, damaged.fill(7))
    expect((await listed(emptyLibrary(folder, later, cache)))[0]?.state.kind).toBe('error')
    const { stamp } = filesOf(studyPaths(study.folder)) ?? { stamp: '' }
    const [name = '', , usedAtMs = '', , json = ''] = text.split('\t')
    const forged = [usedAtMs, stamp, json.replace(/"stamp":"[^"]*"/, `"stamp":"${stamp}"`)].join('\t')
    const hash = createHash('sha256').update(forged).digest('hex').slice(0, 16)
    writeFileSync(kept, `${name}\t${hash}\t${forged}`)
    expect(await listed(emptyLibrary(folder, later, cache))).toEqual([first])
    // The same with a digit that has rotted.
    writeFileSync(kept, `${name}\t${hash}\t${forged.replace('"waiting":0', '"waiting":8')}`)
    expect((await listed(emptyLibrary(folder, later, cache)))[0]?.state.kind).toBe('error')
    writeFileSync(kept, 'nothing of the kind')
    expect(await listed(emptyLibrary(folder, later, cache))).toHaveLength(1)
  })

  it('keeps nothing of what was written a moment ago, which may be written again in the same tick of the clock', async () => {
    const [folder, cache] = [join(temporaryFolder(), 'library'), temporaryFolder()]
    await (await createTiny(emptyLibrary(folder))).close()
    await listed(emptyLibrary(folder, new ManualClock(Date.now()), cache))
    expect(readdirSync(cache)).toEqual([])
  })

  it('reads a study without opening it: the same as it shows when it is open, of one moment, a trial at a time', async () => {
    const clock = new ManualClock()
    const library = emptyLibrary(undefined, clock)
    const study = await createTiny(library)
    await study.close()
    const database = join(study.folder, 'study.sqlite')
    const store = StudyStore.open(database, clock)
    for (const number of [0, 1, 2]) store.asked(waiting(number))
    // Its application dies here.
    store.moved(claimed(waiting(1), 'cpu-0', 2), 'claimed', 10)
    store.stateChanged({ kind: 'running' }, 10)
    const reading = await library.read('tiny-1')
    expect(reading.summary).toMatchObject({ state: { kind: 'interrupted' }, counts: { waiting: 3, running: 0 } })
    const [first, ...others] = reading.rows()
    expect([first?.number, ...others.map(({ number, state }) => [number, state])]).toEqual([
      0,
      [1, 'waiting'],
      [2, 'waiting'],
    ])
    store.asked(waiting(3))
    expect([...reading.rows()]).toHaveLength(3)
    reading.close()
    store.close()
    const opened = await library.open('tiny-1')
    const { summary, trials } = opened.snapshot()
    await opened.close()
    const again = await library.read(study.folder)
    expect([...again.rows()]).toEqual(trials)
    expect(again.summary).toEqual(summary)
    expect(again.definition).toEqual(opened.definition)
    again.close()
    await expect(library.read('tiny-9')).rejects.toMatchObject({ code: 'study-not-found' })
  })

  it('sees every way of writing to a study', async () => {
    const [folder, cache] = [join(temporaryFolder(), 'library'), temporaryFolder()]
    const later = new ManualClock(Date.now() + 60_000)
    const study = await createTiny(emptyLibrary(folder))
    await study.close()
    const library = emptyLibrary(folder, later, cache)
    await listed(library)
    const store = StudyStore.open(join(study.folder, 'study.sqlite'), later)
    for (const number of [0, 1, 2]) {
      store.asked(waiting(number))
      expect((await listed(library))[0]?.counts.waiting).toBe(number + 1)
      expect((await listed(emptyLibrary(folder, later, cache)))[0]?.counts.waiting).toBe(number + 1)
    }
    store.close()
    expect((await listed(library))[0]?.counts.waiting).toBe(3)
    writeFileSync(join(study.folder, 'networks', 'trial-000000.safetensors'), 'weights')
    expect((await listed(library))[0]?.networkBytes).toBe(7)
  })

  it('writes nothing into its studies when it lists them', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    // As it is when a study was copied from somewhere else.
    const copy = join(library.folder, 'copy-1')
    execFileSync('cp', ['-r', study.folder, copy])
    execFileSync('rm', [join(copy, 'writer.lock')])
    const before = readdirSync(library.folder, { recursive: true })
    expect((await listed(library)).map(({ state, readOnly }) => [state.kind, readOnly])).toEqual([
      ['new', false],
      ['new', false],
    ])
    // Of a study with a log beside its database it would have to be asked each time whether somebody writes to it.
    expect(readdirSync(library.folder, { recursive: true })).toEqual(before)
    expect(before).not.toContain(join('copy-1', 'writer.lock'))
  })
})

describe('a study that is open while its folder', () => {
  it('goes away ends in error, and what it held is a study beside it, its networks too where they are left', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    const { networks, database } = studyPaths(study.folder)
    writeFileSync(join(networks, networkFileName(3)), 'weights')
    const changes: StudySummary[] = []
    study.subscribe(({ summary }) => changes.push(summary))
    rmSync(database)
    const row = study.enqueue(waiting(0).configuration, 7)
    await Promise.resolve()
    const rescuedTo = `${study.folder}-rescued`
    expect(changes.at(-1)?.state).toMatchObject({ kind: 'error', reason: 'study-gone', rescuedTo })
    await expect(study.start()).rejects.toMatchObject({
      code: 'study-gone',
      message: expect.stringContaining(rescuedTo) as string,
    })
    expect(() => study.enqueue(waiting(0).configuration, 8)).toThrow(expect.objectContaining({ code: 'study-gone' }))
    expect(study.trial(row.number)).toMatchObject({ seed: 7 })
    await study.close()

    const rescued = await library.open('tiny-1-rescued')
    expect(rescued.readOnly).toBe(false)
    // It did not run when its folder went: nothing is wrong with it.
    expect(rescued.snapshot()).toMatchObject({ summary: { state: { kind: 'new' } }, trials: [{ seed: 7 }] })
    await rescued.close()
    expect(readFileSync(studyPaths(rescuedTo).definition, 'utf8')).toBe(
      readFileSync(studyPaths(study.folder).definition, 'utf8'),
    )
  })
})

describe.skipIf(!mayMount)('a disk that may only be read', () => {
  it('lets studies be listed, read, exported elsewhere and forked, and nothing be changed', async () => {
    const disk = new SmallDisk('2m')
    const clock = new ManualClock()
    const library = emptyLibrary(disk.folder, clock)
    const study = await createTiny(library)
    study.enqueue(waiting(0).configuration, 7)
    await study.close()
    // Of one whose application was killed, what was committed last lies beside the database.
    const killed = await createTiny(emptyLibrary(undefined, clock), { name: 'killed' })
    killed.enqueue(waiting(0).configuration, 8)
    cpSync(killed.folder, join(disk.folder, 'killed-1'), { recursive: true })
    rmSync(join(disk.folder, 'killed-1', 'study.sqlite-shm'))
    await killed.close()
    disk.protect()

    expect(await listed(library)).toMatchObject([
      { id: 'killed-1', state: { kind: 'new' }, readOnly: true, folderProtected: true, counts: { waiting: 1 } },
      { id: 'tiny-1', state: { kind: 'new' }, readOnly: true, folderProtected: true, counts: { waiting: 1 } },
    ])
    for (const [id, seed] of [
      ['tiny-1', 7],
      ['killed-1', 8],
    ] as const) {
      const opened = await library.open(id)
      expect(opened.snapshot().trials).toMatchObject([{ state: 'waiting', seed }])
      expect(opened.record(0).row.seed).toBe(seed)
      const refusal = { code: 'folder-not-writable', message: expect.stringContaining('You may not write') as string }
      await expect(opened.start()).rejects.toMatchObject(refusal)
      expect(() => opened.enqueue(waiting(0).configuration, 9)).toThrow(expect.objectContaining(refusal))
      const source = stringify(tinyStudy())
      const elsewhere = emptyLibrary(undefined, clock)
      const fork = await elsewhere.create(decodeDefinition(source, 'tiny.yaml'), source, { study: opened, copies: [] })
      await fork.close()
      await opened.close()
    }
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('spiketune-read-'))).toEqual([])
  })

  it('shows a study that another application runs as it goes on', async () => {
    const disk = new SmallDisk('2m')
    const running = await createTiny(emptyLibrary(join(disk.folder, 'library')))
    const look = temporaryFolder()
    execFileSync('mount', ['--bind', disk.folder, look])
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', look])
    })
    execFileSync('mount', ['-o', 'remount,ro,bind', look])
    const clock = new ManualClock()
    const watching = await emptyLibrary(join(look, 'library'), clock).open('tiny-1')
    running.enqueue(waiting(0).configuration, 7)
    clock.advance(1000)
    expect(watching.snapshot()).toMatchObject({ summary: { folderProtected: true }, trials: [{ seed: 7 }] })
    await watching.close()
    await running.close()
  })
})

describe.skipIf(!mayMount)('a disk that is full to the last byte', () => {
  it('lets what is stored be listed and read, also of a study that it interrupted', async () => {
    const disk = new SmallDisk('1m')
    const clock = new ManualClock()
    const library = emptyLibrary(join(disk.folder, 'library'), clock)
    const study = await createTiny(library)
    await study.close()
    const store = StudyStore.open(join(study.folder, 'study.sqlite'), clock)
    for (const number of [0, 1]) store.asked(waiting(number))
    store.moved(claimed(waiting(1), 'cpu-0', 2), 'claimed', 10)
    store.stateChanged({ kind: 'running' }, 10)
    store.close()
    disk.fill()

    expect(await listed(library)).toMatchObject([
      { id: 'tiny-1', state: { kind: 'interrupted' }, counts: { waiting: 1, running: 1 } },
    ])
    const opened = await library.open('tiny-1')
    expect(opened.readOnly).toBe(false)
    expect(opened.snapshot().trials.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(opened.trial(0)).toEqual(waiting(0))
    await opened.start()
    const { state } = await opened.settled()
    expect(state).toMatchObject({ kind: 'error', message: expect.stringContaining('the disk is full') as string })
    await opened.close()

    disk.free()
    const again = await library.open('tiny-1')
    expect(again.trial(1)).toEqual(waiting(1))
    expect(again.snapshot().summary.state).toEqual({ kind: 'interrupted' })
    await again.close()
  })
})

const made = (folder: string): StudySummary => ({
  ...unreadable('made up', folder, ''),
  state: { kind: 'running' },
  readOnly: false,
})

const waiting = (number: number): WaitingTrial =>
  waitingTrial(number, { configuration: { decoder: 'all', mapSize: 20, thresholdExcitatoryMv: -55 }, seed: 7 })
