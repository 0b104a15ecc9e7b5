import { describe, expect, it } from 'vitest'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { replayTable, replayTrial, type TriedRule } from '../../../src-core/stopping/replayTable.ts'
import { SilenceWatch } from '../../../src-worker/training/silenceWatch.ts'

const trainSamples = 130
const epochs = 2
const layers = ['conv1', 'output'] as const

/** [epoch][layer][sample], the rarer the later. */
const countsOf = (seed: number): number[][][] => {
  const generator = createGenerator(seed)
  return Array.from({ length: epochs }, (_, epoch) =>
    layers.map(() => Array.from({ length: trainSamples }, () => generator.below(5 - 2 * epoch))),
  )
}

const whole = { complete: true, feasible: true, withinLimits: true }

/** What the watch over a training in batches says of these counts: samples shown in all, and the layer that stops it. */
const watched = (counts: readonly number[][][], rule: TriedRule, batchSize: number) => {
  const watch = new SilenceWatch({ ...rule, stopEarly: true, trainSamples, batchSize })
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch > 0) watch.nextEpoch()
    for (let from = 0; from < trainSamples; from += batchSize) {
      for (let sample = from; sample < Math.min(from + batchSize, trainSamples); sample++) {
        watch.add((layer) => counts[epoch]?.[layers.findIndex((name) => name === layer)]?.[sample] ?? 0)
      }
      const stop = watch.isDue ? watch.look() : null
      const samples = epoch * trainSamples + (stop?.sample ?? 0)
      if (stop !== null && samples === epochs * trainSamples) return { kind: 'complete', samples, feasible: false }
      if (stop !== null) {
        return { kind: 'stopped', samples: epoch * trainSamples + stop.sample, epoch, layer: stop.layer }
      }
    }
  }
  return { kind: 'complete', samples: epochs * trainSamples, feasible: true }
}

describe('a replay of a network trained in batches', () => {
  it.each([1, 4, 7, 10, 16, 32, 64, 200])(
    'stops where the watch over its training does, batches of %i',
    (batchSize) => {
      let stopped = 0
      for (const seed of [1, 2, 3]) {
        const counts = countsOf(seed)
        const record = counts.flatMap((one, epoch) =>
          one.map((own, at) => ({ layer: layers[at] ?? '', epoch, counts: own })),
        )
        const trial = { number: 1, objective: 0.5, ...whole, trainDurationMs: 1, epochs, batchSize, record }
        const samplesPlanned = epochs * trainSamples
        const table = replayTable(
          { ...trial, samplesTrained: samplesPlanned, samplesPlanned },
          { step: 5, alphaMost: 6 },
        )
        for (const interval of [5, 10, 20, 45, 130]) {
          for (const beta of [0, 0.02, 0.1, 0.3, 0.6]) {
            const rule = { interval, layers: layers.map((layer, at) => ({ layer, alpha: 1 + at, beta })) }
            const expected = watched(counts, rule, batchSize)
            expect(replayTrial(table, rule)).toEqual(expected)
            if (expected.kind === 'stopped') stopped++
          }
        }
      }
      expect(stopped).toBeGreaterThan(20)
    },
  )

  it('does not know what came after the last batch that a stopped network was shown', () => {
    const [first = []] = countsOf(1)
    const record = first.map((own, at) => ({ layer: layers[at] ?? '', epoch: 0, counts: own.slice(0, 32) }))
    const trial = {
      number: 1,
      objective: 0.5,
      ...whole,
      complete: false,
      trainDurationMs: 1,
      epochs,
      batchSize: 16,
      record,
    }
    const table = replayTable(
      { ...trial, samplesTrained: 32, samplesPlanned: epochs * trainSamples },
      { step: 5, alphaMost: 6 },
    )
    const rule = (interval: number) => ({ interval, layers: [{ layer: 'conv1', alpha: 0, beta: 0 }] })
    expect(replayTrial(table, rule(30))).toEqual({ kind: 'unknown', samples: 32 })
    const silent = (interval: number) => ({ interval, layers: [{ layer: 'conv1', alpha: 6, beta: 0.2 }] })
    expect(replayTrial(table, silent(20))).toEqual({ kind: 'stopped', samples: 32, epoch: 0, layer: 'conv1' })
    expect(replayTrial(table, silent(35))).toEqual({ kind: 'unknown', samples: 32 })
  })
})
