import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { bestTrials } from '../../../src-core/progress/best.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import { deepFreeze } from '../../../src-core/values/deepReadonly.ts'
import { createStudyLibrary } from '../../../src-main/library/studyLibrary.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import type { OpenStudy, StudyLibrary } from '../../../src-main/studies/studyService.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'
import { listed } from '../library/emptyLibrary.ts'
import { datasetFolder, idxImages, idxLabels } from '../../worker/datasets/tinyDataset.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

const worker = new URL('../../../out/main/worker.js', import.meta.url)
const optimiser = new URL('../../../out/main/optimiser.js', import.meta.url)

const libraryIn = (folder = join(temporaryFolder(), 'library'), clock = systemClock): StudyLibrary =>
  createStudyLibrary({
    folder,
    clock,
    workerHost: createChildProcessHost(worker),
    optimiserHost: createOptimiserThreadHost(optimiser),
    applicationVersion: '0.1.0',
  })

const create = (library: StudyLibrary, rest: object = {}): Promise<OpenStudy> => {
  const source = stringify({ ...tinyStudy(), ...rest })
  return closing(library.create(decodeDefinition(source, 'tiny.yaml'), source))
}

const closing = async (opening: Promise<OpenStudy>): Promise<OpenStudy> => {
  const study = await opening
  onTestFinished(() => study.close())
  return study
}

const finished = async (study: OpenStudy): Promise<OpenStudy> => {
  await study.start()
  expect(await study.settled()).toMatchObject({ state: { kind: 'finished' } })
  return study
}

describe('a library', () => {
  it('numbers studies of the same name, keeps their sources, and lists them', async () => {
    const library = libraryIn()
    expect(await listed(library)).toEqual([])
    const first = await create(library)
    const second = await create(library)
    expect([first.id, second.id]).toEqual(['tiny-1', 'tiny-2'])
    expect(decodeDefinition(readFileSync(join(first.folder, 'study.yaml'), 'utf8'), 'x')).toEqual(first.definition)
    expect((await listed(library)).map(({ id }) => id).sort()).toEqual(['tiny-1', 'tiny-2'])
  })

  it('opens a study of an older version, whose layers have switches that change nothing', async () => {
    const library = libraryIn()
    const network = { type: 'layered', layers: [{ name: 'output', type: 'dense', subtract: true }] }
    const training = { algorithm: 'surrogate-gradient' }
    const older = studyDefinitionSchema.parse({
      version: 2,
      name: 'older',
      dataset: { name: 'mnist' },
      network,
      training,
    })
    const made = await library.create(deepFreeze(older), stringify(older))
    await made.close()
    expect(() => decodeDefinition(stringify(older), 'study.yaml')).toThrow('which no spike resets')
    expect(await listed(library)).toMatchObject([{ id: 'older-1', state: { kind: 'new' } }])
    const { definition } = await closing(library.open('older-1'))
    expect(definition.network).toMatchObject({ layers: [{ name: 'output', subtract: false }] })
  })

  it('shows a study that cannot be read with its error, and hides no other; half-made folders are not shown', async () => {
    const library = libraryIn()
    const { folder } = await create(library)
    const broken = join(library.folder, 'broken-1')
    mkdirSync(broken)
    writeFileSync(join(broken, 'study.sqlite'), 'no database'.repeat(200))
    mkdirSync(join(library.folder, '.new-left-over'))
    mkdirSync(join(library.folder, 'something else'))
    const states = new Map((await listed(library)).map(({ id, state }) => [id, state]))
    expect([...states.keys()].sort()).toEqual(['broken-1', 'tiny-1'])
    expect(states.get('broken-1')).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('damaged') as string,
    })
    expect(existsSync(folder)).toBe(true)
    await expect(library.open('broken-1')).rejects.toMatchObject({ code: 'database-corrupt' })
  })

  it('opens by name and by path, and says what is not there', async () => {
    const library = libraryIn()
    const study = await create(library)
    await study.close()
    const byPath = await library.open(study.folder)
    expect(byPath.id).toBe('tiny-1')
    await byPath.close()
    const byName = await closing(library.open('tiny-1'))
    expect(byName.readOnly).toBe(false)
    await expect(library.open('tiny-9')).rejects.toMatchObject({ code: 'study-not-found' })
  })

  it('lists a study whose application died as interrupted; opening it lets its running trials wait', async () => {
    const library = libraryIn()
    const study = await create(library)
    await study.close()
    const file = join(study.folder, 'study.sqlite')
    const store = StudyStore.open(file, systemClock)
    store.stateChanged({ kind: 'running' }, 500)
    store.close()
    expect((await listed(library))[0]?.state).toEqual({ kind: 'interrupted' })
    const again = await closing(library.open('tiny-1'))
    expect(again.snapshot().summary).toMatchObject({ state: { kind: 'interrupted' }, elapsedMs: 500 })
    await finished(again)
  })
})

describe('a study', () => {
  it('keeps the networks of its best trials on disk, and no others', async () => {
    const study = await finished(await create(libraryIn(), { keepNetworks: 2, budget: { trials: 6 } }))
    const { trials } = study.snapshot()
    const kept = trials.flatMap(({ networkFile }) => (networkFile === null ? [] : [networkFile])).sort()
    expect(readdirSync(join(study.folder, 'networks')).sort()).toEqual(kept)
    const best = bestTrials(trials, 2).map(({ number }) => number)
    expect(trials.filter(({ networkFile }) => networkFile !== null).map(({ number }) => number)).toEqual(
      best.sort((a, b) => a - b),
    )
    const stored = best.map((number) => study.trial(number))
    expect(stored.every((trial) => trial?.state === 'complete' || trial?.state === 'stopped')).toBe(true)
  })

  it('sweeps what a killed worker left behind, and keeps none where none is asked for', async () => {
    const library = libraryIn()
    const study = await finished(await create(library, { keepNetworks: 0, budget: { trials: 2 } }))
    expect(study.snapshot().trials.map(({ networkFile }) => networkFile)).toEqual([null, null])
    await study.close()
    const orphan = join(study.folder, 'networks', 'trial-000000.safetensors.123.tmp')
    writeFileSync(orphan, 'half')
    await closing(library.open(study.id))
    expect(existsSync(orphan)).toBe(false)
  })

  it('is looked at, not changed, by whoever opens it second, and what is stored is seen there', async () => {
    const clock = new ManualClock()
    const library = libraryIn()
    const study = await create(library, { budget: { trials: 3 } })
    const watching = await closing(libraryIn(library.folder, clock).open('tiny-1'))
    expect(watching.readOnly).toBe(true)
    await expect(watching.start()).rejects.toMatchObject({ code: 'study-read-only' })
    await expect(watching.stop()).rejects.toMatchObject({ code: 'study-read-only' })
    expect(() => {
      watching.pause()
    }).toThrow(expect.objectContaining({ code: 'study-read-only' }))
    const seen: number[] = []
    watching.subscribe(({ trials }) => seen.push(...trials.map(({ number }) => number)))
    await finished(study)
    clock.advance(1000)
    expect(new Set(seen)).toEqual(new Set([0, 1, 2]))
    expect(watching.snapshot().trials).toEqual(study.snapshot().trials)
    expect(watching.snapshot().summary.state.kind).toBe('finished')
    seen.length = 0
    clock.advance(5000)
    expect(seen).toEqual([])
  })

  it('records networks that cannot be as failed trials, and goes on', async () => {
    const side = 40
    const folder = datasetFolder({
      'train-images-idx3-ubyte': idxImages(20, side, side),
      'train-labels-idx1-ubyte': idxLabels(Array.from({ length: 20 }, (_, index) => index % 2)),
      't10k-images-idx3-ubyte': idxImages(4, side, side),
      't10k-labels-idx1-ubyte': idxLabels([0, 1, 0, 1]),
    })
    const study = await finished(
      await create(libraryIn(), {
        dataset: { name: 'idx', folder },
        // With 1,600 inputs these exceed the 4 GiB that a kernel can address.
        space: { mapSize: { type: 'integer', low: 900_000, high: 1_000_000 } },
        budget: { trials: 3 },
      }),
    )
    const { summary, trials } = study.snapshot()
    expect(summary.counts).toMatchObject({ failed: 3, complete: 0 })
    expect(summary.best).toBeNull()
    for (const { failure } of trials) expect(failure?.reason).toBe('impossible-network')
  })

  it('has nothing to export before its first trial', async () => {
    const study = await create(libraryIn())
    await expect(study.exportBest(temporaryFolder())).rejects.toMatchObject({ code: 'study-nothing-to-export' })
  })
})
