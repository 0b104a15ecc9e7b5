/**
 * What a network costs, by its plan alone.
 *
 *   synapses(dense)      inputs * outputs             synapses(recurrent)  inputs * outputs + outputs^2
 *   synapses(conv)       outputs * channels * kernel^2 (of the input)      synapses(pool)  outputs * kernel^2
 *   work of a sample     steps * sum of the synapses of all layers, as the dense kernels do it whatever spikes
 */
import { sizeOf } from '../encoding/inputEvents.ts'
import type { LayerPlan, NetworkInput, NetworkPlan } from '../layered/networkPlan.ts'
import { planNetwork } from '../layered/planNetwork.ts'
import { ImpossibleNetwork } from '../diehlCook/networkFailure.ts'
import type { Configuration } from '../space/parameter.ts'
import type { LayeredDefinition } from './networkSchema.ts'

interface LayeredCost {
  /** Synapses times steps, of a sample. */
  readonly work: number
  /** Its file: 4 bytes of every learned number, and a header. */
  readonly bytes: number
}

/** What a layered network costs; null: there is no such network, and its trial fails at once. */
export const layeredCost = (
  network: LayeredDefinition,
  hyperparameters: Configuration,
  input: NetworkInput,
): LayeredCost | null => {
  try {
    const plan = planNetwork(network, hyperparameters, input)
    return { work: plan.steps * sumOf(plan, synapses), bytes: 4 * sumOf(plan, learned) + 4096 }
  } catch (error) {
    if (error instanceof ImpossibleNetwork) return null
    throw error
  }
}

const sumOf = ({ layers }: NetworkPlan, of: (layer: LayerPlan) => number): number =>
  layers.reduce((sum, layer) => sum + of(layer), 0)

const synapses = ({ synapse, input, output }: LayerPlan): number => {
  const [inputs, outputs] = [sizeOf(input), sizeOf(output)]
  switch (synapse.type) {
    case 'dense':
      return inputs * outputs
    case 'recurrent':
      return inputs * outputs + outputs ** 2
    case 'conv':
      return outputs * input.channels * synapse.kernel ** 2
    case 'pool':
      return outputs * synapse.kernel ** 2
  }
}

/** Weights, of which the places of a convolution share one set, and a few numbers of each channel. */
const learned = (layer: LayerPlan): number => {
  const { synapse, input, output, delays, weightNormalisation, neuron } = layer
  const weights =
    synapse.type === 'pool'
      ? 0
      : synapse.type === 'conv'
        ? output.channels * input.channels * synapse.kernel ** 2
        : synapses(layer)
  const perChannel = Number(delays) + Number(weightNormalisation) + (neuron.decays === 'per-channel' ? 2 : 0)
  return weights + perChannel * output.channels + (neuron.decays === 'shared' ? 2 : 0)
}
