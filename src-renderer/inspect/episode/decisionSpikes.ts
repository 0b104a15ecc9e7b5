/** The spikes of one decision of an episode. */
import type { Episode } from '../../../src-core/contracts/evolvedInspection.ts'
import type { InspectedNetwork } from '../../../src-core/contracts/inspection.ts'
import { colourOfLayer } from '../activity/stackModel.ts'
import type { RasterLayer } from '../raster/raster.ts'

/** Of each layer, with steps from the start of the decision. @param runSteps of a decision */
export const spikesOfDecision = ({ spikes }: Episode, decision: number, runSteps: number): Episode['spikes'] =>
  spikes.map(({ layer, neurons, steps }) => {
    const from = firstFrom(steps, decision * runSteps)
    const to = firstFrom(steps, (decision + 1) * runSteps)
    return {
      layer,
      neurons: neurons.subarray(from, to),
      steps: steps.subarray(from, to).map((step) => step - decision * runSteps),
    }
  })

/** The first spike from a step on. */
const firstFrom = (steps: Uint32Array, wanted: number): number => {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** As rasters under each other. */
export const bandsOfDecision = (
  { layers, steps: runSteps }: InspectedNetwork,
  episode: Episode,
  decision: number,
): {
  readonly layers: readonly { readonly raster: RasterLayer; readonly colour: number }[]
  readonly steps: number
} => {
  const own = spikesOfDecision(episode, decision, runSteps)
  return {
    steps: runSteps,
    layers: layers.map(({ name, neurons: rows }, index) => {
      const { neurons = new Uint32Array(), steps = new Uint32Array() } = own.find(({ layer }) => layer === name) ?? {}
      const before = Uint32Array.from({ length: runSteps + 1 }, (_, step) => firstFrom(steps, step))
      const colour = colourOfLayer(index)
      const rowColours = new Uint8Array(rows).fill(colour)
      return { raster: { name, rows, steps, spikeRows: neurons, rowColours, before }, colour }
    }),
  }
}
