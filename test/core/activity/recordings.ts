import type { InspectedLayer, InspectedTest, SampleRecording } from '../../../src-core/contracts/inspection.ts'

export const layersOf = (neurons: Readonly<Record<string, number>>): InspectedLayer[] =>
  Object.entries(neurons).map(([name, count]) => ({ name, neurons: count, shape: null }))

interface Written {
  readonly place: number
  readonly steps: number
  /** Of each layer: [step, neuron] by rising step. */
  readonly spikes: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly label?: number
  readonly prediction?: number | null
}

/** A recording of one sample, written out by hand. */
export const recordingOf = ({ place, steps, spikes, label = 0, prediction = 0 }: Written): SampleRecording => ({
  place,
  split: 'objective',
  sample: 100 + place,
  label,
  prediction,
  view: { kind: 'images', shape: { channels: 1, rows: 1, columns: 1 }, frames: 1, pixels: Uint8Array.of(255) },
  steps,
  spikes: Object.entries(spikes).map(([layer, list]) => ({
    layer,
    steps: Uint32Array.from(list, ([step]) => step),
    neurons: Uint32Array.from(list, ([, neuron]) => neuron),
  })),
  traces: [],
})

/** Answers of a network: [label, answer] of each sample; -1: none. */
export const testOf = (
  answers: readonly (readonly [number, number])[],
  ratesByClass: readonly number[] = [],
  rates: InspectedTest['rates'] = [],
): InspectedTest => ({
  split: 'objective',
  samples: Uint32Array.from(answers, (_, sample) => sample),
  labels: Int16Array.from(answers, ([label]) => label),
  predictions: Int16Array.from(answers, ([, answer]) => answer),
  outputSpikes: new Uint32Array(answers.length),
  ratesByClass: Float32Array.from(ratesByClass),
  rates,
  accuracy: answers.filter(([label, answer]) => label === answer).length / answers.length,
})
