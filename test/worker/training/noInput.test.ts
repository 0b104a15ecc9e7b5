import { describe, expect, it } from 'vitest'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { encodingSchema } from '../../../src-core/study/encodingSchema.ts'
import type { Dataset } from '../../../src-worker/datasets/dataset.ts'
import { cardOf } from '../../core/datasets/cards.ts'
import { InputWatch } from '../../../src-worker/training/epochTraining.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { layeredDefinition, layeredRequest } from './surrogate/layeredRequests.ts'
import { definitionOf, environmentOf, goodPoint, requestOf } from './trialRequests.ts'

/** Recordings of a sensor of 4 x 4 places: 50 events each, one every 6 ms, from 6 to 300 ms. */
const recordings = (count: number): Dataset => {
  const events = {
    timesUs: Uint32Array.from({ length: 50 }, (_, event) => 6000 * (event + 1)),
    inputs: Uint16Array.from({ length: 50 }, (_, event) => event % 32),
  }
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 2)
  const part = { kind: 'events' as const, count, labels, eventsAt: () => events }
  const sampleShape = { channels: 2, rows: 4, columns: 4 }
  const facts = { sampleShape, frames: 1, rows: 4, columns: 4, classes: 2, sha256: '0'.repeat(64), card: cardOf() }
  return { ...facts, train: part, test: part }
}

const late = { type: 'binning', windowStartMs: 100_000, windowMs: 300, steps: 10 }
const dataset = { name: 'nmnist', folder: 'f', trainSamples: 300, testSamples: 10, trainFraction: 0.8 }
const layered = (encoding: object, silence = {}): EvaluationRequest =>
  layeredRequest(
    { ...layeredDefinition({ dataset, silence }), encoding: encodingSchema.parse(encoding) },
    {
      'hidden.neurons': 8,
      batchSize: 16,
      epochs: 3,
    },
  )
const diehlCook = (encoding: object, silence = {}): EvaluationRequest =>
  requestOf(definitionOf({ dataset, encoding, silence }), { ...goodPoint, mapSize: 10, epochs: 3 })

const outcomeOf = async (request: EvaluationRequest, samples = 500) => {
  const environment = environmentOf({ loadDataset: () => Promise.resolve(recordings(samples)) })
  const outcome = await evaluateTrial(request, environment)
  const shown = Math.max(...environment.reports.map(({ samplesDone }) => samplesDone))
  return { outcome, shown }
}

describe.each([
  ['layered', layered],
  ['Diehl & Cook', diehlCook],
])('a %s network that is shown nothing', (_, request) => {
  it('fails at the first look, with what to change', async () => {
    const { outcome, shown } = await outcomeOf(request(late))
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: {
        reason: 'dataset',
        message: expect.stringMatching(
          /^Of the first 1(00|12) samples of the training, none has a single input event\. The window begins after 100000 ms \(`encoding\.windowStartMs`\), and the longest of them ends after 300 ms: begin it earlier/,
        ) as string,
      },
    })
    expect(shown).toBeLessThanOrEqual(112)
  })

  it('fails at the end of an epoch that has no look before', async () => {
    const { outcome } = await outcomeOf(request(late, { interval: 5000 }), 50)
    expect(JSON.stringify(outcome)).toContain('Of the first 40 samples of the training, none has')
  })

  it('trains where there is input', async () => {
    const { outcome } = await outcomeOf(request({ ...late, windowStartMs: 250 }, { stopEarly: false }))
    expect(outcome.kind).toBe('complete')
  })
})

it.each([
  [
    'a window before the first event',
    { windowStartMs: 0, windowMs: 5 },
    /`encoding\.windowMs`\), and their first event comes after 6 ms; the longest of them ends after 300 ms/,
  ],
  [
    'a window between two events',
    { windowStartMs: 7, windowMs: 3 },
    /lies in the window from 7 ms to 10 ms.* `encoding\.windowStartMs` and `encoding\.windowMs`\.$/,
  ],
  ['noise', { windowStartMs: 0, denoiseMs: 1 }, /`encoding\.denoiseMs` drops all of their events.* within 1 ms/],
  [
    'a crop',
    { windowStartMs: 0, windowMs: 20, crop: { row: 3, column: 0, rows: 1, columns: 4 } },
    /`encoding\.crop` has none of their events: .* 4 x 4 places/,
  ],
])('names the setting that leaves nothing: %s', async (_, settings, message) => {
  const { outcome } = await outcomeOf(diehlCook({ ...late, ...settings }))
  expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(message)
})

it('names the rate at which no image makes a spike', async () => {
  const request = requestOf(definitionOf({ encoding: { maximumRateHz: 1e-9 } }), { ...goodPoint, mapSize: 10 })
  const outcome = await evaluateTrial(request, environmentOf())
  expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(
    /^Of the first 100 .* No input spiked in the 100 steps of 1 ms that each is shown: raise `encoding\.maximumRateHz`/,
  )
})

describe('the watch of the input', () => {
  const watch = () => new InputWatch((indices) => new SpiketuneError('encoding-unsuitable', indices.join(' ')))

  it('takes a few empty samples for chance, unless they are the last', () => {
    const few = watch()
    for (const index of [4, 7]) few.add(index, 0)
    few.look(false)
    expect(() => {
      few.look(true)
    }).toThrow('4 7')
  })

  it('is content with a single event', () => {
    const one = watch()
    for (let index = 0; index < 500; index++) one.add(index, index === 250 ? 1 : 0)
    one.look(true)
  })
})
