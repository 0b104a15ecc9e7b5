import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../../src-core/study/definitionToYaml.ts'
import { least, problemsOf, withSpace } from './definitionTexts.ts'

describe('decodeDefinition', () => {
  it('completes a definition, without anything to search one trial', () => {
    expect(decodeDefinition(least, 'a.yaml')).toEqual({
      version: 2,
      name: 'least',
      dataset: { name: 'mnist', trainFraction: 0.8 },
      encoding: { type: 'poisson', maximumRateHz: 128, steps: 100, dtMs: 1 },
      network: { type: 'diehl-cook', oneSpike: 'random', inhibition: 'all', lateral: 'inhibiting' },
      training: { algorithm: 'post-pre', updateInterval: 1200 },
      space: {},
      fixed: {},
      constraints: [],
      pruning: { rule: 'none', warmupEpochs: 1, minimumTrials: 5, reduction: 3 },
      objective: { metric: 'accuracy', split: 'validation' },
      silence: { stopEarly: true, interval: 1200, layers: [] },
      optimiser: { type: 'scbo' },
      budget: { trials: 1 },
      workers: 'auto',
      replicates: 1,
      racing: false,
      attempts: 3,
      keepNetworks: 10,
      seeds: { optimiser: 1, split: 1 },
    })
  })

  it('reads JSON as well', () => {
    const definition = decodeDefinition(least, 'a.yaml')
    expect(decodeDefinition(JSON.stringify(definition), 'a.json')).toEqual(definition)
  })

  it('reads what an older version stored, with switches of layers that change nothing, and turns these off', () => {
    const text = (subtract: boolean): string => `version: 1
name: older
dataset: { name: mnist }
network: { type: layered, layers: [{ name: half, type: pool, weightNormalisation: true }, { name: hidden, type: dense,
  weightNormalisation: true }, { name: output, type: dense, neuron: lif, subtract: ${subtract} }, { name: last, type: dense, subtract: true }] }
training: { algorithm: surrogate-gradient }`
    expect(problemsOf(text(true))).toHaveLength(2)
    const stored = decodeDefinition(text(true), 'a.yaml', 'stored')
    const switches = stored.network.type === 'layered' ? stored.network.layers : []
    expect(switches.map(({ weightNormalisation, subtract }) => [weightNormalisation, subtract])).toEqual([
      [false, false],
      [true, false],
      [false, true],
      [false, false],
    ])
    expect(decodeDefinition(definitionToYaml(stored), 'b.yaml')).toEqual(stored)
    expect(() => decodeDefinition(text(true).replace('mnist', 'mnits'), 'a.yaml', 'stored')).toThrow('mnits')
  })

  it('freezes the definition however deep', () => {
    const definition = decodeDefinition(withSpace('decoder: { type: categorical, choices: [all, vote] }'), 'a.yaml')
    const { decoder } = definition.space
    expect([definition, definition.space, decoder, definition.seeds].every(Object.isFrozen)).toBe(true)
    expect(decoder?.type === 'categorical' && Object.isFrozen(decoder.choices)).toBe(true)
  })

  it('writes what it reads', () => {
    const definition = decodeDefinition(withSpace('mapSize: { type: integer, low: 1, high: 20 }'), 'a.yaml')
    expect(decodeDefinition(definitionToYaml(definition), 'b.yaml')).toStrictEqual(definition)
  })

  it('names every problem with its place, what was found and what is allowed', () => {
    expect(problemsOf('version: 2\nname: a b\nfoo: 1\ndataset: { name: mnist }')).toEqual([
      '1:1: network: found nothing, allowed a map of type, oneSpike, inhibition, lateral, a map of type, quantised, decays, decayGradient, convolutionGradient, dropoutOf, surrogate, layers or a map of type, activity',
      '1:1: training: found nothing, allowed a map of algorithm, updateInterval, a map of algorithm, optimiser, schedule, clipNorm or a map of algorithm, goals, silentSamples, networks',
      '2:7: name: found "a b", allowed text (Letters, digits, dot, dash, underscore; at most 64)',
      expect.stringMatching(/^3:1: foo: found an unknown key, allowed version, name, description, dataset/),
    ])
  })
})

describe('conditions of a decoded definition', () => {
  const conditionsOf = (text: string) =>
    Object.fromEntries(Object.entries(decodeDefinition(text, 'a.yaml').space).map(([name, { when }]) => [name, when]))
  const regularisation = 'decoderRegularisation: { type: real, low: 0.1, high: 1 }'

  it('are added where the table has them', () => {
    const space = withSpace(`${regularisation}\ndecoder: { type: categorical, choices: [all, svm] }`)
    expect(conditionsOf(space)).toEqual({ decoder: undefined, decoderRegularisation: { decoder: ['svm'] } })
  })

  it('are left out where they always hold', () => {
    const space = withSpace(`${regularisation}\ndecoder: { type: categorical, choices: [log, svm] }`)
    expect(conditionsOf(space)).toEqual({ decoder: undefined, decoderRegularisation: undefined })
    const fixed = withSpace(
      `${regularisation.replace(' }', ', when: { decoder: [log] } }')}\nepochs: { type: integer, low: 1, high: 2, when: { decoder: [log, all] } }`,
      'budget: { trials: 2 }\nfixed: { decoder: log }\n',
    )
    expect(conditionsOf(fixed)).toEqual({ decoderRegularisation: undefined, epochs: undefined })
  })

  it('stay as they were written otherwise', () => {
    const space = withSpace(
      'decoder: { type: categorical, choices: [all, vote, svm] }\nmapSize: { type: integer, low: 1, high: 2, when: { decoder: [vote, all] } }',
    )
    expect(conditionsOf(space).mapSize).toEqual({ decoder: ['all', 'vote'] })
  })
})
