import { describe, expect, it } from 'vitest'
import { studyDefinitionSchema } from '../../../../src-core/study/definition.ts'
import { decodeDefinition } from '../../../../src-core/study/decodeDefinition.ts'
import { resolveHyperparameters } from '../../../../src-core/study/resolveHyperparameters.ts'
import { evaluateTrial } from '../../../../src-worker/training/evaluateTrial.ts'
import { environmentOf, measurementOf } from '../trialRequests.ts'

/**
 * A configuration as version 1 exported it: a pool that leaves the 25th row and column out, decays learned by lava-dl's
 * gradient, dropout of currents.
 */
const exported = `version: 1
name: exported
dataset: { name: mnist, trainSamples: 240, testSamples: 60 }
encoding: { type: bernoulli, maximumRateHz: 500, steps: 10, dtMs: 1 }
network:
  type: layered
  quantised: true
  decays: shared
  surrogate: exponential
  layers:
    - { name: conv1, type: conv, neuron: alif, subtract: false, delays: true, dropout: true, weightNormalisation: false }
    - { name: pool1, type: pool, neuron: alif, subtract: false, delays: false, dropout: false, weightNormalisation: false }
    - { name: output, type: dense, neuron: cuba, subtract: false, delays: false, dropout: false, weightNormalisation: false }
training: { algorithm: surrogate-gradient, optimiser: adam, schedule: constant, clipNorm: null }
space: {}
fixed: { epochs: 3, batchSize: 20, learningRate: 0.02, trueRate: 0.6, conv1.filters: 4, conv1.kernel: 4, threshold: 4, output.threshold: 1,
  dropout: 0.1, voltageDecay: 0.1, tauGradient: 0.01, scaleGradient: 3, weightGain: 2 }
objective: { split: test }
budget: { trials: 1 }
`

describe('a configuration that version 1 exported', () => {
  it('has the accuracy and the loss that it had there', async () => {
    const definition = studyDefinitionSchema.parse(decodeDefinition(exported, 'exported.yaml'))
    const request = {
      trial: 0,
      attempt: 1,
      definition,
      hyperparameters: resolveHyperparameters(definition, {}),
      seed: 7,
      networkPath: null,
    }
    const { objective, metrics } = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
    expect(objective).toBe(0.7333333333333333)
    expect(metrics['trainLoss']).toBe(0.1540333302062006)
    expect(metrics['spikesPerSample']).toBe(1049.4333333333334)
  })
})
