import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { numericKernel } from '../../support/numericKernel.ts'
import { createOptimiser } from '../../../src-core/optimiser/create.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../../src-core/study/definitionToYaml.ts'
import { diehlCookHyperparameterNames } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { trialNumber } from '../../../src-core/trial/trial.ts'
import { arbitraryDefinition } from './arbitraryDefinition.ts'

describe('definitionToYaml', () => {
  it('is read back as exactly the same definition, and written the same again, seed 30', () => {
    fc.assert(
      fc.property(arbitraryDefinition, (written) => {
        const definition = decodeDefinition(JSON.stringify(written), 'written.json')
        const yaml = definitionToYaml(definition)
        const again = decodeDefinition(yaml, 'again.yaml')
        expect(again).toStrictEqual(definition)
        expect(Object.entries(again.space)).toEqual(Object.entries(definition.space))
        expect(definitionToYaml(again)).toBe(yaml)
        expect(decodeDefinition(stringify(written), 'other.yaml')).toStrictEqual(definition)
      }),
      { seed: 30, numRuns: 100 },
    )
  })

  it('is canonical: the order of keys in the source does not matter', () => {
    const lines = [
      'version: 2',
      'name: a',
      'dataset: { name: mnist }',
      'network: { type: diehl-cook }',
      'training: { algorithm: post-pre }',
      'seeds: { split: 3 }',
    ]
    const text = (order: readonly string[]) => definitionToYaml(decodeDefinition(order.join('\n'), 'a.yaml'))
    expect(text([...lines].reverse())).toBe(text(lines))
  })

  it('reads well', () => {
    const source = `version: 2
name: a-study
description: "Two lines,\\nand a colon: here"
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
space:
  decoder: { type: categorical, choices: [2gram, log] }
  decoderRegularisation: { type: real, low: 1e-3, high: 1e3, sampler: log-uniform }
fixed: { tauThetaDecayMs: 1e7 }
silence: { layers: [{ layer: excitatory, alpha: 5, beta: 0.05 }] }
budget: { trials: 5 }`
    expect(definitionToYaml(decodeDefinition(source, 'a.yaml'))).toMatchInlineSnapshot(`
      "version: 2
      name: a-study
      description: |-
        Two lines,
        and a colon: here
      dataset:
        name: mnist
        trainFraction: 0.8
      encoding:
        type: poisson
        maximumRateHz: 128
        steps: 100
        dtMs: 1
      network:
        type: diehl-cook
        oneSpike: random
        inhibition: all
        lateral: inhibiting
      training:
        algorithm: post-pre
        updateInterval: 1200
      space:
        decoder: { type: categorical, choices: [ 2gram, log ] }
        decoderRegularisation: { type: real, low: 0.001, high: 1000, sampler: log-uniform, when: { decoder: [ log ] } }
      fixed:
        tauThetaDecayMs: 10000000
      objective:
        metric: accuracy
        split: validation
      silence:
        stopEarly: true
        interval: 1200
        layers:
          - { layer: excitatory, alpha: 5, beta: 0.05 }
      constraints: []
      pruning:
        rule: none
        warmupEpochs: 1
        minimumTrials: 5
        reduction: 3
      optimiser:
        type: scbo
      budget:
        trials: 5
      workers: auto
      attempts: 3
      replicates: 1
      racing: false
      keepNetworks: 10
      seeds:
        optimiser: 1
        split: 1
      "
    `)
  })
})

describe('any definition', () => {
  it('gives its optimiser a space, and the network every hyperparameter that has a meaning, seed 31', () => {
    fc.assert(
      fc.property(arbitraryDefinition, (written) => {
        const definition = decodeDefinition(JSON.stringify(written), 'written.json')
        const optimiser = createOptimiser(definition, numericKernel)
        const answer = optimiser.ask(optimiser.initial, trialNumber(0), [])
        if (answer.kind !== 'candidate') throw new Error(answer.reason)
        const resolved = resolveHyperparameters(definition, answer.configuration)
        expect(resolved).toMatchObject(answer.configuration)
        const linear = resolved.decoder === 'log' || resolved.decoder === 'svm'
        expect(Object.keys(resolved)).toEqual(
          diehlCookHyperparameterNames.filter((name) => linear || name !== 'decoderRegularisation'),
        )
      }),
      { seed: 31, numRuns: 100 },
    )
  })
})
