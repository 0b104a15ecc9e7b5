import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { problemsOf } from './definitionTexts.ts'

const text = (network: string, more = ''): string => `version: 2
name: layers
dataset: { name: mnist }
network: { type: layered, layers: [${network}] }
training: { algorithm: surrogate-gradient }
${more}`
const hidden = '{ name: hidden, type: dense }'
const output = '{ name: output, type: dense }'

describe('a layered network', () => {
  it('gets the defaults of lava-dl', () => {
    expect(decodeDefinition(text(output), 'a.yaml')).toMatchObject({
      network: {
        type: 'layered',
        quantised: true,
        decays: 'shared',
        surrogate: 'exponential',
        layers: [{ name: 'output', type: 'dense', neuron: 'alif', delays: false, dropout: false }],
      },
      training: { algorithm: 'surrogate-gradient', optimiser: 'adam', schedule: 'constant', clipNorm: null },
    })
  })

  it.each([
    ['', '', '4:35: network.layers: found an empty list, allowed a list with something in it'],
    [
      `${output}, ${output}`,
      '',
      '4:75: network.layers[1].name: found output for the second time, allowed each name once',
    ],
    [
      `{ name: input, type: dense }`,
      '',
      '4:44: network.layers[0].name: found input, what the input is called, allowed another name',
    ],
    [
      `${hidden}, { name: last, type: recurrent }`,
      '',
      '4:87: network.layers[1].type: found recurrent, allowed dense, as the last layer has a neuron for each class',
    ],
    [
      `{ name: hidden, type: dense, subtract: true }, ${output}`,
      '',
      '4:75: network.layers[0].subtract: found true of alif neurons, which no spike resets, allowed it with the neuron cuba or lif',
    ],
    [
      `{ name: half, type: pool, weightNormalisation: true, neuron: lif, subtract: true }, ${output}`,
      '',
      '4:83: network.layers[0].weightNormalisation: found true of a pool, which learns no weights, allowed it of the types conv, dense and recurrent',
    ],
    [
      `{ name: hidden, type: conv, padding: drop }, ${output}`,
      '',
      '4:73: network.layers[0].padding: found drop of a layer without windows to complete, allowed it of the type pool; a convolution has the hyperparameter padding',
    ],
    [
      `${hidden}, ${output}`,
      'silence: { layers: [{ layer: excitatory, alpha: 5, beta: 0 }] }',
      '6:30: silence.layers[0].layer: found "excitatory", allowed hidden or output',
    ],
    [
      output,
      'constraints: [{ metric: spikesPerSample, atMost: 1 }, { metric: spikesPerSample, atMost: 2 }]',
      '6:65: constraints[1].metric: found spikesPerSample for the second time, allowed each metric once',
    ],
    [
      output,
      'constraints: [{ metric: accuracy, atMost: 1 }]',
      '6:35: constraints[0].atMost: found a highest allowed accuracy, allowed atLeast',
    ],
    [
      output,
      'constraints: [{ metric: accuracy, atLeast: 90 }]',
      '6:44: constraints[0].atLeast: found 90, allowed a share up to 1',
    ],
    [
      output,
      'constraints: [{ metric: spikesPerSample }]',
      '6:15: constraints[0]: found no limit, allowed atMost or atLeast',
    ],
    [
      output,
      'constraints: [{ metric: spikesPerSample, atMost: 2, atLeast: 1 }]',
      '6:53: constraints[0].atLeast: found a second limit, allowed one of atMost and atLeast',
    ],
    [
      output,
      'constraints: [{ metric: spikesPerSample.hidden, atMost: 2 }]',
      '6:25: constraints[0].metric: found spikesPerSample.hidden, allowed spikesPerSample.output or spikesPerSample.input',
    ],
    [
      output,
      'objective: { metric: spikes }',
      '6:22: objective.metric: found "spikes", allowed accuracy, synapticOperationsPerSample, spikesPerSample, neurons, synapses or text (spikesPerSample.<layer> or spikesPerSample.<layer>.<class>)',
    ],
    [
      output,
      'fixed: { weightDecay: 0.1 }',
      '6:10: fixed.weightDecay: found what adam has not, allowed it with the training.optimiser adamw',
    ],
    [
      output,
      'fixed: { output.neurons: 5 }',
      '6:10: fixed.output.neurons: found what the last layer has from the dataset, a neuron for each class, allowed output.threshold, output.thresholdStep, output.currentDecay, output.voltageDecay, output.thresholdDecay, output.refractoryDecay, output.tauGradient, output.scaleGradient, output.weightGain',
    ],
    [
      output,
      'fixed: { output.kernel: 5 }',
      '6:10: fixed.output.kernel: found what the layer output does not have, allowed output.threshold, output.thresholdStep, output.currentDecay, output.voltageDecay, output.thresholdDecay, output.refractoryDecay, output.tauGradient, output.scaleGradient, output.weightGain',
    ],
    [
      `${hidden}, ${output}`,
      'fixed: { edges.filters: 5 }',
      '6:10: fixed.edges.filters: found no layer edges, allowed a hyperparameter of hidden or output',
    ],
    [
      output,
      'fixed: { dropout: 0.5 }',
      '6:10: fixed.dropout: found what no layer has, allowed it with dropout: true of a layer',
    ],
    [
      `${hidden}, ${output}`,
      'fixed: { hidden.dropout: 0.5 }',
      '6:10: fixed.hidden.dropout: found what hidden is without, allowed it with dropout: true of hidden',
    ],
    [
      '{ name: output, type: dense, neuron: lif }',
      'fixed: { thresholdStep: 0.5 }',
      '6:10: fixed.thresholdStep: found what only alif neurons have, allowed it with the neuron alif of a layer',
    ],
    [
      '{ name: output, type: dense, neuron: lif }',
      'fixed: { output.currentDecay: 0.5 }',
      '6:10: fixed.output.currentDecay: found what only alif or cuba neurons have, allowed it with the neuron alif or cuba of output',
    ],
    [output, 'pruning: { rule: best }', '6:18: pruning.rule: found "best", allowed none, median or asha'],
  ])('refuses %s %s', (layers, more, problem) => {
    expect(problemsOf(text(layers, more))).toEqual([problem])
  })

  it('is trained by surrogate gradients, and nothing else by them', () => {
    expect(problemsOf(text(output).replace('surrogate-gradient', 'post-pre'))).toEqual([
      '5:24: training.algorithm: found post-pre, allowed surrogate-gradient, which trains layered networks',
    ])
    expect(problemsOf(text(output).replace(/network: .*/, 'network: { type: diehl-cook }'))).toEqual([
      '5:24: training.algorithm: found surrogate-gradient, allowed post-pre, which trains diehl-cook networks',
    ])
    expect(problemsOf(text(output).replace('type: layered', 'type: layer'))).toEqual([
      '4:18: network.type: found "layer", allowed diehl-cook, layered or neuroprocessor',
    ])
  })
})

describe('weight decay', () => {
  it('is that of adamw, and 0 of adam', () => {
    const adam = text(output, 'fixed: { weightDecay: 0 }')
    expect(decodeDefinition(adam, 'a.yaml').fixed).toEqual({ weightDecay: 0 })
    const adamw = text(output, 'fixed: { weightDecay: 0.1 }').replace('gradient }', 'gradient, optimiser: adamw }')
    expect(decodeDefinition(adamw, 'a.yaml').fixed).toEqual({ weightDecay: 0.1 })
  })
})

describe('a network of Diehl & Cook', () => {
  const definition = (metrics: string) => `version: 2
name: stdp
dataset: { name: mnist }
network: { type: diehl-cook, inhibition: distance }
training: { algorithm: post-pre }
budget: { trials: 1 }
${metrics}`

  it('is measured by its accuracy and its spikes', () => {
    const limits = '[{ metric: spikesPerSample.excitatory, atMost: 40 }, { metric: accuracy, atLeast: 0.8 }]'
    const metrics = `objective: { metric: spikesPerSample }\nconstraints: ${limits}`
    expect(decodeDefinition(definition(metrics), 'a.yaml').constraints).toHaveLength(2)
    expect(problemsOf(definition('objective: { metric: synapticOperationsPerSample }'))).toEqual([
      '7:22: objective.metric: found synapticOperationsPerSample, allowed accuracy or spikesPerSample for a diehl-cook network',
    ])
  })
})
