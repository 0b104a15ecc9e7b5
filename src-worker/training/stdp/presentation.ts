import type { DiehlCookNetwork, Stimulus } from '../../../src-core/neuron/diehlCookNetwork.ts'
import type { SpikeTrain } from '../../decoders/decoder.ts'
import { layerMetric } from '../layerMetric.ts'

/** Shows a network one stimulus, whichever it is. */
export function show(network: DiehlCookNetwork, stimulus: Stimulus, sampleSeed: number, learning: boolean): void {
  if (stimulus.kind === 'image') network.present(stimulus.image, sampleSeed, learning)
  else network.presentSpikes(stimulus.spikes, sampleSeed, learning)
}

/** The excitatory spikes of the last presentation; views that the next one overwrites. */
export const spikeTrainOf = (network: DiehlCookNetwork): SpikeTrain => ({
  neurons: network.spikeNeurons.subarray(0, network.excitatorySpikeTotal),
  steps: network.spikeSteps.subarray(0, network.excitatorySpikeTotal),
})

/** The spikes of a layer in the last presentation. */
export const spikesOfLayer = (network: DiehlCookNetwork, layer: string): number =>
  layer === 'excitatory' ? network.excitatorySpikeTotal : network.inhibitorySpikeTotal

/** Spikes of the sample that was shown last in a layer. @throws {RangeError} when there is no such layer */
export function spikesIn(network: DiehlCookNetwork, layer: string): number {
  switch (layer) {
    case 'excitatory':
      return network.excitatorySpikeTotal
    case 'inhibitory':
      return network.inhibitorySpikeTotal
    case 'input':
      return network.inputSpikeTotal
    default:
      throw new RangeError(`there is no layer ${layer}`)
  }
}

/** Sums of spikes over presentations. */
export class SpikeTotals {
  samples = 0
  private excitatory = 0
  private inhibitory = 0
  private input = 0
  private readonly spiked: Uint8Array

  constructor(neurons: number) {
    this.spiked = new Uint8Array(neurons)
  }

  add(network: DiehlCookNetwork): void {
    this.samples++
    this.excitatory += network.excitatorySpikeTotal
    this.inhibitory += network.inhibitorySpikeTotal
    this.input += network.inputSpikeTotal
    for (const neuron of spikeTrainOf(network).neurons) this.spiked[neuron] = 1
  }

  /** Excitatory neurons that never spiked. */
  get silentNeurons(): number {
    return this.spiked.filter((spiked) => spiked === 0).length
  }

  /** Mean spikes per sample of all neurons together, the input left out. */
  get ofNeurons(): number {
    return (this.excitatory + this.inhibitory) / this.samples
  }

  /** Mean spikes per sample, by `layerMetric`: excitatory, inhibitory, input. */
  perSample(prefix: string): Record<string, number> {
    return {
      [layerMetric(prefix, 'excitatory')]: this.excitatory / this.samples,
      [layerMetric(prefix, 'inhibitory')]: this.inhibitory / this.samples,
      [layerMetric(prefix, 'input')]: this.input / this.samples,
    }
  }
}
