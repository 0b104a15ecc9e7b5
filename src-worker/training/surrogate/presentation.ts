import { predictions } from '../../../src-core/layered/losses.ts'
import type { LayeredNetwork } from '../../engines/layered/layeredNetwork.ts'
import { inputLayer } from '../spikeTotals.ts'
import type { TestedSample } from '../testing.ts'

/** All layers of a network, the input too. */
export const shownLayers = ({ plan }: LayeredNetwork): string[] => [...plan.layers.map(({ name }) => name), inputLayer]

/** How the network took each sample of the last batch. @param rates its `outputRates` */
export const answersOf = (network: LayeredNetwork, rates: Float32Array): TestedSample[] => {
  // Asked for once a layer: they may have to come from a device.
  const spikes = new Map(shownLayers(network).map((name) => [name, network.spikesPerSample(name)]))
  return [...predictions(rates, network.plan.classes)].map((answer, place) => ({
    answer,
    spikesOf: (layer) => spikes.get(layer)?.[place] ?? 0,
  }))
}
