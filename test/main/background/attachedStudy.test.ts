import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StudyChange } from '../../../src-core/progress/readModel.ts'
import { writeBackgroundRecord } from '../../../src-main/background/backgroundRecord.ts'
import { serveStudy, type StudyServer } from '../../../src-main/background/studyServer.ts'
import { studyPaths } from '../../../src-main/files/studyFolder.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { createTiny, emptyLibrary, listed } from '../library/emptyLibrary.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

const configuration = { decoder: 'all', mapSize: 12, thresholdExcitatoryMv: -60 }

interface Served {
  readonly clock: ManualClock
  readonly library: StudyLibrary
  /** As the process in the background has it. */
  readonly study: OpenStudy
  readonly socket: string
  readonly server: StudyServer
}

/** A study that is served as by a process in the background, but from here. */
const served = async (): Promise<Served> => {
  const clock = new ManualClock()
  const library = emptyLibrary(undefined, clock)
  const study = await createTiny(library)
  const socket = join(temporaryFolder(), 'study.sock')
  const server = await serveStudy(study, { socket, clock })
  await name(study, socket)
  onTestFinished(async () => {
    await server.end(study.summary())
    await study.close()
  })
  return { clock, library, study, socket, server }
}

const name = (study: OpenStudy, socket: string): Promise<void> =>
  writeBackgroundRecord(studyPaths(study.folder), {
    ...{ version: 1, pid: process.pid, socket, startedAtMs: 0 },
    applicationVersion: '0.1.0',
  })

const opened = async ({ library, study }: Pick<Served, 'library' | 'study'>): Promise<OpenStudy> => {
  const attached = await library.open(study.id)
  onTestFinished(() => attached.close())
  return attached
}

/** Resolves with the next change that is told, when time goes on. */
const nextChange = (study: OpenStudy): Promise<StudyChange> =>
  new Promise((resolve) => {
    const unsubscribe = study.subscribe((change) => {
      unsubscribe()
      resolve(change)
    })
  })

describe('a study that another process runs in the background', () => {
  it('does here what it is asked, and tells it', async () => {
    const { clock, study, library } = await served()
    const attached = await opened({ library, study })
    expect(attached.summary()).toMatchObject({ readOnly: true, inBackground: true, counts: { waiting: 0 } })
    const row = await attached.calls.enqueueTrial({ id: study.id, configuration, seed: 7 })
    expect(row).toMatchObject({ number: 0, seed: 7, enqueued: true })
    expect(study.snapshot().trials).toEqual([row])
    const told = nextChange(attached)
    clock.advance(100)
    expect((await told).trials).toEqual([row])
    const noted = await attached.calls.annotateTrial({ id: study.id, number: 0, note: 'from afar', pinned: true })
    expect(noted.annotation).toMatchObject({ note: 'from afar', pinned: true, tags: [] })
    const again = nextChange(attached)
    clock.advance(1000)
    await again
    expect(attached.snapshot()).toEqual({
      ...study.snapshot(),
      summary: { ...study.summary(), readOnly: true, inBackground: true },
    })
  })

  it('is labelled from the library, and has lines of others in its log book', async () => {
    const { clock, study, library } = await served()
    const attached = await opened({ library, study })
    const told = nextChange(attached)
    const { labels } = await library.label(study.id, { title: 'The long one', addTags: ['paper'] })
    expect(labels).toMatchObject({ title: 'The long one', tags: ['paper'] })
    clock.advance(100)
    expect((await told).summary.labels).toEqual(labels)
    expect(study.summary().labels).toEqual(labels)
    await library.writeLog(study.id, 'left for the night')
    expect((await library.logBook(study.id)).map(({ text }) => text)).toContain('left for the night')
    await expect(library.writeLog(study.id, ' ')).rejects.toMatchObject({ code: 'labels-invalid' })
  })

  it('is shown as it is to whoever comes later', async () => {
    const { study, library } = await served()
    study.enqueue(configuration, null)
    study.annotate(0, { note: 'before' })
    const attached = await opened({ library, study })
    expect(attached.snapshot().trials).toEqual(study.snapshot().trials)
  })

  it('refuses with the error of the study itself', async () => {
    const { study, library } = await served()
    const attached = await opened({ library, study })
    await expect(attached.calls.cancelTrial({ id: study.id, number: 3 })).rejects.toMatchObject({
      name: 'SpiketuneError',
      code: 'trial-not-found',
    })
    await expect(
      attached.calls.enqueueTrial({ id: study.id, configuration: { mapSize: 9000 }, seed: null }),
    ).rejects.toMatchObject({ code: 'configuration-invalid' })
    // Nothing that is not asked of the process.
    expect(() => attached.annotate(0, {})).toThrow('runs in the background')
  })

  it('is listed as such', async () => {
    const { library } = await served()
    expect((await listed(library)).map(({ readOnly, inBackground }) => [readOnly, inBackground])).toEqual([
      [true, true],
    ])
  })

  it('is a study like any other when the process has ended', async () => {
    const { study, library, server } = await served()
    const attached = await opened({ library, study })
    const settled = attached.settled()
    const change = nextChange(attached)
    await study.close()
    await server.end(study.summary())
    await settled
    expect((await change).summary.inBackground).toBeUndefined()
    await expect(attached.calls.pauseStudy({ id: study.id })).rejects.toMatchObject({ code: 'background-ended' })
    const own = await opened({ library, study })
    expect(own.readOnly).toBe(false)
  })

  it('is only looked at where the process does not answer, or for another study', async () => {
    const { study, library, socket } = await served()
    await name(study, join(temporaryFolder(), 'gone.sock'))
    expect((await opened({ library, study })).summary().inBackground).toBeUndefined()
    const other = await createTiny(library, { name: 'other' })
    onTestFinished(() => other.close())
    await name(other, socket)
    const mistaken = await opened({ library, study: other })
    expect(mistaken.summary()).toMatchObject({ id: 'other-1', readOnly: true })
    expect(mistaken.summary().inBackground).toBeUndefined()
  })

  it.each(['hello\n', '{"type":"ask","id":-1}\n', '{"type":"shout"}\n'])(
    'hangs up on %j, and on nobody else',
    async (said) => {
      const { study, library, socket } = await served()
      const attached = await opened({ library, study })
      const stranger = connect(socket)
      stranger.on('error', () => undefined)
      stranger.write(said)
      await once(stranger, 'close')
      expect(await attached.calls.setWorkers({ id: study.id, workers: 3 })).toMatchObject({ workersWanted: 3 })
    },
  )

  it('answers a question that nobody knows with an error', async () => {
    const { socket } = await served()
    const stranger = connect(socket)
    stranger.write('{"type":"ask","id":1,"name":"constructor","request":null}\n')
    const [said] = (await once(stranger.setEncoding('utf8'), 'data')) as [string]
    expect(JSON.parse(said)).toMatchObject({
      type: 'error',
      id: 1,
      error: { message: expect.stringContaining('nobody knows') },
    })
    stranger.destroy()
  })
})
