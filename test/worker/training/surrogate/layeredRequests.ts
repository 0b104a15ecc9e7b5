import type { EvaluationRequest } from '../../../../src-core/contracts/worker.ts'
import type { Configuration } from '../../../../src-core/space/parameter.ts'
import { studyDefinitionSchema } from '../../../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../../../src-core/study/resolveHyperparameters.ts'

/** A small network that learns MNIST within an epoch of a few thousand images. */
export const learningPoint: Configuration = {
  'hidden.neurons': 64,
  batchSize: 16,
  learningRate: 0.01,
  loss: 'rate',
  trueRate: 0.8,
  falseRate: 0.02,
  voltageDecay: 0.1,
}

/** Thresholds that are never reached. */
export const silentPoint: Configuration = { ...learningPoint, threshold: 900 }

/** A study of 784-hidden-10 networks on a few hundred images of MNIST, watching both layers. */
export const layeredDefinition = (options: Readonly<Record<string, object>> = {}): EvaluationRequest['definition'] => {
  const { dataset, encoding, network, training, silence, ...rest } = options
  return studyDefinitionSchema.parse({
    version: 2,
    name: 'layered',
    dataset: { name: 'mnist', trainSamples: 400, testSamples: 100, ...dataset },
    encoding: { type: 'bernoulli', maximumRateHz: 500, steps: 16, dtMs: 1, ...encoding },
    network: {
      type: 'layered',
      layers: [
        { name: 'hidden', type: 'dense', neuron: 'lif', subtract: true },
        { name: 'output', type: 'dense', neuron: 'lif', subtract: true },
      ],
      ...network,
    },
    training: { algorithm: 'surrogate-gradient', schedule: 'one-cycle', ...training },
    silence: {
      interval: 100,
      layers: [
        { layer: 'hidden', alpha: 1, beta: 0.5 },
        { layer: 'output', alpha: 1, beta: 0.5 },
      ],
      ...silence,
    },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
    ...rest,
  })
}

export const layeredRequest = (
  definition: EvaluationRequest['definition'],
  point: Configuration,
  changes: Partial<EvaluationRequest> = {},
): EvaluationRequest => ({
  trial: 0,
  attempt: 1,
  definition,
  hyperparameters: resolveHyperparameters({ network: definition.network, space: {}, fixed: point }, {}),
  seed: 7,
  networkPath: null,
  ...changes,
})
