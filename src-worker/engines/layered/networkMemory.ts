import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { surrogateWidth } from '../../../src-core/layered/neuronConstants.ts'
import type { LayerPlan, NetworkPlan } from '../../../src-core/layered/networkPlan.ts'
import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import { weightShape } from './synapse.ts'

const LIMIT_BYTES = 4 * 2 ** 30
const PIECE_BYTES = 2 ** 30

/** Bytes of all blocks of a network; a kernel set may need more to compute in. */
export const networkBytes = ({ input, steps, classes, layers }: NetworkPlan, batchSize: number): number => {
  const activity = layers.reduce((sum, layer) => sum + activityNumbers(layer, steps, batchSize), 0)
  const learned = layers.reduce((sum, layer) => sum + learnedNumbers(layer), 0)
  return 4 * (steps * batchSize * sizeOf(input) + 2 * batchSize * classes + activity + learned)
}

/**
 * How many samples of a batch a network is shown at once: as many as take about a gibibyte, at least one. The gradients
 * of the pieces of a batch are added, so that large networks are trained in large batches too. Of the plan alone, not of
 * the machine, since the seeds of dropout go by piece.
 */
export const samplesAtOnce = (plan: NetworkPlan, batchSize: number): number => {
  const fixed = networkBytes(plan, 0)
  const perSample = networkBytes(plan, 1) - fixed
  return Math.max(1, Math.min(batchSize, Math.floor((PIECE_BYTES - fixed) / perSample)))
}

/** @throws {ImpossibleNetwork} when a network is larger than any kernel set holds, or its neurons spike without a cause */
export const checkNetwork = (plan: NetworkPlan, batchSize: number): void => {
  const bytes = networkBytes(plan, batchSize)
  if (bytes > LIMIT_BYTES) {
    const gibibytes = (bytes / 2 ** 30).toFixed(1)
    throw new ImpossibleNetwork(
      `With batches of ${batchSize} samples and ${plan.steps} steps the network needs ${gibibytes} GiB, and may have 4.`,
    )
  }
  for (const { name, neuron } of plan.layers) {
    if (!(surrogateWidth({ ...neuron, tauGradient: 1 }).tau > 0)) {
      throw new ImpossibleNetwork(`${name}: a threshold of ${neuron.threshold} is 0, and neurons would always spike.`)
    }
  }
}

/** Spikes, voltage, margin, currents, output and gradient of the spikes; the current where it is learned from; a mask. */
const activityNumbers = ({ output, neuron, dropout }: LayerPlan, steps: number, batchSize: number): number => {
  const width = batchSize * sizeOf(output)
  const currents = neuron.decays !== 'fixed' && neuron.model !== 'lif' ? 1 : 0
  return (6 + currents) * steps * width + (dropout > 0 ? width : 0)
}

const learnedNumbers = (layer: LayerPlan): number => {
  const { neuron, output, delays, synapse } = layer
  const weights = weightShape(layer)?.shape.reduce((product, length) => product * length, 1) ?? 0
  const own = synapse.type === 'recurrent' ? sizeOf(output) ** 2 : 0
  const lengths = (weights > 0 ? output.channels : 0) + (own > 0 ? sizeOf(output) : 0)
  const copies = 4 + (layer.weightNormalisation ? 2 : 0) + (neuron.quantised ? 1 : 0)
  const decays = neuron.decays === 'per-channel' ? output.channels : 1
  return (
    copies * (weights + own) +
    (layer.weightNormalisation ? 4 * lengths : 0) +
    (neuron.decays === 'fixed' ? 2 * decays : 8 * decays) +
    (delays ? 4 * output.channels : 0)
  )
}
