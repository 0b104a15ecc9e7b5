import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { type Failure, failureSchema } from '../../../src-core/trial/measurement.ts'
import { loadDataset } from '../../../src-worker/datasets/loadDataset.ts'
import { evaluateTrial, type EvaluationEnvironment } from '../../../src-worker/training/evaluateTrial.ts'
import { toFailure } from '../../../src-worker/training/failure.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { datasetFolder, idxLabels, installed } from '../datasets/tinyDataset.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
  waitForDataset,
} from './trialRequests.ts'

const failureOf = async (
  request: EvaluationRequest,
  environment: EvaluationEnvironment = environmentOf(),
): Promise<Failure> => {
  const outcome = await evaluateTrial(request, environment)
  if (outcome.kind !== 'failed') throw new Error(outcome.kind)
  return failureSchema.parse(outcome.failure)
}

describe('a measured trial', () => {
  const unwritable = {
    'on a full disk': (folder: string) => {
      const networkPath = join(folder, '0.safetensors')
      // Every write to /dev/full fails as on a full disk.
      symlinkSync('/dev/full', `${networkPath}.${process.pid}.tmp`)
      return networkPath
    },
    'in a study that is gone': (folder: string) => join(folder, 'gone', 'networks', '0.safetensors'),
  }

  it.each(Object.entries(unwritable))(
    'keeps its results where its network cannot be written: %s',
    async (_, pathIn) => {
      const networkPath = pathIn(temporaryFolder())
      const [without, kept] = await Promise.all(
        [networkPath, null].map((path) =>
          evaluateTrial(requestOf(definitionOf(), goodPoint, { networkPath: path }), environmentOf()),
        ),
      )
      if (without === undefined || kept === undefined) throw new Error('there are two')
      const { networkFile, networkProblem, ...measured } = measurementOf(without, 'complete')
      expect(networkFile).toBeNull()
      expect(networkProblem).toContain(networkPath)
      expect(reproducible({ ...measured, networkFile })).toEqual(reproducible(measurementOf(kept, 'complete')))
    },
  )
})

describe('a trial fails', () => {
  it('as non-finite when the engine leaves the real numbers', async () => {
    const point = { ...goodPoint, strengthInhibitory: 1e38, strengthExcitatory: 1e38, mapSize: 20 }
    const failure = await failureOf(requestOf(definitionOf(), point))
    expect(failure.reason).toBe('non-finite')
    expect(failure.message).toMatch(/ceased to be finite numbers by sample \d+ of epoch 1/)
  })

  it('as impossible when the network fits no memory', async () => {
    const failure = await failureOf(requestOf(definitionOf(), { ...goodPoint, mapSize: 1_000_000_000 }))
    expect(failure.reason).toBe('impossible-network')
    expect(failure.message).toMatch(/4 GiB/)
  })

  it('for its dataset when a file is damaged, and says which', async () => {
    const folder = datasetFolder({ 'train-labels-idx1-ubyte': idxLabels([1]) })
    const environment = environmentOf({
      loadDataset: (settings) => loadDataset(settings, { ...installed, cacheFolder: temporaryFolder() }),
    })
    const definition = definitionOf({ dataset: { name: 'idx', folder } })
    const failure = await failureOf(requestOf(definition, goodPoint), environment)
    expect(failure.reason).toBe('dataset')
    expect(failure.message).toMatch(/train-labels-idx1-ubyte is damaged: it has 1 labels for 6 images/)
  })

  it('for its dataset when a file is missing', async () => {
    const environment = environmentOf({
      loadDataset: (settings) => loadDataset(settings, { ...installed, cacheFolder: temporaryFolder() }),
    })
    const definition = definitionOf({ dataset: { name: 'idx', folder: temporaryFolder() } })
    expect((await failureOf(requestOf(definition, goodPoint), environment)).reason).toBe('dataset')
  })

  it('for its dataset when that is not the one of the exported configuration', async () => {
    const provenance = {
      application: '1',
      study: 's',
      trial: 0,
      datasetSha256: '0'.repeat(64),
      metrics: {},
      constraints: {},
    }
    const failure = await failureOf(requestOf(definitionOf({ provenance }), goodPoint))
    expect(failure.reason).toBe('dataset')
    expect(failure.message).toMatch(/not the one of the exported configuration/)
  })

  it('for its dataset when the disk fails under it, or the converted one cannot be written', async () => {
    const failing = (error: unknown) => environmentOf({ loadDataset: () => Promise.reject(error as Error) })
    const request = requestOf(definitionOf(), goodPoint)
    const lost = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' })
    expect((await failureOf(request, failing(lost))).reason).toBe('dataset')
    const protectedCache = new SpiketuneError(
      'folder-not-writable',
      'The converted dataset a cannot be written (EROFS).',
    )
    expect((await failureOf(request, failing(protectedCache))).reason).toBe('dataset')
  })

  it('as internal, with the stack, when something is wrong that nobody expected', async () => {
    const incomplete = { ...requestOf(definitionOf(), goodPoint), hyperparameters: { mapSize: 10 } }
    expect(await failureOf(incomplete)).toMatchObject({
      reason: 'internal',
      details: expect.stringContaining('.ts:') as string,
      message: expect.stringMatching(/decoder/) as string,
    })
  })

  it('as out of memory when V8 has none for an array', () => {
    const allocate = (): unknown => new Uint8Array(Number.MAX_SAFE_INTEGER)
    expect(allocate).toThrow(RangeError)
    try {
      allocate()
    } catch (error) {
      expect(toFailure(error).reason).toBe('out-of-memory')
    }
  })
})

describe('a trial that is called off', () => {
  const cancelledIn = (phase: string) => {
    const abort = new AbortController()
    return environmentOf({
      signal: abort.signal,
      report: (progress) => {
        if (progress.phase === phase) abort.abort()
      },
    })
  }
  it.each(['loading', 'training', 'testing'])('while %s ends as cancelled', async (phase) => {
    const failure = await failureOf(requestOf(definitionOf(), goodPoint), cancelledIn(phase))
    expect(failure).toEqual({ reason: 'cancelled', message: 'The evaluation was called off.' })
  })

  it('while waiting for another worker to convert the dataset ends as cancelled', async () => {
    const environment = { ...cancelledIn('waiting'), loadDataset: waitForDataset }
    expect((await failureOf(requestOf(definitionOf(), goodPoint), environment)).reason).toBe('cancelled')
  })

  it('leaves nothing behind: the next one has its usual result', async () => {
    const request = requestOf(definitionOf(), goodPoint)
    const before = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    await failureOf(request, cancelledIn('training'))
    const after = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(after.spikeCounts).toEqual(before.spikeCounts)
  })
})
