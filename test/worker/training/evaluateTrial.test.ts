import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trialProgressSchema } from '../../../src-core/contracts/worker.ts'
import { outcomeSchema } from '../../../src-core/trial/measurement.ts'
import { decoderKinds } from '../../../src-worker/decoders/createDecoder.ts'
import { decodeSafetensors } from '../../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import {
  countsOf,
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
  silentPoint,
  spikeRateBeside,
} from './trialRequests.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a network that spikes', () => {
  it('classifies far above chance after 2,000 images', async () => {
    const definition = definitionOf({
      dataset: { trainSamples: 2000, testSamples: 500 },
      training: { updateInterval: 1200 },
      silence: { interval: 1200 },
    })
    const outcome = await evaluateTrial(requestOf(definition, goodPoint), environmentOf())
    const { objective, metrics, constraints } = measurementOf(outcome, 'complete')
    expect(objective).toBeGreaterThan(0.55)
    expect(metrics['accuracy']).toBe(objective)
    expect(constraints.every(({ value }) => value <= 0)).toBe(true)
  })

  it('is measured completely', async () => {
    const definition = definitionOf()
    const request = requestOf(definition, { ...goodPoint, epochs: 2 })
    const outcome = await evaluateTrial(request, environmentOf())
    expect(outcomeSchema.parse(outcome)).toEqual(outcome)
    const measurement = measurementOf(outcome, 'complete')
    expect(measurement).toMatchObject({ samplesTrained: 800, samplesPlanned: 800, networkFile: null })

    expect(measurement.confusion.map((row) => row.length)).toEqual(Array.from({ length: 10 }, () => 10))
    expect(sum(measurement.confusion.flat())).toBe(100)
    expect(sum(measurement.confusion.map((row, label) => row[label] ?? 0)) / 100).toBe(measurement.objective)

    expect(measurement.intervals.map(({ epoch, sample }) => [epoch, sample])).toEqual(
      [0, 1].flatMap((epoch) => [100, 200, 300, 400].map((sample) => [epoch, sample])),
    )
    const [first, ...later] = measurement.intervals.map(({ trainAccuracy }) => trainAccuracy)
    expect(first).toBeNull()
    expect(later.every((accuracy) => accuracy !== null && accuracy > 0.2)).toBe(true)
  })

  it('has spike counts, constraints and metrics that agree', async () => {
    const request = requestOf(definitionOf(), { ...goodPoint, epochs: 2 })
    const { spikeCounts, intervals, metrics, constraints } = measurementOf(
      await evaluateTrial(request, environmentOf()),
      'complete',
    )
    expect(spikeCounts.map(({ layer, epoch, samples }) => [layer, epoch, samples])).toEqual([
      ['excitatory', 0, 400],
      ['inhibitory', 0, 400],
      ['excitatory', 1, 400],
      ['inhibitory', 1, 400],
    ])
    const below = (counts: readonly number[], alpha: number): number => counts.filter((count) => count < alpha).length
    const [first, , last, lastInhibitory] = spikeCounts.map(countsOf)
    const nonSpiking = [below(first ?? [], 5), below(last ?? [], 5)]
    expect([intervals[3]?.nonSpiking[0], intervals[7]?.nonSpiking[0]]).toEqual(nonSpiking)
    expect(intervals[4]?.nonSpiking[0]).toBe(below((last ?? []).slice(0, 100), 5))
    expect(constraints[0]).toEqual({ name: 'silence:excitatory', value: Math.max(...nonSpiking) / 400 - 0.5 })
    expect(metrics['nonSpikingShareExcitatory']).toBe(below(last ?? [], 5) / 400)
    expect(metrics['spikesPerSampleExcitatory']).toBe(sum(last ?? []) / 400)
    expect(metrics['spikesPerSampleInhibitory']).toBe(sum(lastInhibitory ?? []) / 400)
    expect(metrics['spikesPerSampleInput']).toBeGreaterThan(800)
    expect(metrics['testSpikesPerSampleExcitatory']).toBeGreaterThan(5)
    expect(metrics['silentNeurons']).toBeLessThan(100)
    expect(metrics['testSamples']).toBe(100)
  })

  it('has the same numbers again, whatever the clock says, and others with another seed', async () => {
    const request = requestOf(definitionOf(), goodPoint)
    const first = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    const again = await evaluateTrial(request, environmentOf({ nowMs: () => 0 }))
    expect(reproducible(measurementOf(again, 'complete'))).toEqual(reproducible(first))
    const other = await evaluateTrial({ ...request, seed: 8 }, environmentOf())
    expect(measurementOf(other, 'complete').spikeCounts).not.toEqual(first.spikeCounts)
  })

  it.each(decoderKinds)('classifies above chance with the decoder %s', async (decoder) => {
    const outcome = await evaluateTrial(requestOf(definitionOf(), { ...goodPoint, decoder }), environmentOf())
    expect(measurementOf(outcome, 'complete').objective).toBeGreaterThan(0.3)
  })

  it('is the same network whatever reads it out', async () => {
    const counts = []
    for (const decoder of decoderKinds) {
      const outcome = await evaluateTrial(requestOf(definitionOf(), { ...goodPoint, decoder }), environmentOf())
      counts.push(measurementOf(outcome, 'complete').spikeCounts)
    }
    for (const one of counts) expect(one).toEqual(counts[0])
  })

  it('is measured without watched layers too', async () => {
    const definition = definitionOf({ silence: { layers: [] } })
    const outcome = await evaluateTrial(requestOf(definition, goodPoint), environmentOf())
    expect(measurementOf(outcome, 'complete')).toMatchObject({ constraints: [], spikeCounts: [], samplesTrained: 400 })
  })

  it('is tested on the test images where the study says so', async () => {
    const definition = definitionOf({ objective: { split: 'test' } })
    const outcome = await evaluateTrial(requestOf(definition, goodPoint), environmentOf())
    const validated = await evaluateTrial(requestOf(definitionOf(), goodPoint), environmentOf())
    const [onTest, onValidation] = [outcome, validated].map((one) => measurementOf(one, 'complete'))
    expect(onTest?.spikeCounts).toEqual(onValidation?.spikeCounts)
    expect(onTest?.confusion).not.toEqual(onValidation?.confusion)
  })
})

describe('a silent network', () => {
  it('is stopped at the first look that sees it, and tested', async () => {
    const outcome = await evaluateTrial(requestOf(definitionOf(), { ...silentPoint, epochs: 3 }), environmentOf())
    if (outcome.kind !== 'stopped') throw new Error(outcome.kind)
    expect(outcome.stop).toEqual({
      kind: 'silence',
      layer: 'excitatory',
      epoch: 0,
      // 201 of 400 would be enough, and all are silent: seen at 300.
      sample: 300,
      nonSpiking: 300,
      trainSamples: 400,
      alpha: 5,
      beta: 0.5,
    })
    const { measurement } = outcome
    expect(measurement).toMatchObject({ samplesTrained: 300, samplesPlanned: 1200 })
    expect(measurement.constraints).toEqual([
      { name: 'silence:excitatory', value: 0.25 },
      { name: 'silence:inhibitory', value: 0.25 },
    ])
    expect(measurement.intervals.map(({ sample }) => sample)).toEqual([100, 200, 300])
    expect(measurement.spikeCounts.map(({ samples }) => samples)).toEqual([300, 300])
    expect(measurement.metrics).toMatchObject({ nonSpikingShareExcitatory: 1, silentNeurons: 100, testSamples: 100 })
    expect(sum(measurement.confusion.flat())).toBe(100)
  })

  it('is complete and infeasible where it is found silent after the last sample alone: nothing was stopped early', async () => {
    const definition = definitionOf({ silence: { interval: 400 } })
    const outcome = await evaluateTrial(requestOf(definition, silentPoint), environmentOf())
    const { samplesTrained, constraints } = measurementOf(outcome, 'complete')
    expect(samplesTrained).toBe(400)
    expect(constraints[0]).toEqual({ name: 'silence:excitatory', value: 0.5 })
  })

  it('is trained to the end when the study only measures', async () => {
    const definition = definitionOf({ silence: { stopEarly: false } })
    const outcome = await evaluateTrial(requestOf(definition, silentPoint), environmentOf())
    const measurement = measurementOf(outcome, 'complete')
    expect(measurement.samplesTrained).toBe(400)
    expect(measurement.constraints[0]).toEqual({ name: 'silence:excitatory', value: 0.5 })
  })

  it('stopped before the first labels is tested with labels of what it saw', async () => {
    const definition = definitionOf({
      training: { updateInterval: 400 },
      silence: { interval: 50, layers: [{ layer: 'excitatory', alpha: 1000, beta: 0.1 }] },
    })
    const path = join(temporaryFolder(), '0.safetensors')
    const outcome = await evaluateTrial(requestOf(definition, goodPoint, { networkPath: path }), environmentOf())
    expect(measurementOf(outcome, 'stopped').samplesTrained).toBe(50)
    const { assignments } = decodeSafetensors(readFileSync(path)).tensors
    expect(assignments?.values.some((label) => label >= 0)).toBe(true)
  })
})

describe('the file of a trained network', () => {
  it('holds it, its labels and where it comes from', async () => {
    const path = join(temporaryFolder(), '3.safetensors')
    const definition = definitionOf()
    const request = requestOf(definition, { ...goodPoint, decoder: '2gram' }, { trial: 3, networkPath: path })
    const measurement = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(measurement.networkFile).toBe('3.safetensors')
    const { tensors, metadata } = decodeSafetensors(readFileSync(path))
    const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]))
    const pairs = tensors['bigramScores']?.shape[0] ?? 0
    expect(pairs).toBeGreaterThan(100)
    expect(shapes).toEqual({
      weights: [784, 100],
      theta: [100],
      assignments: [100],
      proportions: [100, 10],
      rates: [100, 10],
      bigramPairs: [pairs, 2],
      bigramScores: [pairs, 10],
    })
    const weights = tensors['weights']?.values ?? new Float32Array()
    const onNeuron = Array.from({ length: 784 }, (_, input) => weights[input * 100 + 42] ?? NaN)
    expect(sum(onNeuron)).toBeCloseTo(123.39, 2)
    expect(metadata).toMatchObject({
      application: '1.2.3',
      study: 'test',
      trial: '3',
      seed: '7',
      datasetSha256: measurement.datasetSha256,
    })
    expect(JSON.parse(metadata['hyperparameters'] ?? '')).toEqual(request.hyperparameters)
  })
})

describe('progress', () => {
  it('goes through the phases, and never backwards', async () => {
    const environment = environmentOf()
    const outcome = await evaluateTrial(requestOf(definitionOf(), { ...goodPoint, epochs: 2 }), environment)
    const { reports } = environment
    for (const report of reports) expect(trialProgressSchema.parse(report)).toEqual(report)
    expect([...new Set(reports.map(({ phase }) => phase))]).toEqual(['loading', 'training', 'testing'])
    const training = reports.filter(({ phase }) => phase === 'training')
    expect(training.length).toBeGreaterThan(2)
    const done = training.map(({ samplesDone }) => samplesDone)
    expect(done).toEqual([...done].sort((left, right) => left - right))
    expect(training.at(-1)).toMatchObject({ epoch: 1, epochs: 2, epochSamples: 400, samplesPlanned: 800 })
    expect(reports.at(-1)).toMatchObject({ phase: 'testing', epochSamples: 400 })
    expect(training.at(-1)?.samplesPerSecond).toBeGreaterThan(0)
    expect(training.at(-1)?.lastInterval?.epoch).toBe(1)
    // How it spikes: nothing before the first sample, of neurons alone, and still told while the network is tested.
    expect(training[0]?.spikes).toBeUndefined()
    const [told, counted] = spikeRateBeside(reports, measurementOf(outcome, 'complete'))
    expect(told).toBe(counted)
    expect(reports.at(-1)?.spikes).toBeDefined()
  })
})
