import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import type { OptimiserHost } from '../../../src-main/scheduler/optimiserService.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const threads = createOptimiserThreadHost(new URL('../../../out/main/optimiser.js', import.meta.url))

const libraryOf = (folder: string, optimiserHost: OptimiserHost): StudyLibrary =>
  createStudyLibrary({
    folder,
    optimiserHost,
    workerHost: createChildProcessHost(worker),
    clock: systemClock,
    applicationVersion: '0.1.0',
  })

/** Threads that run this instead of the optimiser. */
const threadsOf = (code: string): OptimiserHost =>
  createOptimiserThreadHost(new URL(`data:text/javascript,${encodeURIComponent(code)}`))

const create = async (folder: string, host: OptimiserHost, type = 'random'): Promise<OpenStudy> => {
  const source = stringify({ ...tinyStudy({ trials: 6 }), optimiser: { type } })
  const study = await libraryOf(folder, host).create(decodeDefinition(source, 'tiny.yaml'), source)
  onTestFinished(() => study.close())
  return study
}

const finishes = async (folder: string): Promise<void> => {
  const study = await libraryOf(folder, threads).open('tiny-1')
  onTestFinished(() => study.close())
  await study.start()
  expect(await study.settled()).toMatchObject({ state: { kind: 'finished' }, counts: { failed: 0, waiting: 0 } })
}

describe('a study whose optimiser', () => {
  it('cannot be started ends in error, and goes on when it can', async () => {
    const folder = join(temporaryFolder(), 'library')
    const nowhere = createOptimiserThreadHost(new URL('../../../out/main/nowhere.js', import.meta.url))
    const study = await create(folder, nowhere)
    expect(study.snapshot().summary.state.kind).toBe('new')
    await study.start()
    const { state } = await study.settled()
    expect(state).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(/^The optimiser failed: .*nowhere/) as string,
    })
    await study.close()
    await finishes(folder)
  })

  it('fails at what it is told keeps every trial, and goes on', async () => {
    const folder = join(temporaryFolder(), 'library')
    // The thread says that it fails when it hears of the third trial.
    const failing: OptimiserHost = {
      start(definition, told, listener) {
        const thread = threads.start(definition, told, listener)
        return {
          ask: (number, pending) => thread.ask(number, pending),
          close: () => thread.close(),
          tell: (trial) => {
            thread.tell(trial.toldOrder === 2 ? { ...trial, configuration: null as never } : trial)
          },
        }
      },
    }
    const study = await create(folder, failing, 'scbo')
    await study.start()
    const { state, counts } = await study.settled()
    expect(state).toMatchObject({
      kind: 'error',
      message: expect.stringMatching(/^The optimiser failed: .*null/s) as string,
    })
    expect(counts.complete + counts.stopped).toBeGreaterThanOrEqual(3)
    expect(counts.running).toBe(0)
    await study.close()
    await finishes(folder)
  })

  it('thinks and never comes to an end can be stopped and closed at once, and goes on with another', async () => {
    const folder = join(temporaryFolder(), 'library')
    const thinker = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ type }) => { while (type === 'ask'); })`
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    const endless = threadsOf(thinker)
    const study = await create(folder, {
      start(definition, told, listener) {
        const thread = endless.start(definition, told, listener)
        return {
          tell: (trial) => {
            thread.tell(trial)
          },
          ask: (number, pending) => {
            asked()
            return thread.ask(number, pending)
          },
          close: () => thread.close(),
        }
      },
    })
    await study.start()
    await isAsked
    await study.stop()
    expect(study.snapshot().summary.state.kind).toBe('paused')
    await study.start()
    await study.close()
    await finishes(folder)
  })
})
