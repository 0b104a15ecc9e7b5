import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trialProgressSchema } from '../../../src-core/contracts/worker.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import { spreadOf } from '../../../src-core/statistics/spread.ts'
import { type Measurement, outcomeSchema } from '../../../src-core/trial/measurement.ts'
import { decodeSafetensors } from '../../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
  silentPoint,
} from './trialRequests.ts'

const definition = definitionOf()
const seeds = [7, deriveSeed(7, 'replicate', 1), deriveSeed(7, 'replicate', 2), deriveSeed(7, 'replicate', 3)]

const alone = async (seed: number): Promise<Measurement> =>
  measurementOf(await evaluateTrial(requestOf(definition, goodPoint, { seed }), environmentOf()), 'complete')

const mean = (values: readonly number[]): number => spreadOf(values)?.mean ?? NaN
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a trial of several replicates', () => {
  it('is as many trainings, each as it would be alone, and what they come to together', async () => {
    const networkPath = join(temporaryFolder(), '0.safetensors')
    const request = requestOf(definition, goodPoint, { replicates: 3, networkPath })
    const outcome = await evaluateTrial(request, environmentOf())
    expect(outcomeSchema.parse(outcome)).toEqual(outcome)
    const measurement = measurementOf(outcome, 'complete')
    const singles = await Promise.all(seeds.slice(0, 3).map(alone))
    const [first] = singles
    if (first === undefined) throw new Error('there are three')

    const { replicates = [] } = measurement
    expect(replicates.map(({ seed }) => seed)).toEqual(seeds.slice(0, 3))
    expect(replicates.map(({ objective }) => objective)).toEqual(singles.map(({ objective }) => objective))
    expect(replicates.map(({ constraints }) => constraints)).toEqual(singles.map(({ constraints }) => constraints))
    expect(new Set(singles.map(({ objective }) => objective)).size).toBeGreaterThan(1)
    expect(measurement.objective).toBe(mean(singles.map(({ objective }) => objective)))
    for (const [name, value] of Object.entries(measurement.metrics)) {
      expect(value).toBe(mean(singles.map(({ metrics }) => metrics[name] ?? NaN)))
    }
    const valueOf = (place: number): number => mean(singles.map(({ constraints }) => constraints[place]?.value ?? NaN))
    expect(measurement.constraints).toEqual(
      first.constraints.map(({ name }, place) => ({ name, value: valueOf(place) })),
    )
    expect(sum(measurement.confusion.flat())).toBe(300)
    expect(measurement).toMatchObject({ samplesTrained: 1200, samplesPlanned: 1200 })
    expect(measurement.trainDurationMs).toBe(sum(replicates.map(({ trainDurationMs }) => trainDurationMs)))
    // What is of one network is the first one's.
    const { intervals, spikeCounts } = first
    expect(measurement).toMatchObject({ intervals, spikeCounts, networkFile: '0.safetensors' })
    expect(decodeSafetensors(readFileSync(networkPath)).metadata).toMatchObject({ seed: '7', samplesTrained: '400' })
  })

  it('of one replicate is what it is without a word of them', async () => {
    const one = await evaluateTrial(requestOf(definition, goodPoint, { replicates: 1 }), environmentOf())
    expect(reproducible(measurementOf(one, 'complete'))).toEqual(reproducible(await alone(7)))
    expect(measurementOf(one, 'complete')).not.toHaveProperty('replicates')
  })

  it('reports the samples of all of them, and which it is at', async () => {
    let now = 0
    const environment = environmentOf({ nowMs: () => (now += 300) })
    await evaluateTrial(requestOf(definition, goodPoint, { replicates: 3 }), environment)
    const reports = environment.reports.map((report) => trialProgressSchema.parse(report))
    const training = reports.filter(({ phase }) => phase === 'training')
    expect(new Set(training.map(({ samplesPlanned }) => samplesPlanned))).toEqual(new Set([1200]))
    const done = training.map(({ samplesDone }) => samplesDone)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(new Set(training.map(({ replicate }) => replicate?.number))).toEqual(new Set([1, 2, 3]))
    expect(reports.filter(({ phase }) => phase === 'testing').at(-1)).toMatchObject({
      replicate: { number: 3, of: 3 },
      samplesPlanned: 100,
    })
    expect(reports[0]).toMatchObject({ phase: 'loading' })
    expect(reports[0]).not.toHaveProperty('replicate')
  })

  it('is stopped where silence stopped every replicate, by the stop of the first', async () => {
    const request = requestOf(definition, silentPoint, { replicates: 2 })
    const outcome = await evaluateTrial(request, environmentOf())
    const { replicates = [], samplesTrained, samplesPlanned } = measurementOf(outcome, 'stopped')
    expect(outcome).toMatchObject({ stop: replicates[0]?.stop })
    expect(replicates.every(({ stop }) => stop !== null)).toBe(true)
    expect(samplesPlanned).toBe(800)
    expect(samplesTrained).toBe(sum(replicates.map((one) => one.samplesTrained)))
    expect(samplesTrained).toBeLessThan(800)
  })

  it('looks like its first network to whoever looks in between', async () => {
    const looks: string[] = []
    const environment = environmentOf({
      training: (describe) => looks.push(describe().metadata['samplesTrained'] ?? ''),
    })
    await evaluateTrial(requestOf(definition, goodPoint, { replicates: 3 }), environment)
    expect(looks).toEqual(['0', '400'])
  })

  it('fails where one of them fails, by its number', async () => {
    const environment = environmentOf()
    let networks = 0
    const failing = {
      ...environment,
      // The second network is made of something that is no kernel.
      get kernel() {
        return ++networks === 2
          ? new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
          : environment.kernel
      },
    }
    const outcome = await evaluateTrial(requestOf(definition, goodPoint, { replicates: 3 }), failing)
    if (outcome.kind !== 'failed') throw new Error(outcome.kind)
    expect(outcome.failure.message).toMatch(/^Replicate 2 of 3: ./)
    expect(outcome.failure.reason).toBe('internal')
  })
})

describe('a race', () => {
  const raced = async (incumbent?: number): Promise<Measurement> => {
    const request = requestOf({ ...definition, racing: true }, goodPoint, {
      replicates: 4,
      ...(incumbent === undefined ? {} : { incumbent }),
    })
    return measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
  }

  it('ends a hopeless trial after three replicates, and says why', async () => {
    const { replicates = [], raceEnd, objective, samplesPlanned } = await raced(1)
    const { mean: middle = NaN, standardError } = spreadOf(replicates.map((one) => one.objective)) ?? {}
    expect(replicates.map(({ seed }) => seed)).toEqual(seeds.slice(0, 3))
    expect(objective).toBe(middle)
    expect(samplesPlanned).toBe(1200)
    expect(raceEnd).toMatchObject({ planned: 4, by: 'objective', limit: 1 })
    expect(raceEnd?.bound).toBeCloseTo(middle + 2.919986 * (standardError ?? NaN), 6)
  })

  it('lets others go on to their last', async () => {
    for (const measurement of [await raced(0), await raced()]) {
      expect(measurement.replicates).toHaveLength(4)
      expect(measurement).not.toHaveProperty('raceEnd')
    }
  })
})
