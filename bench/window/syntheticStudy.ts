/**
 * Studies of any size that never ran: trials drawn over the space of a preset, with outcomes as spread as those of the
 * published search (73 % stopped early, 16 workers), written by the same code that writes real ones.
 */
import { readFileSync } from 'node:fs'
import type { SearchSpace } from '../../src-core/space/parameter.ts'
import { sampleValue } from '../../src-core/space/space.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { constraintName } from '../../src-core/stopping/silenceRule.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import type { IntervalReport, Measurement } from '../../src-core/trial/measurement.ts'
import { type FinishedTrial, trialNumber } from '../../src-core/trial/trial.ts'
import { fillWithPast } from '../../src-main/imports/importLog.ts'
import { makeStudyFolder } from '../../src-main/library/makeStudyFolder.ts'
import { systemClock } from '../../src-main/scheduler/clock.ts'

export interface SyntheticOptions {
  readonly trials: number
  /** Training samples between two entries of a learning curve. */
  readonly interval: number
  readonly seed?: number
}

/** Puts a study of such trials into a library. @returns its folder */
export const writeSyntheticStudy = (library: string, options: SyntheticOptions): Promise<string> => {
  const definition = syntheticDefinition(options)
  const logged = { definition, trials: syntheticTrials(definition, options) }
  return makeStudyFolder(library, systemClock, (folder) => fillWithPast(folder, logged, 'bench'))
}

/** Of the project's folder, in which benchmarks and tests run. */
const presetFile = 'resources/presets/mnist-stdp.yaml'
const trainSamples = 48_000
const workers = 16
const stoppedShare = 0.7
const failedShare = 0.02
const firstStartMs = Date.UTC(2026, 0, 5, 8)

/** The preset of the published search, with this budget. */
export const syntheticDefinition = ({ trials, interval }: SyntheticOptions): StudyDefinition => {
  const preset = decodeDefinition(readFileSync(presetFile, 'utf8'), 'mnist-stdp.yaml')
  return {
    ...preset,
    name: `synthetic-${trials}`,
    description: `${trials} trials that nobody trained, for measuring.`,
    silence: { ...preset.silence, interval },
    keepNetworks: 0,
    budget: { trials },
  }
}

/** Finished trials of a definition, the same for the same seed. */
export const syntheticTrials = (
  definition: StudyDefinition,
  { trials, interval, seed = 1 }: SyntheticOptions,
): FinishedTrial[] => {
  const random = createGenerator(seed)
  const freeAt = Array.from({ length: workers }, (_, worker) => firstStartMs + worker * 1000)
  const parameters = Object.entries(definition.space as SearchSpace)
  const finished = Array.from({ length: trials }, (_, number): FinishedTrial => {
    const configuration = Object.fromEntries(
      parameters.map(([name, parameter]) => [name, sampleValue(parameter, random.next())]),
    )
    const worker = freeAt.reduce((first, time, index) => (time < (freeAt[first] ?? 0) ? index : first), 0)
    const startedAtMs = freeAt[worker] ?? firstStartMs
    const epochs = Number(configuration['epochs'] ?? 1)
    const draw = random.next()
    const stopped = draw < stoppedShare
    const planned = epochs * trainSamples
    const share = stopped ? 0.05 + 0.25 * random.next() ** 2 : 1
    const trained = Math.min(planned, interval * Math.max(1, Math.round((share * planned) / interval)))
    const trainDurationMs = trained * (80 + 60 * random.next())
    const testDurationMs = 60_000 + 60_000 * random.next()
    const durationMs = trainDurationMs + testDurationMs
    const endedAtMs = startedAtMs + durationMs
    freeAt[worker] = endedAtMs + 200
    const base = {
      number: trialNumber(number),
      configuration,
      seed: 1 + number,
      explanation: { optimiser: 'synthetic', phase: number < trials / 10 ? 'initial' : 'search', point: number },
      attempt: 1,
      createdAtMs: startedAtMs,
      worker: `cpu-${worker}`,
      startedAtMs,
      endedAtMs,
      durationMs,
      toldOrder: number,
    }
    if (draw > 1 - failedShare) {
      const failure = { reason: 'non-finite' as const, message: 'A membrane potential became infinite.' }
      return { ...base, state: 'failed', failure }
    }
    // Later trials are better, as those of a search are; the inhibitory layer stops one in ten.
    const progress = 1 - Math.exp((-3 * number) / trials)
    const objective = clamp((stopped ? 0.15 : 0.45) + 0.4 * progress * random.next() + 0.1 * random.next())
    const layer = random.next() < 0.1 ? 1 : 0
    const values = definition.silence.layers.map(({ beta }, index) =>
      stopped && index === layer ? 0.02 * random.next() ** 2 + 1 / trainSamples : -beta * random.next(),
    )
    const measurement = measurementOf(definition, {
      objective,
      values,
      trained,
      planned,
      interval,
      random: random.next,
    })
    const measured = { ...measurement, trainDurationMs, testDurationMs }
    if (!stopped) return { ...base, state: 'complete', measurement: measured }
    const {
      alpha,
      beta,
      layer: name,
    } = definition.silence.layers[layer] ?? { alpha: 5, beta: 0.05, layer: 'excitatory' as const }
    const epoch = Math.floor((trained - 1) / trainSamples)
    const stop = {
      kind: 'silence' as const,
      layer: name,
      epoch,
      sample: trained - epoch * trainSamples,
      nonSpiking: Math.round(((values[layer] ?? 0) + beta) * trainSamples),
      trainSamples,
      alpha,
      beta,
    }
    return { ...base, state: 'stopped', measurement: measured, stop }
  })
  const order = [...finished].sort((a, b) => a.endedAtMs - b.endedAtMs)
  const told = new Map(order.map(({ number }, place) => [number, place]))
  return finished.map((trial) => ({ ...trial, toldOrder: told.get(trial.number) ?? 0 }))
}

interface Measured {
  readonly objective: number
  readonly values: readonly number[]
  readonly trained: number
  readonly planned: number
  readonly interval: number
  random(): number
}

const measurementOf = (definition: StudyDefinition, measured: Measured): Measurement => {
  const { objective, values, trained, planned, interval, random } = measured
  const { layers } = definition.silence
  const intervals: IntervalReport[] = []
  for (let shown = interval; shown <= trained; shown += interval) {
    const epoch = Math.floor((shown - 1) / trainSamples)
    const sample = shown - epoch * trainSamples
    intervals.push({
      epoch,
      sample,
      trainAccuracy: clamp(objective * (1 - Math.exp(-shown / 6000)) + 0.02 * random()),
      nonSpiking: layers.map(({ beta }, index) => Math.round(((values[index] ?? 0) + beta) * sample)),
    })
  }
  return {
    objective,
    metrics: {
      accuracy: objective,
      nonSpikingShareExcitatory: (values[0] ?? 0) + 0.05,
      nonSpikingShareInhibitory: (values[1] ?? 0) + 0.05,
      spikesPerSampleExcitatory: 10 + 40 * random(),
      spikesPerSampleInhibitory: 10 + 30 * random(),
    },
    constraints: layers.map(({ layer }, index) => ({ name: constraintName(layer), value: values[index] ?? 0 })),
    trainDurationMs: 0,
    testDurationMs: 0,
    samplesTrained: trained,
    samplesPlanned: planned,
    intervals,
    spikeCounts: [],
    confusion: Array.from({ length: 10 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => Math.round(1200 * (row === column ? objective : (1 - objective) / 9))),
    ),
    networkFile: null,
    datasetSha256: 'a'.repeat(64),
  }
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
