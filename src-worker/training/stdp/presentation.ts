import type { DiehlCookNetwork, Stimulus } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { SpikeTrain } from '../../decoders/decoder.ts'
import { inputLayer } from '../spikeTotals.ts'

/** Shows a network one stimulus, whichever it is. */
export const show = (network: DiehlCookNetwork, stimulus: Stimulus, sampleSeed: number, learning: boolean): void => {
  if (stimulus.kind === 'image') network.present(stimulus.image, sampleSeed, learning)
  else network.presentSpikes(stimulus.spikes, sampleSeed, learning)
}

/** The excitatory spikes of the last presentation; views that the next one overwrites. */
export const spikeTrainOf = (network: DiehlCookNetwork): SpikeTrain => ({
  neurons: network.spikeNeurons.subarray(0, network.excitatorySpikeTotal),
  steps: network.spikeSteps.subarray(0, network.excitatorySpikeTotal),
})

/** What `spikesIn` knows of. */
export const shownLayers = ['excitatory', 'inhibitory', inputLayer]

/** Spikes of the sample that was shown last in a layer. @throws {RangeError} when there is no such layer */
export const spikesIn = (network: DiehlCookNetwork, layer: string): number => {
  switch (layer) {
    case 'excitatory':
      return network.excitatorySpikeTotal
    case 'inhibitory':
      return network.inhibitorySpikeTotal
    case inputLayer:
      return network.inputSpikeTotal
    default:
      throw new RangeError(`there is no layer ${layer}`)
  }
}
