import { describe, expect, it } from 'vitest'
import type { NeuronPlan } from '../../../src-core/layered/networkPlan.ts'
import { stepConstants } from '../../../src-core/layered/neuronConstants.ts'
import { neuronOf, slayer } from '../../support/slayerCases.ts'
import { type NeuronOutput, type NeuronState, neuronStep, restingState } from './neuronStep.ts'

interface Trace {
  readonly outputs: readonly NeuronOutput[]
  /** After each step. */
  readonly states: readonly NeuronState[]
}

const run = (neuron: NeuronPlan, inputs: readonly number[]): Trace => {
  const constants = stepConstants(neuron, 4096 * neuron.currentDecay, 4096 * neuron.voltageDecay)
  const [outputs, states]: [NeuronOutput[], NeuronState[]] = [[], []]
  let state = restingState(constants)
  for (const input of inputs) {
    const after = neuronStep(state, input, constants)
    state = after.state
    states.push(state)
    outputs.push(after.output)
  }
  return { outputs, states }
}

const plain: NeuronPlan = {
  model: 'cuba',
  subtract: false,
  threshold: 1,
  thresholdStep: 0.5,
  currentDecay: 0.5,
  voltageDecay: 0.25,
  thresholdDecay: 0.5,
  refractoryDecay: 0.75,
  decays: 'fixed',
  decayGradient: 'exact',
  surrogate: 'exponential',
  tauGradient: 1,
  scaleGradient: 1,
  quantised: false,
}

describe.each(slayer.neurons)('lava-dl $model $name', (golden) => {
  it('has the same current, potential and spikes, neuron by neuron', () => {
    const neuron = neuronOf(golden.params, golden.model === 'ALIF' ? 'alif' : 'cuba')
    for (const [sample, trains] of golden.input.entries()) {
      for (const [channel, inputs] of trains.entries()) {
        const { outputs } = run(neuron, inputs)
        expect(outputs.map(({ current }) => current)).toEqual(golden.current[sample]?.[channel])
        expect(outputs.map(({ voltage }) => voltage)).toEqual(golden.voltage[sample]?.[channel])
        expect(outputs.map(({ spike }) => spike)).toEqual(golden.spikes[sample]?.[channel])
        if (golden.threshold === undefined) continue
        const limits = golden.threshold[sample]?.[channel]?.map(
          (threshold, step) => threshold + (golden.refractory?.[sample]?.[channel]?.[step] ?? Number.NaN),
        )
        expect(outputs.map(({ voltage, margin }) => voltage - margin)).toEqual(limits)
      }
    }
  })
})

describe('plain float', () => {
  it('resets the potential of cuba to 0, and keeps its current', () => {
    const { outputs, states } = run(plain, [1, 0.6, 0])
    expect(outputs.map(({ current }) => current)).toEqual([1, 1.1, 0.55])
    // 1 is not above the threshold of 1
    expect(outputs.map(({ spike }) => spike)).toEqual([0, 1, 0])
    expect(outputs.map(({ voltage }) => voltage)).toEqual([1, 1.85, 0.55])
    expect(states.map(({ voltage }) => voltage)).toEqual([1, 0, 0.55])
  })

  it('subtracts the threshold where asked to', () => {
    const { states } = run({ ...plain, subtract: true }, [1.5, 0])
    expect(states.map(({ voltage }) => voltage)).toEqual([0.5, 0.375 + 0.75 - 1])
  })

  it('gives the input of lif to the potential directly', () => {
    const { outputs } = run({ ...plain, model: 'lif' }, [0.5, 0.5, 0.5, 0])
    expect(outputs.map(({ voltage }) => voltage)).toEqual([0.5, 0.875, 1.15625, 0])
  })

  it('raises the threshold of alif and makes it refractory, and lets both decay', () => {
    const { outputs, states } = run({ ...plain, model: 'alif' }, [1, 0])
    expect(outputs.map(({ spike }) => spike)).toEqual([1, 0])
    expect(states[0]).toEqual({ current: 1, voltage: 1, threshold: 1.5, refractory: 2 })
    // threshold 1.25, refractory 0.5, voltage 0.75 + 0.5
    expect(outputs[1]?.margin).toBe(1.25 - 1.75)
  })
})
