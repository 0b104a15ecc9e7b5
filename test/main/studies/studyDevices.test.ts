import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { StudyDevices } from '../../../src-main/devices/studyDevices.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { installationText } from '../../../src-main/tensorflow/installation.ts'
import type { StudyLibrary } from '../../../src-main/studies/studyService.ts'
import type { WorkerHost } from '../../../src-main/workers/workerHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { listed } from '../library/emptyLibrary.ts'
import { inProcessOptimiserHost } from '../scheduler/inProcessOptimiser.ts'
import { ManualClock } from '../scheduler/manualClock.ts'
import { settle } from '../scheduler/schedulerBench.ts'

const source = `version: 2
name: layered
dataset: { name: mnist }
network: { type: layered, layers: [{ name: output, type: dense }] }
training: { algorithm: surrogate-gradient }
budget: { trials: 1 }
`

const gpu = (index: number) => ({
  id: `gpu${index}`,
  uuid: `GPU-${index}`,
  name: 'NVIDIA H200',
  driver: '570',
  memoryBytes: 2 ** 37,
  usedBytes: 0,
  utilisation: 0,
})

let folder: string
/** Names of the workers that were started, in their order. */
let started: string[]
beforeEach(() => {
  folder = temporaryFolder()
  started = []
  const own = join(folder, 'tensorflow', 'cuda')
  mkdirSync(own, { recursive: true })
  const about = { bindingVersion: '4.22.0', tensorflowVersion: '2.21.0', source: 'a test', libraryFolders: [] }
  writeFileSync(
    join(own, 'installation.json'),
    installationText({ variant: 'cuda', package: '@tensorflow/tfjs-node', ...about }),
  )
})

/** What one session of the application has: workers are started, and never get ready. */
const session = (gpus = 2): StudyLibrary => {
  const workerHost: WorkerHost = {
    kind: 'child-process',
    start(name, listener) {
      started.push(name)
      return {
        pid: 1,
        post: () => undefined,
        kill: () => {
          listener.exit({ kind: 'requested' }, '')
        },
      }
    },
  }
  const found = Array.from({ length: gpus }, (_, index) => gpu(index))
  return createStudyLibrary({
    folder: join(folder, 'library'),
    workerHost,
    optimiserHost: inProcessOptimiserHost,
    clock: new ManualClock(),
    applicationVersion: '0.1.0',
    devices: new StudyDevices({ SPIKETUNE_TENSORFLOW: join(folder, 'tensorflow') }, () =>
      Promise.resolve({ gpus: found, problem: null }),
    ),
  })
}

/** Creates a study with one waiting trial, runs it for a moment, and closes it; which workers it had. */
const ran = async (text: string): Promise<string[]> => {
  const study = await session().create(decodeDefinition(text, 'layered.yaml'), text)
  study.enqueue({}, null)
  await study.start()
  expect(study.snapshot().summary).toMatchObject({ workers: started.length, workersWanted: started.length })
  await study.close()
  return started.splice(0)
}

describe('the devices of a study', () => {
  it('are every GPU once where it says nothing, and the devices that it names where it does', async () => {
    expect(await ran(source)).toEqual(['gpu0-0', 'gpu1-0'])
    expect(await ran(`${source}workers: { gpu1: 2, cpu: 1 }\n`)).toEqual(['gpu1-0', 'gpu1-1', 'cpu-0'])
    expect(await ran(`${source}workers: 2\n`)).toEqual(['cpu-0', 'cpu-1'])
  })

  it('are those of its confirmations too, in a later session', async () => {
    await ran(source)
    const study = await session().open('layered-1')
    study.confirm({ trials: [0], seeds: 3 })
    await settle()
    expect(started).toEqual(['gpu0-0', 'gpu1-0'])
    await study.close()
  })

  it('can be others from now on, with as many workers, also in later sessions', async () => {
    await ran(source)
    const study = await session().open('layered-1')
    study.setWorkers(7)
    study.setDevices({ gpu1: 1, cpu: 2 })
    expect(study.snapshot().summary.workersWanted).toBe(3)
    await study.close()
    const later = await session().open('layered-1')
    expect(later.snapshot().summary.workersWanted).toBe(3)
    await later.start()
    expect(started.splice(0)).toEqual(['gpu1-0', 'cpu-0', 'cpu-1'])
    await later.close()
    expect(await listed(session())).toMatchObject([{ workersWanted: 3 }])
  })

  it('that are gone stop a confirmation with the reason, so that it can be continued', async () => {
    await ran(`${source}workers: { gpu1: 1 }\n`)
    const study = await session(1).open('layered-1')
    study.confirm({ trials: [0], seeds: 3 })
    await study.settled()
    expect(study.confirmations()).toMatchObject([
      { state: 'stopped', message: expect.stringContaining('gpu1, which this machine does not have') as string },
    ])
    await study.close()
    const later = await session().open('layered-1')
    later.continueConfirmation(1)
    await settle()
    expect(started).toEqual(['gpu1-0'])
    await later.close()
  })

  it('are looked for in vain when it is closed meanwhile: nothing is started', async () => {
    const study = await session().create(decodeDefinition(source, 'layered.yaml'), source)
    const starting = study.start()
    await study.close()
    await starting
    expect(started).toEqual([])
  })
})
