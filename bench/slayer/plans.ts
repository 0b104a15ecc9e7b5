/** Networks that are measured, with every number in place, and random spikes for them. */
import { type InputEvents, type LayerShape, sizeOf } from '../../src-core/encoding/inputEvents.ts'
import type { LayerPlan, NetworkPlan, NeuronPlan, SynapsePlan } from '../../src-core/layered/networkPlan.ts'

export const image = { channels: 1, rows: 28, columns: 28 }
export const list = (channels: number): LayerShape => ({ channels, rows: 1, columns: 1 })

/** lif in plain numbers, as most frameworks have it, and lava-dl's alif in fixed point with learned decays. */
export const lif: Partial<NeuronPlan> = {
  model: 'lif',
  quantised: false,
  decays: 'fixed',
  surrogate: 'fast-sigmoid',
}
export const alif: Partial<NeuronPlan> = {
  model: 'alif',
  quantised: true,
  decays: 'shared',
  decayGradient: 'lava',
  surrogate: 'exponential',
}

export const layer = (
  name: string,
  synapse: SynapsePlan,
  input: LayerShape,
  output: LayerShape,
  neuron: Partial<NeuronPlan>,
): LayerPlan => ({
  name,
  synapse,
  input,
  output,
  neuron: { ...plainNeuron, ...neuron },
  weightNormalisation: false,
  delays: false,
  dropout: 0,
  dropoutOf: 'currents',
  weightGain: 1,
})

/** Dense layers one after the other, of these sizes. */
export const densePlan = (sizes: readonly number[], steps: number, neuron: Partial<NeuronPlan>): NetworkPlan => {
  const layers = sizes
    .slice(1)
    .map((size, index) => layer(`layer${index + 1}`, { type: 'dense' }, list(sizes[index] ?? 0), list(size), neuron))
  return { input: list(sizes[0] ?? 0), steps, classes: sizes.at(-1) ?? 0, layers }
}

export const randomSpikes = (plan: NetworkPlan, activity: number, next: () => number): InputEvents => {
  const [steps, inputs]: [number[], number[]] = [[], []]
  for (let step = 0; step < plan.steps; step++) {
    for (let input = 0; input < sizeOf(plan.input); input++) {
      if (next() >= activity) continue
      steps.push(step)
      inputs.push(input)
    }
  }
  return { steps: Uint16Array.from(steps), inputs: Uint32Array.from(inputs), values: null }
}

const plainNeuron: NeuronPlan = {
  model: 'alif',
  subtract: false,
  threshold: 1,
  thresholdStep: 0.02,
  currentDecay: 0.25,
  voltageDecay: 0.05,
  thresholdDecay: 0.05,
  refractoryDecay: 0.9,
  decays: 'shared',
  decayGradient: 'lava',
  surrogate: 'exponential',
  tauGradient: 0.005,
  scaleGradient: 1,
  quantised: true,
}
