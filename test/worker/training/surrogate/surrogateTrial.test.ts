import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trialProgressSchema } from '../../../../src-core/contracts/worker.ts'
import { outcomeSchema, type PrunedStop } from '../../../../src-core/trial/measurement.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { decodeSafetensors, type NetworkFile } from '../../../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../../../src-worker/training/evaluateTrial.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import {
  countsOf,
  environmentOf,
  measurementOf,
  reproducible,
  spikeRateBeside,
  tickingClock,
} from '../trialRequests.ts'
import { layeredDefinition, layeredRequest, learningPoint, silentPoint } from './layeredRequests.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const twoEpochs = { ...learningPoint, epochs: 2 }

describe('a layered network that learns', () => {
  it('classifies MNIST above 0.85 after one epoch of 4,000 images', async () => {
    const definition = layeredDefinition({ dataset: { trainSamples: 4000, testSamples: 1000 } })
    const outcome = await evaluateTrial(layeredRequest(definition, learningPoint), environmentOf())
    const { objective, metrics } = measurementOf(outcome, 'complete')
    expect(objective).toBeGreaterThan(0.85)
    expect(metrics['accuracy']).toBe(objective)
  })

  it('is measured completely, looked at by batches', async () => {
    const outcome = await evaluateTrial(layeredRequest(layeredDefinition(), twoEpochs), environmentOf())
    expect(outcomeSchema.parse(outcome)).toEqual(outcome)
    const measurement = measurementOf(outcome, 'complete')
    expect(measurement).toMatchObject({ samplesTrained: 800, samplesPlanned: 800, networkFile: null })
    expect(sum(measurement.confusion.flat())).toBe(100)
    expect(sum(measurement.confusion.map((row, label) => row[label] ?? 0)) / 100).toBe(measurement.objective)
    // Batches of 16: the first that ends at or after 100, 200 and 300 samples, and the end.
    expect(measurement.intervals.map(({ epoch, sample }) => [epoch, sample])).toEqual(
      [0, 1].flatMap((epoch) => [112, 208, 304, 400].map((sample) => [epoch, sample])),
    )
    expect(measurement.intervals.every(({ trainAccuracy }) => trainAccuracy !== null)).toBe(true)
  })

  it('learns from its share of the samples, each shown for its own number of steps', async () => {
    const path = join(temporaryFolder(), '1.safetensors')
    const patient = { silence: { layers: [{ layer: 'output', alpha: 0, beta: 1 }] } }
    const point = { ...twoEpochs, trainShare: 0.25, steps: 5 }
    const own = layeredRequest(layeredDefinition(patient), point, { networkPath: path })
    const measured = measurementOf(await evaluateTrial(own, environmentOf()), 'complete')
    expect(measured).toMatchObject({ samplesTrained: 200, samplesPlanned: 200 })
    const { metadata } = decodeSafetensors(readFileSync(path))
    expect(JSON.parse(metadata['encoding'] ?? '')).toMatchObject({ type: 'bernoulli', steps: 5 })
    const asStudy = layeredDefinition({ ...patient, encoding: { steps: 5 }, dataset: { trainSamples: 100 } })
    const same = measurementOf(await evaluateTrial(layeredRequest(asStudy, twoEpochs), environmentOf()), 'complete')
    expect({ ...reproducible(measured), networkFile: null, networkSha256: undefined }).toEqual(reproducible(same))
  })

  it('has spike counts, constraints and metrics that agree', async () => {
    // Slow enough for a report at every turn.
    const environment = environmentOf({ nowMs: tickingClock(300) })
    const outcome = await evaluateTrial(layeredRequest(layeredDefinition(), twoEpochs), environment)
    const [told, counted] = spikeRateBeside(environment.reports, measurementOf(outcome, 'complete'))
    expect(told).toBe(counted)
    const { spikeCounts, intervals, metrics, constraints } = measurementOf(outcome, 'complete')
    expect(spikeCounts.map(({ layer, epoch, samples }) => [layer, epoch, samples])).toEqual([
      ['hidden', 0, 400],
      ['output', 0, 400],
      ['hidden', 1, 400],
      ['output', 1, 400],
    ])
    const silent = (counts: readonly number[]): number => counts.filter((count) => count < 1).length
    const [, first, lastHidden, last] = spikeCounts.map(countsOf)
    const nonSpiking = [silent(first ?? []), silent(last ?? [])]
    expect(nonSpiking[0]).toBeGreaterThan(0)
    expect([intervals[3]?.nonSpiking[1], intervals[7]?.nonSpiking[1]]).toEqual(nonSpiking)
    expect(intervals[4]?.nonSpiking[1]).toBe(silent((last ?? []).slice(0, 112)))
    expect(constraints[1]).toEqual({ name: 'silence:output', value: Math.max(...nonSpiking) / 400 - 0.5 })
    expect(metrics['nonSpikingShareOutput']).toBe(silent(last ?? []) / 400)
    expect(metrics['spikesPerSampleHidden']).toBe(sum(lastHidden ?? []) / 400)
    expect(metrics['spikesPerSampleInput']).toBeGreaterThan(100)
    expect(metrics['spikesPerSample']).toBeCloseTo(
      (metrics['testSpikesPerSampleHidden'] ?? NaN) + (metrics['testSpikesPerSampleOutput'] ?? NaN),
      9,
    )
    // Each spike of the input reaches 64 neurons, each of the hidden layer 10.
    const { testSpikesPerSampleInput: input = NaN, testSpikesPerSampleHidden: hidden = NaN } = metrics
    expect(metrics['synapticOperationsPerSample']).toBeLessThanOrEqual(64 * input + 10 * hidden)
    expect(metrics['synapticOperationsPerSample']).toBeGreaterThan(0.9 * (64 * input + 10 * hidden))
  })

  it('has the same numbers again, whatever the clock says, and others with another seed', async () => {
    const request = layeredRequest(layeredDefinition(), learningPoint)
    const first = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    const again = await evaluateTrial(request, environmentOf({ nowMs: () => 0 }))
    expect(reproducible(measurementOf(again, 'complete'))).toEqual(reproducible(first))
    const other = await evaluateTrial({ ...request, seed: 8 }, environmentOf())
    expect(measurementOf(other, 'complete').spikeCounts).not.toEqual(first.spikeCounts)
  })

  it('spikes on the reference kernels as on those of WebAssembly, until it has learned', async () => {
    const definition = layeredDefinition({
      dataset: { trainSamples: 32, testSamples: 16 },
      silence: { interval: 16, stopEarly: false },
    })
    const request = layeredRequest(definition, { ...learningPoint, 'hidden.neurons': 16 })
    const outcomes = [
      await evaluateTrial(request, environmentOf()),
      await evaluateTrial(request, environmentOf({ kernels: createReferenceKernels })),
    ]
    const [wasm, reference] = outcomes.map((outcome) => {
      const { intervals, spikeCounts } = measurementOf(outcome, 'complete')
      return { first: intervals[0], counts: spikeCounts.map((counts) => countsOf(counts).slice(0, 16)) }
    })
    expect(reference).toEqual(wasm)
    expect(sum(reference?.counts[0] ?? [])).toBeGreaterThan(0)
  })

  it.each(['max', 'cross-entropy'])('learns by the loss %s', async (loss) => {
    const { trueRate: _, falseRate: __, ...rest } = learningPoint
    const definition = layeredDefinition({ dataset: { trainSamples: 2000 } })
    const outcome = await evaluateTrial(layeredRequest(definition, { ...rest, loss }), environmentOf())
    expect(measurementOf(outcome, 'complete').objective).toBeGreaterThan(0.4)
  })

  it('has limits of metrics as constraints, and a cost as an objective to be minimised', async () => {
    const definition = layeredDefinition({
      objective: { metric: 'spikesPerSample' },
      constraints: [{ metric: 'synapticOperationsPerSample', atMost: 1000 }],
    })
    const outcome = await evaluateTrial(layeredRequest(definition, learningPoint), environmentOf())
    const { objective, metrics, constraints } = measurementOf(outcome, 'complete')
    expect(objective).toBe(-(metrics['spikesPerSample'] ?? NaN))
    expect(constraints[2]).toEqual({
      name: 'metric:synapticOperationsPerSample',
      value: ((metrics['synapticOperationsPerSample'] ?? NaN) - 1000) / 1000,
    })
  })

  it('counts the spikes of a layer, over all classes and over one, where the study asks for them', async () => {
    const classes = [...Array(10).keys()]
    const definition = layeredDefinition({
      objective: { metric: 'spikesPerSample.hidden' },
      constraints: [
        ...classes.map((label) => ({ metric: `spikesPerSample.hidden.${label}`, atMost: 500 })),
        { metric: 'accuracy', atLeast: 0.9 },
      ],
    })
    const outcome = await evaluateTrial(layeredRequest(definition, learningPoint), environmentOf())
    const { objective, metrics, constraints, confusion } = measurementOf(outcome, 'complete')
    expect(objective).toBe(-(metrics['testSpikesPerSampleHidden'] ?? NaN))
    const shown = confusion.map(sum)
    const ofClass = (label: number): number => metrics[`spikesPerSample.hidden.${label}`] ?? NaN
    const total = sum(classes.map((label) => ofClass(label) * (shown[label] ?? NaN)))
    expect(total / sum(shown)).toBeCloseTo(-objective, 9)
    expect(new Set(classes.map(ofClass)).size).toBe(10)
    expect(constraints.at(-1)).toEqual({ name: 'metric:accuracy', value: (0.9 - (metrics['accuracy'] ?? NaN)) / 0.9 })
    const without = measurementOf(
      await evaluateTrial(layeredRequest(layeredDefinition(), learningPoint), environmentOf()),
      'complete',
    )
    expect(Object.keys(without.metrics)).not.toContain('spikesPerSample.hidden')
  })

  it('fails when the study asks for a class that no sample is of', async () => {
    const definition = layeredDefinition({ constraints: [{ metric: 'spikesPerSample.hidden.12', atMost: 500 }] })
    const outcome = await evaluateTrial(layeredRequest(definition, learningPoint), environmentOf())
    if (outcome.kind !== 'failed') throw new Error(outcome.kind)
    expect(outcome.failure.message).toContain('spikesPerSample.hidden.12, but none of the samples')
  })
})

describe('a silent layered network', () => {
  it('is stopped at the first look that sees it, and tested', async () => {
    const request = layeredRequest(layeredDefinition(), { ...silentPoint, epochs: 3 })
    const outcome = await evaluateTrial(request, environmentOf())
    if (outcome.kind !== 'stopped') throw new Error(JSON.stringify(outcome))
    expect(outcome.stop).toEqual({
      kind: 'silence',
      layer: 'hidden',
      epoch: 0,
      // 201 of 400 would be enough: seen at the end of the batch that the 200th sample is in.
      sample: 208,
      nonSpiking: 208,
      trainSamples: 400,
      alpha: 1,
      beta: 0.5,
    })
    const { measurement } = outcome
    expect(measurement).toMatchObject({ samplesTrained: 208, samplesPlanned: 1200 })
    expect(measurement.intervals.map(({ sample }) => sample)).toEqual([112, 208])
    expect(measurement.spikeCounts.map(({ samples }) => samples)).toEqual([208, 208])
    expect(measurement.constraints.map(({ value }) => value)).toEqual([208 / 400 - 0.5, 208 / 400 - 0.5])
    expect(measurement.metrics).toMatchObject({ nonSpikingShareHidden: 1, spikesPerSample: 0, testSamples: 100 })
  })
})

describe('a trial that cannot be', () => {
  it('fails when its learning diverges', async () => {
    // A step that single precision cannot hold: weights become infinite.
    const request = layeredRequest(layeredDefinition(), { ...learningPoint, learningRate: 1e39 })
    const outcome = await evaluateTrial(request, environmentOf())
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'non-finite' } })
    expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(/by sample 112 of epoch 1/)
  })

  it('fails when a layer does not fit the one before it, with what does not', async () => {
    const layers = [
      { name: 'conv1', type: 'conv' },
      { name: 'output', type: 'dense' },
    ]
    const definition = layeredDefinition({ network: { layers }, silence: { layers: [] } })
    const { 'hidden.neurons': _, ...rest } = learningPoint
    const request = layeredRequest(definition, { ...rest, 'conv1.kernel': 40 })
    const outcome = await evaluateTrial(request, environmentOf())
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'impossible-network' } })
    expect(outcome.kind === 'failed' && outcome.failure.message).toMatch(/conv1/)
  })

  it('fails when there is not the memory for it, and the next one has its usual result', async () => {
    const request = layeredRequest(layeredDefinition(), learningPoint)
    const huge = layeredRequest(layeredDefinition(), { ...learningPoint, 'hidden.neurons': 1_000_000 })
    const first = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    const outcome = await evaluateTrial(huge, environmentOf())
    expect(outcome.kind === 'failed' && outcome.failure.reason).toMatch(/^(impossible-network|out-of-memory)$/)
    const next = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(reproducible(next)).toEqual(reproducible(first))
  })

  it('ends between two batches when it is called off', async () => {
    const abort = new AbortController()
    const environment = environmentOf({
      signal: abort.signal,
      report: ({ phase, samplesDone }) => {
        if (phase === 'training' && samplesDone > 0) abort.abort()
      },
      nowMs: (() => {
        let now = 0
        return () => (now += 300)
      })(),
    })
    const outcome = await evaluateTrial(layeredRequest(layeredDefinition(), learningPoint), environment)
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'cancelled' } })
  })
})

describe('a judged trial', () => {
  const stop: PrunedStop = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.4, threshold: 0.6, trials: 5 }

  it('asks at the end of each epoch but the last, and is pruned where it is told to', async () => {
    const request = layeredRequest(layeredDefinition(), { ...learningPoint, epochs: 4 }, { judged: true })
    const asked: [number, number | null][] = []
    const judge = (epoch: number, accuracy: number | null) => {
      asked.push([epoch, accuracy])
      return Promise.resolve(epoch === 1 ? stop : null)
    }
    const outcome = await evaluateTrial(request, environmentOf({ judge }))
    if (outcome.kind !== 'stopped') throw new Error(outcome.kind)
    expect(outcome.stop).toEqual(stop)
    const { measurement } = outcome
    expect(measurement).toMatchObject({ samplesTrained: 800, samplesPlanned: 1600 })
    const correct = measurement.intervals
      .slice(0, 4)
      .reduce(
        (total, { sample, trainAccuracy }, index, all) =>
          total + (trainAccuracy ?? NaN) * (sample - (all[index - 1]?.sample ?? 0)),
        0,
      )
    expect(asked.map(([epoch]) => epoch)).toEqual([0, 1])
    expect(asked[0]?.[1]).toBeCloseTo(correct / 400, 12)

    const again = await evaluateTrial({ ...request, judged: false, pruned: stop }, environmentOf())
    expect(reproducible(measurementOf(again, 'stopped'))).toEqual(reproducible(measurement))
  })

  it('is not asked about unless the request says so', async () => {
    const judge = () => Promise.resolve(stop)
    const outcome = await evaluateTrial(layeredRequest(layeredDefinition(), twoEpochs), environmentOf({ judge }))
    expect(outcome.kind).toBe('complete')
  })
})

describe('the file of a layered network', () => {
  it('holds what is learned and where it comes from', async () => {
    const path = join(temporaryFolder(), '3.safetensors')
    const request = layeredRequest(layeredDefinition(), learningPoint, { trial: 3, networkPath: path })
    const measurement = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    const { tensors, metadata } = decodeSafetensors(readFileSync(path))
    expect(tensors['hidden.weights']?.shape).toEqual([784, 64])
    expect(tensors['output.weights']?.shape).toEqual([64, 10])
    expect(metadata).toMatchObject({
      format: 'spiketune-network',
      formatVersion: '3',
      networkType: 'layered',
      trial: '3',
      samplesTrained: '400',
      datasetSha256: measurement.datasetSha256,
    })
  })

  it('can be asked for between two batches, and changes nothing', async () => {
    const request = layeredRequest(layeredDefinition(), learningPoint)
    const expected = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    let describe: (() => NetworkFile) | null = null
    const taken: NetworkFile[] = []
    const environment = environmentOf({
      training: (of) => (describe = of),
      report: ({ phase }) => {
        if (phase === 'training' && describe !== null) taken.push(describe())
      },
    })
    const measured = measurementOf(await evaluateTrial(request, environment), 'complete')
    expect(reproducible(measured)).toEqual(reproducible(expected))
    expect(taken[0]?.metadata['samplesTrained']).toBe('0')
    expect(taken[0]?.tensors['output.weights']?.shape).toEqual([64, 10])
  })
})

describe('progress', () => {
  it('goes through the phases, and never backwards', async () => {
    const environment = environmentOf({
      nowMs: (() => {
        let now = 0
        return () => (now += 60)
      })(),
    })
    await evaluateTrial(layeredRequest(layeredDefinition(), twoEpochs), environment)
    const { reports } = environment
    for (const report of reports) expect(trialProgressSchema.parse(report)).toEqual(report)
    expect([...new Set(reports.map(({ phase }) => phase))]).toEqual(['loading', 'training', 'testing'])
    const training = reports.filter(({ phase }) => phase === 'training')
    const done = training.map(({ samplesDone }) => samplesDone)
    expect(done).toEqual([...done].sort((left, right) => left - right))
    expect(training.at(-1)).toMatchObject({ epochs: 2, samplesPlanned: 800 })
    expect(training.at(-1)?.samplesPerSecond).toBeGreaterThan(0)
  })
})
