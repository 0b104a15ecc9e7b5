import { type InputEvents, type LayerShape, sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import type { LayerPlan, NetworkPlan, NeuronPlan, SynapsePlan } from '../../../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'

export const neuron: NeuronPlan = {
  model: 'alif',
  subtract: false,
  threshold: 0.6,
  thresholdStep: 0.1,
  currentDecay: 0.5,
  voltageDecay: 0.12,
  thresholdDecay: 0.2,
  refractoryDecay: 0.4,
  decays: 'shared',
  decayGradient: 'lava',
  surrogate: 'exponential',
  tauGradient: 0.01,
  scaleGradient: 1,
  quantised: true,
}

/** A layer after another; its own settings last. */
export const layerPlan = (
  name: string,
  synapse: SynapsePlan,
  input: LayerShape,
  channels: number,
  settings: Partial<Omit<LayerPlan, 'neuron'>> & { readonly neuron?: Partial<NeuronPlan> } = {},
): LayerPlan => ({
  name,
  synapse,
  input,
  output: outputOf(synapse, input, channels),
  weightNormalisation: false,
  delays: false,
  dropout: 0,
  dropoutOf: 'currents',
  weightGain: 2,
  ...settings,
  neuron: { ...neuron, ...settings.neuron },
})

export const networkPlan = (input: LayerShape, steps: number, layers: readonly LayerPlan[]): NetworkPlan => ({
  input,
  steps,
  classes: layers.at(-1)?.output.channels ?? 0,
  layers,
})

/** conv, pool, recurrent and dense, with everything that can be learned. */
export const mixedPlan = (
  settings: Partial<NeuronPlan> = {},
  dropout = 0,
  dropoutOf: LayerPlan['dropoutOf'] = 'currents',
): NetworkPlan => {
  const input = { channels: 2, rows: 6, columns: 5 }
  const delays = { delays: true, neuron: settings }
  const dropped = { ...delays, dropout, dropoutOf }
  const conv = layerPlan(
    'conv1',
    { type: 'conv', kernel: 3, stride: 1, padding: 1, gradient: 'fourier' },
    input,
    3,
    dropped,
  )
  const pool = layerPlan('pool1', { type: 'pool', kernel: 2, stride: 2, weight: 1 }, conv.output, 3, {
    neuron: { ...settings, threshold: 0.4 },
  })
  const ofRecurrent = dropoutOf === 'spikes' ? dropped : delays
  const recurrent = layerPlan('hidden', { type: 'recurrent' }, pool.output, 7, {
    ...ofRecurrent,
    weightNormalisation: true,
  })
  const dense = layerPlan('output', { type: 'dense' }, recurrent.output, 4, { neuron: settings })
  return networkPlan(input, 14, [conv, pool, recurrent, dense])
}

/** Random spikes. */
export const randomEvents = ({ input, steps }: NetworkPlan, seed: number, density = 0.25): InputEvents => {
  const { next } = createGenerator(seed)
  const size = sizeOf(input)
  const places = Array.from({ length: steps * size }, (_, place) => place).filter(() => next() < density)
  return {
    steps: Uint16Array.from(places, (place) => Math.floor(place / size)),
    inputs: Uint32Array.from(places, (place) => place % size),
    values: null,
  }
}

const outputOf = (synapse: SynapsePlan, input: LayerShape, channels: number): LayerShape => {
  if (synapse.type === 'dense' || synapse.type === 'recurrent') return { channels, rows: 1, columns: 1 }
  const padding = synapse.type === 'conv' ? synapse.padding : 0
  const along = (length: number): number => Math.floor((length + 2 * padding - synapse.kernel) / synapse.stride) + 1
  return { channels, rows: along(input.rows), columns: along(input.columns) }
}
