import type { Tensor } from '@tensorflow/tfjs-core'
import { DECAY_SCALE, quantiseThreshold } from '../../../../src-core/layered/fixedPoint.ts'
import type { NeuronPlan } from '../../../../src-core/layered/networkPlan.ts'
import { type Kept, keptOf, leakTensor, toStateTensor } from './fixedPointTensors.ts'
import type { TensorflowApi } from './tensorComputation.ts'

/** What a scan leaves, each [steps][rows][channels]; `state` [states][rows][channels]. */
interface ScanResult {
  readonly spikes: Tensor
  readonly voltage: Tensor
  readonly margin: Tensor
  readonly current: Tensor
  readonly state: Tensor
}

interface StepResult {
  readonly [name: string]: Tensor
  readonly spike: Tensor
  readonly voltage: Tensor
  readonly margin: Tensor
  readonly current: Tensor
  readonly state: Tensor
}

/**
 * Runs neurons over steps, the equations of `neuronStep`. All states of a neuron lie in one tensor, so that one sequence
 * of operations leaks them all: alif current, voltage, threshold above rest, refractory state; cuba current, voltage; lif
 * voltage.
 * @param inputs [steps][rows][channels]
 * @param state what the scan before it left; null: at rest
 */
export const scanNeurons = (
  tf: TensorflowApi,
  neuron: NeuronPlan,
  decays: { readonly current: Tensor; readonly voltage: Tensor },
  inputs: Tensor,
  state: Tensor | null,
): ScanResult => {
  const [, rows = 1, channels = 1] = inputs.shape
  const kept = keptStates(tf, neuron, decays, channels)
  const step = stepOf(tf, neuron, kept)
  const inputSteps = tf.unstack(neuron.quantised ? toStateTensor(tf, inputs) : inputs)
  let now = state ?? tf.zeros([kept.share.shape[0] ?? 1, rows, channels])
  const results: StepResult[] = []
  for (const input of inputSteps) {
    const before = now
    const result = tf.tidy(() => step(before, input))
    if (before !== state) before.dispose()
    now = result.state
    results.push(result)
  }
  return {
    spikes: tf.stack(results.map(({ spike }) => spike)),
    voltage: tf.stack(results.map(({ voltage }) => voltage)),
    margin: tf.stack(results.map(({ margin }) => margin)),
    current: tf.stack(results.map(({ current }) => current)),
    state: now,
  }
}

const keptStates = (
  tf: TensorflowApi,
  neuron: NeuronPlan,
  decays: { readonly current: Tensor; readonly voltage: Tensor },
  channels: number,
): Kept => {
  const row = (values: Tensor): Tensor =>
    values.size === channels ? tf.reshape(values, [1, channels]) : tf.tile(tf.reshape(values, [1, 1]), [1, channels])
  const constant = (decay: number): Tensor => tf.fill([1, channels], decay * DECAY_SCALE)
  const { current, voltage } = decays
  const scaled = {
    lif: () => [row(voltage)],
    cuba: () => [row(current), row(voltage)],
    alif: () => [row(current), row(voltage), constant(neuron.thresholdDecay), constant(neuron.refractoryDecay)],
  }[neuron.model]()
  return keptOf(tf, tf.stack(scaled), neuron.quantised)
}

const stepOf = (tf: TensorflowApi, neuron: NeuronPlan, kept: Kept): ((state: Tensor, input: Tensor) => StepResult) => {
  const acting = (threshold: number): number => (neuron.quantised ? quantiseThreshold(threshold) : threshold)
  const [rest, rise] = [tf.scalar(acting(neuron.threshold)), tf.scalar(acting(neuron.thresholdStep))]
  const [zero, two] = [tf.scalar(0), tf.scalar(2)]
  const leaked = (state: Tensor): Tensor[] =>
    tf.unstack(neuron.quantised ? leakTensor(tf, state, kept) : tf.mul(state, kept.share))

  if (neuron.model === 'alif') {
    return (state, input) => {
      const [u = state, v = state, above = state, refractory = state] = leaked(state)
      const current = tf.add(u, input)
      const voltage = tf.add(v, current)
      const threshold = tf.add(above, rest)
      const margin = tf.sub(voltage, tf.add(threshold, refractory))
      const spike = tf.cast(tf.greaterEqual(margin, zero), 'float32')
      const next = tf.stack([
        current,
        voltage,
        tf.add(above, tf.mul(spike, rise)),
        tf.add(refractory, tf.mul(spike, tf.mul(two, threshold))),
      ])
      return { spike, voltage, margin, current, state: next }
    }
  }
  return (state, input) => {
    const states = leaked(state)
    const v = states.at(-1) ?? state
    const current = neuron.model === 'lif' ? input : tf.add(states[0] ?? state, input)
    const voltage = tf.add(v, current)
    const margin = tf.sub(voltage, rest)
    const spikes = tf.greater(margin, zero)
    const after = tf.where(spikes, neuron.subtract ? margin : tf.zerosLike(voltage), voltage)
    const next = tf.stack(neuron.model === 'lif' ? [after] : [current, after])
    return { spike: tf.cast(spikes, 'float32'), voltage, margin, current, state: next }
  }
}
