import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  constraintValues,
  initialSilence,
  look,
  nextEpoch,
  observe,
  samplesToNextLook,
  silenceRule,
  type SilenceRule,
  type SilenceState,
} from '../../../src-core/stopping/silenceRule.ts'
import { replaySilence } from '../../oracles/replaySilence.ts'
import { timeSavedMs } from '../../../src-core/stopping/timeSaved.ts'

const excitatory = { layer: 'excitatory', alpha: 5, beta: 0.2 } as const
const inhibitory = { layer: 'inhibitory', alpha: 1, beta: 0.2 } as const
const rule = (changes: Partial<SilenceRule> = {}): SilenceRule => ({
  ...silenceRule({ silence: { layers: [excitatory, inhibitory], interval: 4, stopEarly: true } }, 10),
  ...changes,
})
const lively = 9
const repeat = (value: number, times: number): number[] => Array.from({ length: times }, () => value)

/** Samples of one epoch after the other, each layer's silent ones first. */
const seen = (
  watched: SilenceRule,
  ...epochs: readonly (readonly [silentE: number, silentI: number])[]
): SilenceState =>
  epochs.reduce((state, silent, epoch) => {
    const start = epoch === 0 ? state : nextEpoch(watched, state)
    const counts = silent.map((count) => [...repeat(0, count), ...repeat(lively, watched.trainSamples - count)])
    return observe(watched, start, counts)
  }, initialSilence(watched))

describe('the silence rule', () => {
  it('counts samples with fewer than alpha spikes', () => {
    const state = observe(rule(), initialSilence(rule()), [
      [0, 4, 5, 6],
      [0, 1, 2, 0],
    ])
    expect(state).toMatchObject({ sample: 4, nonSpiking: [2, 2] })
    expect(observe(rule(), state, [[3], [3]])).toMatchObject({ sample: 5, nonSpiking: [3, 2] })
  })

  it('stops above beta of the training samples of the epoch, not at it', () => {
    const two = observe(rule(), initialSilence(rule()), [
      [0, 0, lively, lively],
      [1, 1, 1, 1],
    ])
    expect(look(rule(), two)).toEqual({ kind: 'continue' })
    const three = observe(rule(), two, [[0], [1]])
    expect(look(rule(), three)).toEqual({
      kind: 'stop',
      stop: {
        kind: 'silence',
        layer: 'excitatory',
        epoch: 0,
        sample: 5,
        nonSpiking: 3,
        trainSamples: 10,
        alpha: 5,
        beta: 0.2,
      },
    })
  })

  it('names the first of several silent layers in the order of the definition', () => {
    const silent = seen(rule(), [10, 10])
    expect(look(rule(), silent)).toMatchObject({ stop: { layer: 'excitatory', nonSpiking: 10 } })
    const turned = rule({ layers: [inhibitory, excitatory] })
    expect(look(turned, seen(turned, [10, 10]))).toMatchObject({ stop: { layer: 'inhibitory', alpha: 1 } })
    expect(look(rule(), seen(rule(), [0, 10]))).toMatchObject({ stop: { layer: 'inhibitory' } })
  })

  it('never stops when it is only to measure', () => {
    const measuring = rule({ stopEarly: false })
    const state = seen(measuring, [10, 10])
    expect(look(measuring, state)).toEqual({ kind: 'continue' })
    expect(constraintValues(measuring, state, null)).toEqual([
      { name: 'silence:excitatory', value: 0.8 },
      { name: 'silence:inhibitory', value: 0.8 },
    ])
  })

  it('counts afresh in every epoch', () => {
    const state = seen(rule(), [2, 1], [1, 2])
    expect(state).toMatchObject({ epoch: 1, sample: 10, nonSpiking: [1, 2], largestBefore: [2, 1] })
    expect(look(rule(), state)).toEqual({ kind: 'continue' })
    expect(look(rule(), seen(rule(), [0, 0], [3, 0]))).toMatchObject({ kind: 'stop', stop: { epoch: 1 } })
  })

  it('gives the largest constraint value over the epochs, and that of the epoch in which it stopped', () => {
    const worst = constraintValues(rule(), seen(rule(), [2, 0], [1, 1], [0, 0]), null)
    expect(worst.map(({ value }) => value)).toEqual([2 / 10 - 0.2, 1 / 10 - 0.2])
    const state = seen(rule(), [2, 2], [4, 1])
    const looked = look(rule(), state)
    if (looked.kind !== 'stop') throw new Error('did not stop')
    expect(constraintValues(rule(), state, looked.stop).map(({ value }) => value)).toEqual([4 / 10 - 0.2, 1 / 10 - 0.2])
  })

  it('is looked at after every interval and at the end of an epoch', () => {
    let state = initialSilence(rule())
    const looks: number[] = []
    for (let samples = samplesToNextLook(rule(), state); samples > 0; samples = samplesToNextLook(rule(), state)) {
      state = observe(rule(), state, [repeat(lively, samples), repeat(lively, samples)])
      looks.push(state.sample)
    }
    expect(looks).toEqual([4, 8, 10])
    expect(samplesToNextLook(rule({ interval: 100 }), initialSilence(rule()))).toBe(10)
  })

  it('is looked at when a batch ends, first at or after each interval', () => {
    const looksOf = (changes: Partial<SilenceRule>): number[] => {
      const watched = rule({ layers: [], ...changes })
      const looks: number[] = []
      let sample = 0
      for (let samples = samplesToNextLook(watched, { sample }); samples > 0;) {
        sample += samples
        looks.push(sample)
        samples = samplesToNextLook(watched, { sample })
      }
      return looks
    }
    expect(looksOf({ interval: 100, batchSize: 32, trainSamples: 300 })).toEqual([128, 224, 300])
    expect(looksOf({ interval: 10, batchSize: 32, trainSamples: 100 })).toEqual([32, 64, 96, 100])
    expect(looksOf({ interval: 64, batchSize: 32, trainSamples: 128 })).toEqual([64, 128])
  })

  it('watches nothing without layers', () => {
    const blind = rule({ layers: [] })
    const state = observe(blind, initialSilence(blind), [], 10)
    expect(state.sample).toBe(10)
    expect(look(blind, state)).toEqual({ kind: 'continue' })
    expect(constraintValues(blind, nextEpoch(blind, state), null)).toEqual([])
  })

  it('refuses what cannot be', () => {
    const start = initialSilence(rule())
    expect(() => observe(rule(), start, [[1]])).toThrow('1 layers of 2')
    expect(() => observe(rule(), start, [[1], [1, 2]])).toThrow('different numbers of samples')
    expect(() => observe(rule(), start, [repeat(1, 11), repeat(1, 11)])).toThrow('sample 11 of an epoch of 10')
    expect(() => nextEpoch(rule(), start)).toThrow('epoch 0 ends at sample 0')
    expect(() => silenceRule({ silence: rule() }, 0)).toThrow('0 training samples')
  })

  it('changes no state it is given', () => {
    const start = Object.freeze({ ...initialSilence(rule()), nonSpiking: Object.freeze([0, 0]) })
    observe(rule(), start, [[0], [0]])
    expect(start.nonSpiking).toEqual([0, 0])
  })
})

describe('replaySilence', () => {
  const record = (...epochs: readonly (readonly [e: number[], i: number[]])[]) =>
    epochs.flatMap(([e, i], epoch) => [
      { layer: 'excitatory' as const, epoch, counts: Uint16Array.from(e) },
      { layer: 'inhibitory' as const, epoch, counts: Uint16Array.from(i) },
    ])
  const alive = repeat(lively, 10)

  it('knows nothing beyond the end of the record', () => {
    const cut = record([alive, alive], [repeat(0, 8), repeat(lively, 8)])
    expect(replaySilence(cut, rule({ layers: [{ ...excitatory, beta: 0.9 }] }), 2)).toEqual({
      kind: 'unknown',
      epoch: 1,
      sample: 8,
    })
    expect(replaySilence(cut, rule(), 2)).toMatchObject({
      kind: 'stopped',
      stop: { epoch: 1, sample: 4, nonSpiking: 4 },
    })
  })

  it('refuses a record without the watched layer', () => {
    expect(() => replaySilence(record([alive, alive]).slice(0, 1), rule(), 1)).toThrow('inhibitory layer')
  })

  const counts = fc.array(fc.nat(8), { minLength: 10, maxLength: 10 })
  const epochsOf = fc.array(fc.tuple(counts, counts), { minLength: 1, maxLength: 3 })
  const watched = fc.record({ alpha: fc.nat(8), beta: fc.constantFrom(0, 0.1, 0.3, 0.5, 1) })

  /** The rule as its text has it, sample by sample. */
  const byDefinition = (
    epochs: readonly (readonly [number[], number[]])[],
    layers: readonly { readonly layer: string; readonly alpha: number; readonly beta: number }[],
    interval: number,
  ): unknown => {
    const shares = (epoch: readonly (readonly number[])[], sample: number) =>
      layers.map(({ alpha }, layer) => (epoch[layer] ?? []).slice(0, sample).filter((count) => count < alpha).length)
    const constraints = (counted: readonly number[]) =>
      layers.map(({ layer, beta }, index) => ({ name: `silence:${layer}`, value: (counted[index] ?? 0) / 10 - beta }))
    for (const [epoch, counted] of epochs.entries()) {
      for (let sample = 1; sample <= 10; sample++) {
        if (sample % interval !== 0 && sample !== 10) continue
        const now = shares(counted, sample)
        const index = layers.findIndex(({ beta }, layer) => (now[layer] ?? 0) / 10 > beta)
        if (index < 0) continue
        const stop = { kind: 'silence', ...layers[index], epoch, sample, nonSpiking: now[index], trainSamples: 10 }
        return { kind: 'stopped', stop, constraints: constraints(now) }
      }
    }
    const ends = epochs.map((counted) => shares(counted, 10))
    return {
      kind: 'complete',
      constraints: constraints(layers.map((_, l) => Math.max(...ends.map((end) => end[l] ?? 0)))),
    }
  }
  it('does what the rule did, seed 20', () => {
    fc.assert(
      fc.property(epochsOf, watched, watched, fc.integer({ min: 1, max: 12 }), (epochs, first, second, interval) => {
        const layers = [
          { layer: 'excitatory', ...first },
          { layer: 'inhibitory', ...second },
        ] as const
        const replayed = replaySilence(record(...epochs), rule({ layers, interval }), epochs.length)
        expect(replayed).toEqual(byDefinition(epochs, layers, interval))
      }),
      { seed: 20, numRuns: 500 },
    )
  })
})

describe('timeSavedMs', () => {
  it('is the rest at the pace so far', () => {
    expect(timeSavedMs(1000, 500, 2000)).toBe(3000)
    expect(timeSavedMs(1000, 2000, 2000)).toBe(0)
    expect(timeSavedMs(0, 0, 2000)).toBe(0)
  })
})
