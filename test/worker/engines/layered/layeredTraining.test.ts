import { describe, expect, it } from 'vitest'
import type { InputEvents } from '../../../../src-core/encoding/inputEvents.ts'
import { evaluateLoss, type Loss, predictions } from '../../../../src-core/layered/losses.ts'
import type { LayerPlan, NetworkPlan } from '../../../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { createLayeredNetwork } from '../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { layerPlan, neuron, networkPlan } from './networks.ts'

/** Class c: inputs 4 c to 4 c + 3 spike often, the others seldom. */
const sample = (label: number, seed: number): InputEvents => {
  const { next } = createGenerator(seed)
  const places = Array.from({ length: 20 * 12 }, (_, place) => place).filter(
    (place) => next() < (Math.floor((place % 12) / 4) === label ? 0.5 : 0.05),
  )
  return {
    steps: Uint16Array.from(places, (place) => Math.floor(place / 12)),
    inputs: Uint32Array.from(places, (place) => place % 12),
    values: null,
  }
}

const labels = Array.from({ length: 30 }, (_, index) => index % 3)
const events = labels.map((label, index) => sample(label, index + 1))
const unseen = labels.map((label, index) => sample(label, index + 1000))
const input = { channels: 12, rows: 1, columns: 1 }

const planOf = (hidden: (shape: typeof input) => LayerPlan): NetworkPlan => {
  const first = hidden(input)
  return networkPlan(input, 20, [
    first,
    layerPlan('output', { type: 'dense' }, first.output, 3, { neuron: first.neuron }),
  ])
}

const accuracyAfterTraining = (plan: NetworkPlan, loss: Loss, steps: number): number => {
  const network = createLayeredNetwork(plan, createReferenceKernels(), events.length, 11)
  for (let step = 0; step < steps; step++) {
    network.forward(events, step)
    network.backward(evaluateLoss(loss, network.outputRates(), labels, 3).gradient, 0)
    network.update({ learningRate: 0.02, weightDecay: 0, clipNorm: 1 })
  }
  network.forward(unseen, null)
  const chosen = predictions(network.outputRates(), 3)
  return chosen.filter((predicted, index) => predicted === labels[index]).length / labels.length
}

const rate: Loss = { type: 'rate', trueRate: 0.5, falseRate: 0.03 }
const dense = planOf((shape) => layerPlan('hidden', { type: 'dense' }, shape, 10))
const variants: readonly (readonly [string, NetworkPlan, Loss])[] = [
  ['alif, rate', dense, rate],
  ['alif, max', dense, { type: 'max' }],
  ['alif, cross entropy', dense, { type: 'cross-entropy' }],
  [
    'cuba, delays, weight normalisation, dropout',
    planOf((shape) =>
      layerPlan('hidden', { type: 'dense' }, shape, 10, {
        delays: true,
        weightNormalisation: true,
        dropout: 0.1,
        neuron: { ...neuron, model: 'cuba' },
      }),
    ),
    rate,
  ],
  [
    'recurrent alif, decays by their exact gradient, dropout of spikes',
    planOf((shape) =>
      layerPlan('hidden', { type: 'recurrent' }, shape, 10, {
        dropout: 0.1,
        dropoutOf: 'spikes',
        neuron: { ...neuron, decayGradient: 'exact' },
      }),
    ),
    rate,
  ],
  [
    'recurrent lif in plain float, decays for each channel',
    planOf((shape) =>
      layerPlan('hidden', { type: 'recurrent' }, shape, 10, {
        neuron: {
          ...neuron,
          model: 'lif',
          subtract: true,
          quantised: false,
          decays: 'per-channel',
          surrogate: 'arctan',
        },
      }),
    ),
    rate,
  ],
]

describe('training on samples that can be told apart', () => {
  it.each(variants)('reaches every one: %s', (_, plan, loss) => {
    expect(accuracyAfterTraining(plan, loss, 60)).toBe(1)
  })

  it('moves decays by their exact gradient, and hardly by that of lava-dl', () => {
    const movedBy = (decayGradient: 'exact' | 'lava', decayLearningRateFactor: number): number => {
      const plan = planOf((shape) =>
        layerPlan('hidden', { type: 'dense' }, shape, 10, { neuron: { ...neuron, decayGradient } }),
      )
      const network = createLayeredNetwork(plan, createReferenceKernels(), events.length, 11)
      for (let step = 0; step < 20; step++) {
        network.forward(events, null)
        network.backward(evaluateLoss(rate, network.outputRates(), labels, 3).gradient, 0)
        network.update({ learningRate: 0.02, decayLearningRateFactor, weightDecay: 0, clipNorm: null })
      }
      const decay = network.parameters()['hidden.voltageDecay']?.values[0] ?? NaN
      return Math.abs(decay - neuron.voltageDecay)
    }
    // twenty steps of Adam, each by at most the learning rate
    expect(movedBy('exact', 0.1)).toBeGreaterThan(0.004)
    expect(movedBy('exact', 0.1)).toBeLessThan(0.04)
    expect(movedBy('exact', 0)).toBeLessThan(1e-6)
    expect(movedBy('lava', 0.1)).toBeLessThan(20 * (0.02 / 4096) + 1e-6)
  })

  it('reaches a decay that answers better, as differences of the loss tell it', () => {
    const plan = planOf((shape) =>
      layerPlan('hidden', { type: 'dense' }, shape, 10, {
        neuron: { ...neuron, decayGradient: 'exact', quantised: false },
      }),
    )
    const network = createLayeredNetwork(plan, createReferenceKernels(), events.length, 11)
    const lossNow = (): number => {
      network.forward(events, null)
      return evaluateLoss(rate, network.outputRates(), labels, 3).value
    }
    const before = lossNow()
    const weights = Object.fromEntries(
      Object.entries(network.parameters()).filter(([name]) => name.endsWith('.weights')),
    )
    for (let step = 0; step < 40; step++) {
      network.forward(events, null)
      network.backward(evaluateLoss(rate, network.outputRates(), labels, 3).gradient, 0)
      network.update({ learningRate: 0.01, decayLearningRateFactor: 1, weightDecay: 0, clipNorm: null })
      network.restore({ ...network.parameters(), ...weights })
    }
    expect(lossNow()).toBeLessThan(0.95 * before)
  })

  it('is silenced by a penalty on spikes', () => {
    const network = createLayeredNetwork(dense, createReferenceKernels(), events.length, 11)
    const hidden = (): number => network.spikesPerSample('hidden').reduce((sum, spikes) => sum + spikes, 0)
    network.forward(events, null)
    const before = hidden()
    for (let step = 0; step < 30; step++) {
      network.forward(events, null)
      network.backward(new Float32Array(90), 0.01)
      network.update({ learningRate: 0.02, weightDecay: 0, clipNorm: null })
    }
    network.forward(events, null)
    expect(hidden()).toBeLessThan(before / 2)
  })
})
