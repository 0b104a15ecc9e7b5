import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EvaluationRequest } from '../../../../src-core/contracts/worker.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import type { Configuration } from '../../../../src-core/space/parameter.ts'
import { decodeDefinition } from '../../../../src-core/study/decodeDefinition.ts'
import { studyDefinitionSchema } from '../../../../src-core/study/definition.ts'
import { spreadConfigurations } from '../../../../src-core/study/spreadConfigurations.ts'
import { resolveHyperparameters } from '../../../../src-core/study/resolveHyperparameters.ts'
import type { Outcome } from '../../../../src-core/trial/measurement.ts'
import { createDatasetCache } from '../../../../src-worker/datasets/loadDataset.ts'
import { evaluateTrial } from '../../../../src-worker/training/evaluateTrial.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { aedatFile, aedatPacket, type PolarityEvent } from '../../datasets/formats/tinyFiles.ts'
import { installed } from '../../datasets/tinyDataset.ts'
import { environmentOf, measurementOf, reproducible } from '../trialRequests.ts'

const gestureUs = 400_000
const gesturesPerUser = 12

/** A blob of 12 x 12 places that moves to the right, downwards, or both, somewhere in the sensor. */
const gesture = (label: number, startUs: number, next: () => number): PolarityEvent[] => {
  const [left, top] = [8 + 10 * next(), 8 + 10 * next()]
  return Array.from({ length: 2000 }, (_, event) => {
    const way = (event / 2000) * 90
    const x = left + (label === 1 ? 0 : way) + 12 * next()
    const y = top + (label === 0 ? 0 : way) + 12 * next()
    return [Math.floor(x), Math.floor(y), Number(next() < 0.5), Math.floor(startUs + (event / 2000) * gestureUs)]
  })
}

/** Recordings as of DVS128 Gesture: of four people to train on and of one to test on. */
const writeRecordings = (folder: string): void => {
  for (const user of ['user01', 'user02', 'user03', 'user04', 'user24']) {
    const { next } = createGenerator(Number(user.slice(4)))
    const starts = Array.from({ length: gesturesPerUser }, (_, place) => place * gestureUs)
    const packets = starts.map((startUs, place) => aedatPacket(gesture(place % 3, startUs, next)))
    const times = starts.map((startUs, place) => `${(place % 3) + 1},${startUs},${startUs + gestureUs}`)
    writeFileSync(join(folder, `${user}_led.aedat`), aedatFile(...packets))
    writeFileSync(join(folder, `${user}_led_labels.csv`), `class,startTime_usec,endTime_usec\n${times.join('\n')}\n`)
  }
}

const preset = decodeDefinition(
  readFileSync(new URL('../../../../resources/presets/gesture-stdp.yaml', import.meta.url), 'utf8'),
  'gesture-stdp.yaml',
)

/** The preset's own network and space, on the recordings that are here. */
const studyOf = (folder: string, lateral: 'exciting' | 'inhibiting'): EvaluationRequest['definition'] =>
  studyDefinitionSchema.parse({
    ...preset,
    network: { ...preset.network, lateral },
    dataset: { name: 'dvs-gesture', folder, trainFraction: 0.75 },
    encoding: { ...preset.encoding, windowMs: gestureUs / 1000 },
    silence: { ...preset.silence, stopEarly: false },
  })

const good: Configuration = {
  decoder: 'log',
  epochs: 3,
  mapSize: 50,
  resetInterval: 100,
  learningRatePre: 1e-3,
  learningRatePost: 1e-2,
  strengthExcitatory: 100,
  strengthInhibitory: 60,
  weightNorm: 6000,
  thresholdExcitatoryMv: -20,
  restExcitatoryMv: -80,
  refractoryExcitatoryMs: 5,
  thetaPlusMv: 1,
  tauThetaDecayMs: 1e7,
  tauMembraneExcitatoryMs: 1000,
  tauTraceMs: 500,
  thresholdInhibitoryMv: 0,
  restInhibitoryMv: -70,
  refractoryInhibitoryMs: 20,
  tauMembraneInhibitoryMs: 500,
}

/** A study on fresh recordings; evaluates configurations of it. */
const createStudy = (
  lateral: 'exciting' | 'inhibiting' = 'inhibiting',
): ((configuration: Configuration) => Promise<Outcome>) => {
  const folder = temporaryFolder()
  writeRecordings(folder)
  const definition = studyOf(folder, lateral)
  const environment = environmentOf({ loadDataset: createDatasetCache(installed, temporaryFolder()) })
  return (configuration) => {
    const hyperparameters = resolveHyperparameters(definition, configuration)
    return evaluateTrial({ trial: 0, attempt: 1, definition, hyperparameters, seed: 3, networkPath: null }, environment)
  }
}

describe('a study of gestures whose lateral weights grow with distance', () => {
  it('learns to tell them apart, the same every time', async () => {
    const evaluate = createStudy()
    const measurement = measurementOf(await evaluate(good), 'complete')
    expect(measurement.samplesTrained).toBe(3 * 36)
    expect(measurement.metrics['testSamples']).toBe(12)
    expect(measurement.metrics['testSpikesPerSampleInput']).toBeGreaterThan(1000)
    expect(measurement.objective).toBeGreaterThan(0.5)
    expect(reproducible(measurementOf(await evaluate(good), 'complete'))).toEqual(reproducible(measurement))
  })

  it('spikes more with the sign that the authors of experiment 2 ran', async () => {
    const spikesOf = async (lateral: 'exciting' | 'inhibiting'): Promise<number> => {
      const outcome = await createStudy(lateral)({ ...good, decoder: 'all', epochs: 1, resetInterval: 20 })
      return measurementOf(outcome, 'complete').metrics['spikesPerSampleExcitatory'] ?? NaN
    }
    expect(await spikesOf('exciting')).toBeGreaterThan(1.1 * (await spikesOf('inhibiting')))
  })

  it('comes to an outcome anywhere in the space', async () => {
    const evaluate = createStudy()
    const outcomes = []
    for (const configuration of spreadConfigurations(preset, 2)) {
      outcomes.push(await evaluate({ ...configuration, epochs: 1 }))
    }
    expect(outcomes.map(({ kind }) => kind)).toEqual(['complete', 'complete'])
  })
})
