import { describe, expect, it } from 'vitest'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { replaySilence } from '../../oracles/replaySilence.ts'
import {
  type RecordedTrial,
  replayGrid,
  replayIntervals,
  replayTable,
  replayTrial,
  type SpikeCountRecord,
  type TriedRule,
} from '../../../src-core/stopping/replayTable.ts'
import { replayStudy, sweepBeta } from '../../../src-core/stopping/replayStudy.ts'

const trainSamples = 130
const layers = ['excitatory', 'inhibitory'] as const
const grid = { step: 10, alphaMost: 12 }

/** Spike counts of a network that spikes as often as `rate` says on average, the rarer the later. */
const recordOf = (seed: number, rate: number, epochs: number): SpikeCountRecord[] => {
  const generator = createGenerator(seed)
  return Array.from({ length: epochs }, (_, epoch) =>
    layers.map((layer) => ({
      layer,
      epoch,
      counts: Array.from({ length: trainSamples }, () => generator.below(Math.max(1, Math.round(rate - epoch)))),
    })),
  ).flat()
}

const cutAt = (record: readonly SpikeCountRecord[], epoch: number, sample: number): SpikeCountRecord[] =>
  record
    .filter((one) => one.epoch <= epoch)
    .map((one) => (one.epoch < epoch ? one : { ...one, counts: Array.from(one.counts).slice(0, sample) }))

const trialOf = (
  number: number,
  record: readonly SpikeCountRecord[],
  epochs: number,
  samplesTrained: number,
): RecordedTrial => ({
  number,
  objective: number / 100,
  complete: samplesTrained === epochs * trainSamples,
  feasible: true,
  withinLimits: true,
  trainDurationMs: samplesTrained,
  samplesTrained,
  samplesPlanned: epochs * trainSamples,
  epochs,
  batchSize: 1,
  record,
})

const rules: TriedRule[] = [1, 2, 5, 12].flatMap((alpha) =>
  [0, 0.05, 0.2, 0.6].flatMap((beta) =>
    [10, 20, 50, 130].map((interval) => ({
      interval,
      layers: [
        { layer: 'excitatory' as const, alpha, beta },
        { layer: 'inhibitory' as const, alpha: Math.max(1, alpha - 1), beta: beta / 2 },
      ],
    })),
  ),
)

describe('a replay from a table', () => {
  it.each([3, 6, 12, 40])('comes to the same as the rule itself, seed and rate %i, whatever the rule', (rate) => {
    for (const epochs of [1, 2]) {
      const record = recordOf(rate, rate, epochs)
      const table = replayTable(trialOf(1, record, epochs, epochs * trainSamples), grid)
      for (const rule of rules) {
        const exact = replaySilence(record, { ...rule, stopEarly: true, batchSize: 1, trainSamples }, epochs)
        const replayed = replayTrial(table, rule)
        if (exact.kind === 'stopped') {
          const { epoch, sample, layer } = exact.stop
          const samples = epoch * trainSamples + sample
          // What is silent at its very end is complete, and infeasible.
          const isEnd = samples === epochs * trainSamples
          const late = { kind: 'complete', samples, feasible: false }
          expect(replayed).toEqual(isEnd ? late : { kind: 'stopped', samples, epoch, layer })
        } else expect(replayed).toEqual({ kind: 'complete', samples: epochs * trainSamples, feasible: true })
      }
    }
  })

  it('knows of a stopped network only what was recorded', () => {
    const record = cutAt(recordOf(5, 6, 2), 1, 40)
    const table = replayTable(trialOf(1, record, 2, 170), grid)
    for (const rule of rules) {
      const exact = replaySilence(record, { ...rule, stopEarly: true, batchSize: 1, trainSamples }, 2)
      expect(replayTrial(table, rule).kind).toBe(exact.kind)
    }
    const lax = { interval: 20, layers: [{ layer: 'excitatory' as const, alpha: 1, beta: 1 }] }
    expect(replayTrial(table, lax)).toEqual({ kind: 'unknown', samples: 170 })
  })

  it('refuses what the table does not hold', () => {
    const table = replayTable(trialOf(1, recordOf(1, 5, 1), 1, 130), grid)
    const layer = { layer: 'excitatory' as const, alpha: 1, beta: 0.1 }
    expect(() => replayTrial(table, { interval: 15, layers: [layer] })).toThrow('no multiple of 10')
    expect(() => replayTrial(table, { interval: 20, layers: [{ ...layer, alpha: 13 }] })).toThrow('more than 12')
    const lacking = replayTable(
      trialOf(
        1,
        recordOf(1, 5, 1).filter((one) => one.layer === 'inhibitory'),
        1,
        130,
      ),
      grid,
    )
    expect(() => replayTrial(lacking, { interval: 20, layers: [layer] })).toThrow('excitatory')
  })

  it('has a grid finer than the study’s interval, which is among those to choose from', () => {
    expect(replayGrid(800, 12_800, [{ layer: 'excitatory', alpha: 5, beta: 0.05 }])).toEqual({
      step: 200,
      alphaMost: 20,
    })
    expect(replayGrid(7, 350, [{ layer: 'excitatory', alpha: 30, beta: 0.05 }])).toEqual({ step: 1, alphaMost: 60 })
    expect(replayGrid(11, 10_000, []).step).toBe(11)
    expect(replayIntervals({ step: 200, alphaMost: 20 }, 800, 3000)).toEqual([200, 400, 800, 1600, 3000])
  })
})

describe('a replay of a study', () => {
  const complete = trialOf(80, recordOf(3, 40, 1), 1, 130)
  const silent = trialOf(50, recordOf(4, 3, 1), 1, 130)
  const stopped = trialOf(20, cutAt(recordOf(4, 3, 1), 0, 20), 1, 20)
  const tables = [complete, silent, stopped].map((trial) => replayTable(trial, grid))
  const rule = (beta: number): TriedRule => ({ interval: 10, layers: [{ layer: 'excitatory', alpha: 1, beta }] })

  it('without a limit stops nothing, and says what is not known of what was stopped', () => {
    const { before, after, wholeMs } = replayStudy(tables, rule(1))
    expect(before).toMatchObject({ stopped: 1, complete: 2, timeMs: 280, best: { trial: 80, objective: 0.8 } })
    expect(after).toMatchObject({ stopped: 0, complete: 2, unknown: 1, timeMs: 280, timeAtMostMs: 390 })
    expect(wholeMs).toBe(390)
  })

  it('saves time by stopping more, and loses the best when it stops that', () => {
    const { after, trials } = replayStudy(tables, rule(0))
    expect(after).toMatchObject({ stopped: 3, complete: 0, unknown: 0, best: null })
    expect(after.timeMs).toBe(trials.reduce((sum, { samples }) => sum + samples, 0))
    expect(after.timeMs).toBeLessThan(280)
  })

  it('swept over beta stops fewer and fewer, each point being the replay of its rule', () => {
    const betas = [0, 0.05, 0.1, 0.3, 1]
    const points = sweepBeta(tables, rule(0.5), null, betas)
    const numbers = points.map((point) => point.stopped)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    for (const { beta, ...totals } of points) expect(totals).toEqual(replayStudy(tables, rule(beta)).after)
  })
})
