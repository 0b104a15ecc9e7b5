import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { decoderKinds } from '../../../src-worker/decoders/createDecoder.ts'
import { evolvedDefinition, evolvedRequest } from '../training/eons/evolvedRequests.ts'
import { layeredDefinition, layeredRequest, learningPoint } from '../training/surrogate/layeredRequests.ts'
import { definitionOf, goodPoint, requestOf, silentPoint } from '../training/trialRequests.ts'
import { interrupted, undisturbed } from './interruptedTrial.ts'

/** Wherever a trial is paused, as often as it is: it comes to what it comes to undisturbed, by its last bit. */
const comesToTheSame = async (request: EvaluationRequest, numRuns: number): Promise<void> => {
  const { result, looks } = await undisturbed(request)
  const places: number[] = []
  const pauses = fc.array(fc.integer({ min: 1, max: looks }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(pauses, async (at) => {
      const again = await interrupted(request, at)
      expect(again.result).toEqual(result)
      places.push(...again.resumed)
    }),
    { numRuns, seed: 42, endOnFailure: true },
  )
  // It was interrupted in the middle, more than once.
  expect(new Set(places).size).toBeGreaterThanOrEqual(Math.ceil(numRuns / 3))
}

describe('a trial that is interrupted comes to the same, trained by', () => {
  it('STDP', async () => {
    await comesToTheSame(requestOf(definitionOf(), { ...goodPoint, epochs: 2 }), 8)
  })

  it.each(decoderKinds)('STDP, read out by %s', async (decoder) => {
    const definition = definitionOf({ dataset: { trainSamples: 150 }, training: { updateInterval: 60 } })
    await comesToTheSame(requestOf(definition, { ...goodPoint, epochs: 2, decoder }), 4)
  })

  it('STDP, and stopped by silence', async () => {
    await comesToTheSame(requestOf(definitionOf(), { ...silentPoint, epochs: 2 }), 4)
  })

  it('STDP, with several replicates that race', async () => {
    const definition = { ...definitionOf({ dataset: { trainSamples: 100, testSamples: 50 } }), racing: true }
    const request = requestOf(definition, goodPoint, { replicates: 5, incumbent: 1 })
    const { result } = await undisturbed(request)
    expect(result.outcome).toMatchObject({ measurement: { raceEnd: { planned: 5 } } })
    await comesToTheSame(request, 6)
  })

  it('surrogate gradients', async () => {
    const point = { ...learningPoint, epochs: 3 }
    await comesToTheSame(layeredRequest(layeredDefinition(), point), 8)
  })

  it('surrogate gradients, with all that a layer can learn', async () => {
    const layers = [
      { name: 'hidden', type: 'recurrent', neuron: 'cuba', weightNormalisation: true, delays: true, dropout: true },
      { name: 'output', type: 'dense', neuron: 'cuba' },
    ]
    const definition = layeredDefinition({
      network: { layers, decays: 'per-channel', dropoutOf: 'spikes' },
      training: { optimiser: 'adamw', clipNorm: 1, schedule: 'cosine' },
      dataset: { trainSamples: 240, testSamples: 40 },
      silence: { stopEarly: false },
    })
    const point = {
      ...learningPoint,
      epochs: 2,
      'hidden.neurons': 24,
      dropout: 0.2,
      batchSize: 8,
      sparsityPenalty: 0.01,
    }
    await comesToTheSame(layeredRequest(definition, point), 5)
  })

  it('surrogate gradients, with convolutions', async () => {
    const layers = [
      { name: 'conv', type: 'conv', neuron: 'alif' },
      { name: 'pool', type: 'pool', neuron: 'lif' },
      { name: 'output', type: 'dense', neuron: 'alif' },
    ]
    const definition = layeredDefinition({
      network: { layers },
      dataset: { trainSamples: 120, testSamples: 40 },
      silence: { stopEarly: false, layers: [{ layer: 'conv', alpha: 1, beta: 0.5 }] },
    })
    const point = { 'conv.filters': 4, 'conv.kernel': 5, batchSize: 8, epochs: 2 }
    await comesToTheSame(layeredRequest(definition, point), 4)
  })

  it('surrogate gradients, and pruned by its learning curve so far', async () => {
    const request = layeredRequest(
      layeredDefinition({ dataset: { trainSamples: 200 }, silence: { stopEarly: false } }),
      {
        ...learningPoint,
        epochs: 5,
      },
    )
    const pruned = { kind: 'pruned', rule: 'median', epoch: 3, accuracy: 0.2, threshold: 0.5, trials: 4 } as const
    /** What the one who judges knows: a process that goes on tells it what was told before. */
    const judging = (told: (number | null)[]) => ({
      judge: (epoch: number, accuracy: number | null) => {
        told[epoch] = accuracy
        return Promise.resolve(epoch === pruned.epoch ? pruned : null)
      },
    })
    const [before, after]: (number | null)[][] = [[], []]
    const judged = { ...request, judged: true }
    const { result, looks } = await undisturbed(judged, judging(before ?? []))
    expect(before).toHaveLength(4)
    const places = [0.3, 0.55, 0.2].map((share) => Math.round(share * looks))
    const again = await interrupted(judged, places, judging(after ?? []))
    expect(again.result).toEqual(result)
    expect(result.outcome).toMatchObject({ kind: 'stopped', stop: pruned })
    expect(after).toEqual(before)
    for (const one of again.accuracies) expect(one).toEqual(before?.slice(0, one.length))
    expect(again.accuracies.at(-1)?.length).toBeGreaterThan(1)
  })

  it('evolution', async () => {
    await comesToTheSame(evolvedRequest(evolvedDefinition(), { populationSize: 40, generations: 12 }), 8)
  })

  it('evolution in a task of control', async () => {
    const definition = evolvedDefinition({ dataset: { name: 'cart-pole', episodes: 2, maximumSteps: 200 } })
    const point = { populationSize: 30, generations: 6, intervalSteps: 3, runSteps: 24 }
    await comesToTheSame(evolvedRequest(definition, point), 5)
  })
})
