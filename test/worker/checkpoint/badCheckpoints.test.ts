import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checksumBytes } from '../../../src-core/checkpoint/checkpointHead.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { definitionOf, goodPoint, requestOf } from '../training/trialRequests.ts'
import { evaluateLeg, undisturbed } from './interruptedTrial.ts'

const plain = requestOf(definitionOf({ dataset: { trainSamples: 200, testSamples: 50 } }), goodPoint, { trial: 3 })

/** A request whose trial was paused in its training, and the checkpoint of that. */
const paused = async (): Promise<{ readonly request: EvaluationRequest; readonly path: string }> => {
  const folder = temporaryFolder()
  const path = join(folder, 'checkpoints', 'trial.checkpoint')
  const checkpoint = { path, everyMs: 1e9 }
  const request = { ...plain, networkPath: join(folder, 'network.safetensors'), checkpoint }
  const leg = await evaluateLeg(request, 250)
  expect(leg).toMatchObject({ outcome: null, from: null, news: ['written'] })
  return { request, path }
}

/** Changes the bytes after the checksum, and makes that right again. */
const rewritten = (path: string, change: (text: string) => string): void => {
  const body = Buffer.from(change(readFileSync(path).subarray(checksumBytes).toString('latin1')), 'latin1')
  writeFileSync(path, Buffer.concat([createHash('sha256').update(body).digest(), body]))
}

describe('a checkpoint that is of no use', () => {
  const cases: readonly (readonly [string, (path: string) => void, RegExp, Partial<EvaluationRequest>])[] = [
    ['is torn at its end', (path) => truncateSync(path, readFileSync(path).length - 100), /it is torn/, {}],
    ['is torn in its head', (path) => truncateSync(path, 40), /it is torn/, {}],
    ['is empty', (path) => truncateSync(path, 0), /it is torn/, {}],
    [
      'has a wrong bit',
      (path) => {
        const bytes = readFileSync(path)
        bytes[bytes.length - 500] = (bytes[bytes.length - 500] ?? 0) ^ 1
        writeFileSync(path, bytes)
      },
      /it is torn/,
      {},
    ],
    [
      'is of another version of the application',
      (path) => rewritten(path, (text) => text.replace('"application":"1.2.3"', '"application":"1.2.2"')),
      /it is of version 1\.2\.2 of Spiketune, this is 1\.2\.3/,
      {},
    ],
    [
      'is of another format',
      (path) => rewritten(path, (text) => text.replace('"format":1', '"format":2')),
      /its format is 2, not 1/,
      {},
    ],
    [
      'has another head',
      (path) => rewritten(path, (text) => text.replace('"format":1', '"format":x')),
      /it has no head that this version of Spiketune reads/,
      {},
    ],
    [
      'has a state of another form',
      (path) =>
        rewritten(path, (text) => text.replace('\\"training\\":', '\\"trainings\\":').replace('"state"', '"stat"')),
      /its state cannot be read/,
      {},
    ],
    ['is of another trial', () => undefined, /it is of trial 3/, { trial: 4 }],
    ['is of another seed', () => undefined, /it is of other hyperparameters or another study/, { seed: 8 }],
    [
      'was trained on other data',
      (path) => rewritten(path, (text) => text.replace(/"datasetSha256":"..../, '"datasetSha256":"0000')),
      /it was trained on other data/,
      {},
    ],
  ]
  it.each(cases)('because it %s has its trial begin anew, which is told', async (_, damage, told, changes) => {
    const { request, path } = await paused()
    damage(path)
    const leg = await evaluateLeg({ ...request, ...changes }, Infinity)
    expect(leg.from).toBeNull()
    expect(leg.news).toEqual([expect.stringMatching(told)])
    const { result } = await undisturbed({ ...plain, ...changes })
    expect(leg.outcome).toMatchObject({
      kind: 'complete',
      measurement: { objective: result.outcome.kind === 'complete' ? result.outcome.measurement.objective : NaN },
    })
  })

  it('because it does not fit its network has its trial begin anew, from a network that nothing was done to', async () => {
    const { request, path } = await paused()
    rewritten(path, (text) => text.replace('\\"hasSpiked\\":[', '\\"hasSpiked\\":[-1,'))
    const leg = await evaluateLeg(request, Infinity)
    expect(leg.news).toEqual([expect.stringMatching(/it does not fit its trial|its state cannot be read/)])
    const { result } = await undisturbed(plain)
    expect(readFileSync(request.networkPath ?? '').toString('base64')).toBe(result.network)
  })
})

describe('a checkpoint that cannot be written', () => {
  it('is told, and training goes on', async () => {
    const folder = temporaryFolder()
    // Of a study whose folder is gone.
    const checkpoint = { path: join(folder, 'gone', 'checkpoints', 'trial.checkpoint'), everyMs: 100 }
    const networkPath = join(folder, 'network.safetensors')
    const leg = await evaluateLeg({ ...plain, networkPath, checkpoint }, Infinity)
    expect(leg.news.length).toBeGreaterThan(1)
    expect(new Set(leg.news)).toEqual(
      new Set([
        expect.stringMatching(/^The checkpoint could not be written to .*: its folder is not there any more\.$/),
      ]),
    )
    const { result } = await undisturbed(plain)
    expect(readFileSync(networkPath).toString('base64')).toBe(result.network)
  })
})

describe('checkpoints at intervals', () => {
  it('are written in training and are whole whenever the process is killed', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'checkpoints', 'trial.checkpoint')
    const request = { ...plain, networkPath: join(folder, 'network.safetensors') }
    const first = await evaluateLeg({ ...request, checkpoint: { path, everyMs: 100 } }, Infinity)
    expect(first.news.filter((one) => one === 'written').length).toBeGreaterThan(2)
    const [network] = [readFileSync(request.networkPath)]
    // As if it had been killed after the last of them.
    const second = await evaluateLeg({ ...request, checkpoint: { path, everyMs: 1e9 } }, Infinity)
    expect(second.from?.samplesDone).toBeGreaterThan(100)
    expect(second.from).toMatchObject({ samplesPlanned: 200 })
    expect(readFileSync(request.networkPath)).toEqual(network)
  })

  it('are as far apart as fifty times what writing one takes', async () => {
    const path = join(temporaryFolder(), 'checkpoints', 'trial.checkpoint')
    let now = 0
    let writing = false
    // The clock stands still but for a second that each writing takes: from its beginning to its end.
    const nowMs = (): number => {
      writing = !writing
      return (now += writing ? 1 : 1000)
    }
    const leg = await evaluateLeg({ ...plain, checkpoint: { path, everyMs: 1 } }, Infinity, { nowMs })
    const often = leg.news.length
    expect(often).toBeGreaterThan(1)
    expect(often).toBeLessThan(20)
  })
})
