import { describe, expect, it } from 'vitest'
import { glossary } from '../../../src-core/glossary/glossary.ts'
import { anyLayered } from '../../../src-core/study/layeredHyperparameters.ts'
import { readingOrder } from '../../../src-core/study/hyperparameters.ts'
import { axisHelp, termOfAxis } from '../../../src-renderer/charts/axisHelp.ts'
import { linearAxis } from '../../../src-renderer/charts/axes.ts'
import type { PlotFrame } from '../../../src-renderer/charts/plot.ts'
import { termOfHyperparameter } from '../../../src-renderer/components/hyperparameterTerms.ts'
import { termOfField, termOfMetric } from '../../../src-renderer/components/termsOf.ts'

describe('which term a thing is', () => {
  it('is known of every hyperparameter that can be searched, those of layers too', () => {
    const ofLayers = Object.keys(anyLayered.layer).map((name) => `conv1.${name}`)
    const unknown = [...readingOrder, ...ofLayers].filter((name) => termOfHyperparameter(name) === null)
    expect(unknown).toEqual([])
    expect(readingOrder.length).toBeGreaterThan(60)
  })

  it('is what it is about, not what its name resembles', () => {
    const terms = [
      'thresholdExcitatoryMv',
      'thetaPlusMv',
      'thresholdStep',
      'learningRatePost',
      'conv1.kernel',
      'elites',
    ]
    expect(terms.map(termOfHyperparameter)).toEqual(['threshold', 'theta', 'theta', 'stdp', 'convolution', 'elite'])
    expect(termOfHyperparameter('some_column')).toBeNull()
  })

  it('is that of the section where a field has none of its own', () => {
    expect(termOfField('pruning.warmupEpochs')).toBe('pruning')
    expect(termOfField('optimiser.initial')).toBe('initialDesign')
    expect(termOfField('dataset.folder')).toBeNull()
    expect(termOfField('name')).toBeNull()
  })

  it('is one for spikes of the network, of a layer and of a class', () => {
    expect(['spikesPerSample', 'spikesPerSample.conv1', 'spikesPerSample.conv1.3'].map(termOfMetric)).toEqual([
      'spikeRate',
      'spikeRate',
      'spikeRate',
    ])
    expect(termOfMetric('accuracy')).toBe('accuracy')
  })
})

describe('help at an axis', () => {
  const area = { left: 50, top: 10, right: 250, bottom: 150 }
  const frame = { area } as unknown as PlotFrame
  const plot = {
    x: { ...linearAxis('mapSize', 0, 1), field: 'mapSize' },
    y: linearAxis('Accuracy, training so far', 0, 1),
  }

  it('is said below and beside the plot, and nowhere else', () => {
    expect(axisHelp(plot, frame, 150, 170)).toEqual([glossary.neuron.term, glossary.neuron.text])
    expect(axisHelp(plot, frame, 10, 80)).toEqual([glossary.accuracy.term, glossary.accuracy.text])
    for (const [x, y] of [
      [150, 80],
      [10, 170],
      [260, 80],
      [150, 5],
    ] as const) {
      expect(axisHelp(plot, frame, x, y)).toEqual([])
    }
  })

  it('says nothing of what the glossary does not have', () => {
    expect(termOfAxis({ title: 'Time since the first trial' })).toBeNull()
    expect(termOfAxis({ title: '' })).toBeNull()
  })
})
