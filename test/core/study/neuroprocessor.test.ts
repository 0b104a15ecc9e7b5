import { describe, expect, it } from 'vitest'
import { evolutionSchema } from '../../../src-core/evolution/parameters.ts'
import { standardProcessors } from '../../../src-core/neuroprocessor/processor.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import { gridTextOf } from '../../../src-core/optimiser/grid/gridText.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../../src-core/study/definitionToYaml.ts'
import { hyperparameterNamed } from '../../../src-core/study/hyperparameters.ts'
import { neuroprocessorValues } from '../../../src-core/study/neuroprocessorValues.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { problemsOf } from './definitionTexts.ts'

const least = `version: 2
name: evolved
dataset: { name: csv, file: iris.csv }
network: { type: neuroprocessor }
training: { algorithm: eons }
`
const valuesOf = (rest = '', configuration: Configuration = {}) => {
  const definition = decodeDefinition(`${least}${rest}`, 'a.yaml')
  return neuroprocessorValues(
    resolveHyperparameters(definition, configuration),
    neuroprocessorParts(definition).training,
  )
}

describe('a study of evolved networks', () => {
  it('has the defaults of public Iris networks', () => {
    const { encoding, outputDecoder, evolution, generations, processor } = valuesOf()
    expect(encoding).toEqual({
      code: 'flip-flop',
      neuronsPerInput: 2,
      within: 'count',
      maxSpikes: 8,
      intervalSteps: 2,
      runSteps: 40,
    })
    expect(evolution).toEqual(evolutionSchema.parse({}))
    expect([outputDecoder, generations]).toEqual(['winner', 100])
    expect(processor).toEqual(standardProcessors['RISP-7'])
  })

  it('makes processors of its hyperparameters', () => {
    const processorOf = (fixed: string) => valuesOf(`fixed: { ${fixed} }\n`).processor
    expect(processorOf('processor: risp, resolution: 127, maxDelaySteps: 127')).toEqual(standardProcessors['RISP-127'])
    expect(processorOf('processor: risp-positive, resolution: 15')).toEqual(standardProcessors['RISP-15+'])
    expect(processorOf('processor: risp-floating, maxDelaySteps: 5')).toEqual(standardProcessors['RISP-F'])
    expect(processorOf('processor: caspian')).toEqual(standardProcessors['Caspian'])
    expect(
      processorOf('resolution: 7, minPotential: 0.5, leakMode: configurable, thresholds: exclusive'),
    ).toMatchObject({ minPotential: -4, leakMode: 'configurable', thresholdInclusive: false })
    expect(processorOf('minPotential: 0')).toMatchObject({ minPotential: 0 })
  })

  it('leaves out what has no meaning, and takes goals along', () => {
    const definition = decodeDefinition(`${least}fixed: { within: charge, processor: caspian }\n`, 'a.yaml')
    const names = Object.keys(resolveHyperparameters(definition, {}))
    expect(names).not.toContain('intervalSteps')
    expect(names).not.toContain('resolution')
    expect(valuesOf('fixed: { within: charge }\n').encoding).toMatchObject({ within: 'charge', intervalSteps: 1 })
    const goals = decodeDefinition(least.replace('eons', 'eons, goals: [synapses, neurons]'), 'a.yaml')
    expect(neuroprocessorParts(goals).training.goals).toEqual(['synapses', 'neurons'])
  })

  it('has groups of its own', () => {
    expect(['code', 'elites', 'leakMode'].map((name) => hyperparameterNamed(name)?.group)).toEqual([
      'encoding',
      'training',
      'hardware',
    ])
  })

  it('refuses what cannot be', () => {
    expect(problemsOf(`${least}fixed: { neuronsPerInput: 3 }\n`)).toEqual([
      expect.stringContaining('flip-flop needs an even neuronsPerInput, not 3'),
    ])
    expect(problemsOf(`${least}fixed: { maxSpikes: 30 }\n`)).toEqual([
      expect.stringContaining('is at step 58, but a run of 40 steps ends at step 39'),
    ])
    expect(problemsOf(`${least}fixed: { crossoverRate: 0.8, mergeRate: 0.3 }\n`)).toEqual([
      expect.stringContaining('together at most 1'),
    ])
    expect(problemsOf(`${least}fixed: { elites: 11, populationSize: 10 }\n`)).toEqual([
      expect.stringContaining('fewer elites'),
    ])
    const oddOnly = 'budget: { trials: 3 }\nspace:\n  maxSpikes: { type: integer, low: 30, high: 40 }\n'
    expect(problemsOf(least + oddOnly)).toEqual([expect.stringContaining('no network that can be')])
    expect(problemsOf(`${least}fixed: { population_size: 10 }\n`)).toEqual([
      expect.stringContaining('populationSize, which is its name here'),
    ])
    expect(problemsOf(least.replace('eons', 'post-pre'))).toEqual([
      expect.stringContaining('eons, which trains neuroprocessor networks'),
    ])
    expect(problemsOf(`${least}workers: { gpu0: 1 }\n`)).toEqual([
      expect.stringContaining('cpu, which trains neuroprocessor networks'),
    ])
    expect(problemsOf(`${least}fixed: { code: morse }\n`)).toEqual([expect.stringContaining('triangle')])
  })

  it('has a space of which some can be, and counts these in a grid', () => {
    const grid = `optimiser: { type: grid }
space:
  code: { type: categorical, choices: [flip-flop, bins] }
  neuronsPerInput: { type: integer, low: 2, high: 4 }
  within: { type: categorical, choices: [count, charge] }
  intervalSteps: { type: integer, low: 5, high: 6 }
`
    // With 8 spikes every 5 steps end at step 35, every 6 at 42: too late for a run of 40, but not as a charge.
    expect(gridTextOf(decodeDefinition(least + grid, 'a.yaml'))).toBe(
      'grid: 2 x 3 x 2 values, and 2 of intervalSteps, where it applies: 18 points, of which 10 can be',
    )
  })

  it('is read again as it is stored', () => {
    const task = least.replace('csv, file: iris.csv', 'cart-pole, level: hard')
    for (const text of [least, task, `${task}fixed: { within: charge, processor: risp-floating }\n`]) {
      const definition = decodeDefinition(text, 'a.yaml')
      expect(decodeDefinition(JSON.stringify(definition), 'study', 'stored')).toEqual(definition)
      expect(decodeDefinition(definitionToYaml(definition), 'b.yaml')).toEqual(definition)
    }
  })

  it('is watched as a population, and measured by its size', () => {
    const { silence, constraints } = decodeDefinition(
      `${least}silence: { layers: [{ layer: population, alpha: 1, beta: 0.5 }] }
constraints: [{ metric: synapses, atMost: 30 }, { metric: neurons, atMost: 20 }, { metric: synapticOperationsPerSample, atMost: 90 }]
`,
      'a.yaml',
    )
    expect(silence.layers).toEqual([{ layer: 'population', alpha: 1, beta: 0.5 }])
    expect(constraints).toHaveLength(3)
    expect(problemsOf(`${least}silence: { layers: [{ layer: output, alpha: 1, beta: 0.5 }] }\n`)).toEqual([
      expect.stringContaining('population'),
    ])
    const other = least.replace('neuroprocessor', 'diehl-cook').replace('eons', 'post-pre')
    expect(problemsOf(`${other}constraints: [{ metric: synapses, atMost: 30 }]\n`)).toEqual([
      expect.stringContaining('its size is a hyperparameter'),
    ])
  })
})
