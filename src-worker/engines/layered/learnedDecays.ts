import { DECAY_SCALE } from '../../../src-core/layered/fixedPoint.ts'
import type { LayerPlan } from '../../../src-core/layered/networkPlan.ts'
import type { Block, DecayBlocks, KernelSet } from './kernelSet.ts'
import { createLearned, type Learned } from './learned.ts'

interface Decays {
  readonly blocks: DecayBlocks
  readonly learned: readonly Learned[]
  /** null where they are fixed. */
  readonly gradients: DecayBlocks | null
}

/** The decays of a layer, times 4096. Those of a lif's current, which it has not, are never learned. */
export const createDecays = (kernels: KernelSet, { name, neuron, output }: LayerPlan): Decays => {
  const length = neuron.decays === 'per-channel' ? output.channels : 1
  const initial = (decay: number): Float32Array => new Float32Array(length).fill(DECAY_SCALE * decay)
  if (neuron.decays === 'fixed') {
    const fixed = (decay: number): Block => {
      const block = kernels.block([length])
      kernels.write(block, initial(decay))
      return block
    }
    const blocks = { current: fixed(neuron.currentDecay), voltage: fixed(neuron.voltageDecay) }
    return { blocks, learned: [], gradients: null }
  }
  const learn = (what: string, decay: number): Learned =>
    createLearned(kernels, `${name}.${what}`, initial(decay), [length], {
      minimum: 0,
      maximum: DECAY_SCALE,
      unit: DECAY_SCALE,
      shrinks: false,
      ownRate: neuron.decayGradient === 'exact',
    })
  const [current, voltage] = [learn('currentDecay', neuron.currentDecay), learn('voltageDecay', neuron.voltageDecay)]
  return {
    blocks: { current: current.value, voltage: voltage.value },
    learned: neuron.model === 'lif' ? [voltage] : [current, voltage],
    gradients: { current: current.gradient, voltage: voltage.gradient },
  }
}
