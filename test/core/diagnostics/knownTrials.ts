import { bestOf, type SeenTrials } from '../../../src-core/diagnostics/diagnosis.ts'
import { ObservationRows } from '../../../src-core/diagnostics/observationRows.ts'
import type { Observation } from '../../../src-core/optimiser/scbo/observation.ts'
import { bestTrial } from '../../../src-core/progress/best.ts'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { sampleConfiguration } from '../../../src-core/space/space.ts'
import type { Configuration, SearchSpace } from '../../../src-core/space/parameter.ts'
import { networkSchema } from '../../../src-core/study/networkSchema.ts'
import { sobolSequence } from '../../../src-core/optimiser/sobolSequence.ts'
import { type FinishedTrial, trialNumber } from '../../../src-core/trial/trial.ts'

/** Trials at spread points of the space, with the objective and the constraint on excitatory silence of these functions. */
export const knownTrials = (
  space: SearchSpace,
  count: number,
  of: (configuration: Configuration) => { readonly objective: number; readonly silence: number } | 'failed',
): FinishedTrial[] => {
  const points = sobolSequence(Object.keys(space).length, 5)
  return Array.from({ length: count }, (_, number): FinishedTrial => {
    const configuration = sampleConfiguration(space, points(number))
    const base = {
      number: trialNumber(number),
      configuration,
      seed: 0,
      explanation: { optimiser: 'sobol', point: number },
      attempt: 1,
      createdAtMs: 0,
      worker: 'one',
      startedAtMs: 0,
      endedAtMs: 1,
      durationMs: 1,
      toldOrder: number,
    }
    const outcome = of(configuration)
    if (outcome === 'failed') return { ...base, state: 'failed', failure: { reason: 'non-finite', message: 'NaN' } }
    const { objective, silence } = outcome
    return {
      ...base,
      state: 'complete',
      measurement: {
        objective,
        metrics: { accuracy: objective },
        constraints: [{ name: 'silence:excitatory', value: silence }],
        trainDurationMs: 1,
        testDurationMs: 1,
        samplesTrained: 1,
        samplesPlanned: 1,
        intervals: [],
        spikeCounts: [],
        confusion: [],
        networkFile: null,
        datasetSha256: '',
      },
    }
  })
}

/** The same trials as means of replicates, whose objectives differ by this much from each other. */
export const replicated = (trials: readonly FinishedTrial[], spread: (trial: number) => number): FinishedTrial[] =>
  trials.map((trial) => {
    if (trial.state === 'failed') return trial
    const { measurement, number, seed } = trial
    const { objective, constraints } = measurement
    const replicates = [-1, 0, 1].map((side) => ({
      seed: seed + side + 1,
      objective: objective + side * spread(number),
      constraints: constraints.map(({ name, value }) => ({ name, value: value + side * spread(number) })),
      stop: null,
      trainDurationMs: 1,
      testDurationMs: 1,
      samplesTrained: 1,
    }))
    return { ...trial, measurement: { ...measurement, replicates } }
  })

/** A smooth objective of size and rate, a constraint on threshold and decoder; noise has no influence. */
export const knownSpace: SearchSpace = {
  size: { type: 'integer', low: 10, high: 100, sampler: 'uniform' },
  rate: { type: 'real', low: 1e-4, high: 1e-1, sampler: 'log-uniform' },
  threshold: { type: 'real', low: -70, high: -50, sampler: 'uniform' },
  decoder: { type: 'categorical', choices: ['all', 'vote', '2gram'] },
  noise: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
}

export const knownOutcome = (configuration: Configuration) => {
  const size = (Number(configuration['size']) - 10) / 90
  const rate = Math.log10(Number(configuration['rate'])) / 3 + 4 / 3
  const threshold = (Number(configuration['threshold']) + 70) / 20
  const shift = configuration['decoder'] === '2gram' ? 0.5 : 0
  return { objective: 0.5 + 0.3 * Math.sin(3 * size) - 0.4 * (rate - 0.4) ** 2, silence: threshold + shift - 0.8 }
}

/** What a study of these trials would be, as far as diagnosis goes. */
export const knownDefinition = {
  network: networkSchema.parse({ type: 'diehl-cook' }),
  space: knownSpace,
  silence: { stopEarly: true, interval: 100, layers: [{ layer: 'excitatory' as const, alpha: 1, beta: 0.1 }] },
  constraints: [],
  optimiser: { type: 'sobol' as const },
  seeds: { optimiser: 1, split: 1 },
  replicates: 1,
}

/** What models are made of, and what a diagnosis needs besides. */
export const observationsOf = (
  definition: ConstructorParameters<typeof ObservationRows>[0],
  trials: readonly FinishedTrial[],
): Observation[] => {
  const rows = new ObservationRows(definition)
  return rows.observations([rows.encode(trials)])
}

export const seenOf = (trials: readonly FinishedTrial[]): SeenTrials => ({
  trials: trials.length,
  best: bestOf(bestTrial(trials.map((trial) => toTrialRow(trial)))),
})
