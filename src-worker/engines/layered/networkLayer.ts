/**
 * One layer: synapse, neurons, a shift by one step and axonal delays, forward and backward.
 *
 * The block `currents` holds the currents on the way forward; on the way back the gradient of what leaves the layer, which
 * the layer after it writes there, and then that of the currents.
 */
import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import { LARGEST_DELAY, type LayerPlan } from '../../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../../src-core/random/generator.ts'
import { deriveSeed } from '../../../src-core/random/seed.ts'
import type { ActivitySize, Block, DecayBlocks, KernelSet, NeuronRecord } from './kernelSet.ts'
import { createLearned, type Learned } from './learned.ts'
import { createDecays } from './learnedDecays.ts'
import { createLearnedWeights, type LearnedWeights } from './learnedWeights.ts'
import { createSynapse, type Synapse, weightShape } from './synapse.ts'

export interface NetworkLayer {
  readonly plan: LayerPlan
  readonly size: ActivitySize
  readonly learned: readonly Learned[]
  readonly record: NeuronRecord
  /** What a spike in `record` counts: 1, or, where dropout of spikes acts, what is left of them 1 / (1 - dropout). */
  readonly spikeValue: number
  /** Spikes as they leave the layer, shifted and delayed. */
  readonly output: Block
  /** Where the gradient of `output` is written before `backward`. */
  readonly outputGradient: Block
  forward(input: Block, dropoutSeed: number | null): void
  /**
   * @param inputGradient where the gradient of the input goes; null: nobody needs it
   * @param sparsity added to the gradient of every spike
   */
  backward(input: Block, inputGradient: Block | null, sparsity: number): void
  /** Spikes of each neuron that reached the layer itself, where it is recurrent; otherwise null. */
  ownArrivals(): Float32Array | null
}

export const createNetworkLayer = (
  kernels: KernelSet,
  plan: LayerPlan,
  steps: number,
  batch: number,
  seed: number,
): NetworkLayer => new KernelLayer(kernels, plan, steps, batch, seed)

class KernelLayer implements NetworkLayer {
  readonly plan: LayerPlan
  readonly size: ActivitySize
  readonly learned: readonly Learned[]
  readonly record: NeuronRecord
  readonly output: Block
  readonly #kernels: KernelSet
  readonly #synapse: Synapse
  readonly #weights: LearnedWeights | null
  readonly #ownWeights: LearnedWeights | null
  readonly #decays: DecayBlocks
  readonly #learnedDecays: readonly Learned[]
  readonly #decayGradients: DecayBlocks | null
  readonly #delays: Learned | null
  readonly #currents: Block
  readonly #spikeGradient: Block
  readonly #mask: { readonly block: Block; readonly values: Float32Array } | null
  #masked = false

  constructor(kernels: KernelSet, plan: LayerPlan, steps: number, batch: number, seed: number) {
    const { output, neuron } = plan
    const neurons = sizeOf(output)
    const shape = [steps, batch, neurons]
    const learnsDecays = neuron.decays !== 'fixed'
    this.#kernels = kernels
    this.plan = plan
    this.size = { steps, batch, neurons, channels: output.channels }
    this.#synapse = createSynapse(kernels, plan, steps, batch)
    const weightsOf = (
      what: 'weights' | 'recurrentWeights',
      lengths: string,
      of: { shape: readonly number[]; fanIn: number } | null,
    ): LearnedWeights | null =>
      of === null
        ? null
        : createLearnedWeights(
            kernels,
            { weights: `${plan.name}.${what}`, lengths: `${plan.name}.${lengths}` },
            of.shape,
            {
              weightNormalisation: plan.weightNormalisation,
              quantised: neuron.quantised,
              bound: plan.weightGain / Math.sqrt(of.fanIn),
              seed: deriveSeed(seed, plan.name, what),
            },
          )
    this.#weights = weightsOf('weights', 'lengths', weightShape(plan))
    const own = plan.synapse.type === 'recurrent' ? { shape: [neurons, neurons], fanIn: neurons } : null
    this.#ownWeights = weightsOf('recurrentWeights', 'recurrentLengths', own)
    const decays = createDecays(kernels, plan)
    this.#decays = decays.blocks
    this.#learnedDecays = decays.learned
    this.#decayGradients = decays.gradients
    this.#delays = plan.delays
      ? createLearned(kernels, `${plan.name}.delays`, new Float32Array(output.channels), [output.channels], {
          minimum: 0,
          maximum: LARGEST_DELAY,
          unit: 1,
          shrinks: false,
          ownRate: false,
        })
      : null
    this.learned = [
      ...(this.#weights?.learned ?? []),
      ...(this.#ownWeights?.learned ?? []),
      ...this.#learnedDecays,
      ...(this.#delays === null ? [] : [this.#delays]),
    ]
    this.record = {
      spikes: kernels.block(shape),
      voltage: kernels.block(shape),
      margin: kernels.block(shape),
      current: learnsDecays && neuron.model !== 'lif' ? kernels.block(shape) : null,
    }
    this.#currents = kernels.block(shape)
    this.output = kernels.block(shape)
    this.#spikeGradient = kernels.block(shape)
    this.#mask =
      plan.dropout > 0 ? { block: kernels.block([batch, neurons]), values: new Float32Array(batch * neurons) } : null
  }

  get outputGradient(): Block {
    return this.#currents
  }

  get spikeValue(): number {
    return this.#maskOf('spikes') === null ? 1 : 1 / (1 - this.plan.dropout)
  }

  forward(input: Block, dropoutSeed: number | null): void {
    const kernels = this.#kernels
    const currents = this.#currents
    const { size, record } = this
    this.#drawMask(dropoutSeed)
    this.#weights?.prepare()
    this.#ownWeights?.prepare()
    this.#synapse.forward(input, this.#weights?.acting ?? null, currents)
    if (this.#ownWeights === null) this.#runNeurons(0, size.steps)
    else this.#runSteps(this.#ownWeights.acting)
    kernels.delay.forward(size, record.spikes, this.#delays?.value ?? null, this.output)
  }

  backward(input: Block, inputGradient: Block | null, sparsity: number): void {
    const kernels = this.#kernels
    const currents = this.#currents
    const delays = this.#delays
    const spikeGradient = this.#spikeGradient
    const { size, record } = this
    const delayGradient = delays?.gradient ?? null
    kernels.delay.backward(size, currents, delays?.value ?? null, this.output, spikeGradient, delayGradient)
    if (sparsity !== 0) kernels.spikes.addConstant(spikeGradient, sparsity)
    for (const { gradient } of this.#learnedDecays) kernels.fill(gradient, 0)
    if (this.#ownWeights === null) this.#runNeuronsBack(0, size.steps)
    else {
      this.#runStepsBack(this.#ownWeights.acting)
      const own = { ...size, inputs: size.neurons }
      kernels.dense.weightGradient(own, record.spikes, currents, this.#ownWeights.actingGradient, 1)
      this.#ownWeights.backward()
    }
    if (this.#weights !== null) {
      this.#synapse.weightGradient(input, currents, this.#weights.actingGradient)
      this.#weights.backward()
    }
    if (inputGradient !== null) this.#synapse.inputGradient(currents, this.#weights?.acting ?? null, inputGradient)
  }

  ownArrivals(): Float32Array | null {
    if (this.#ownWeights === null) return null
    // the block of gradients is free until the next way back
    this.#kernels.delay.forward(this.size, this.record.spikes, null, this.#spikeGradient)
    const sums = this.#kernels.spikes.perNeuron(this.size, this.#spikeGradient)
    return sums.map((sum) => Math.round(sum / this.spikeValue))
  }

  #runSteps(ownWeights: Block): void {
    const kernels = this.#kernels
    const currents = this.#currents
    const { size, record } = this
    const own = { ...size, inputs: size.neurons }
    for (let step = 0; step < size.steps; step++) {
      const range = { from: step, to: step + 1 }
      if (step > 0) kernels.dense.forward(own, range, record.spikes, ownWeights, currents, true, 1)
      this.#runNeurons(step, step + 1)
    }
  }

  #runStepsBack(ownWeights: Block): void {
    const kernels = this.#kernels
    const currents = this.#currents
    const spikeGradient = this.#spikeGradient
    const { size } = this
    const own = { ...size, inputs: size.neurons }
    for (let step = size.steps - 1; step >= 0; step--) {
      const range = { from: step, to: step + 1 }
      if (step + 1 < size.steps) {
        kernels.dense.inputGradient(own, range, currents, ownWeights, spikeGradient, true, 1)
      }
      this.#runNeuronsBack(step, step + 1)
    }
  }

  #runNeurons(from: number, to: number): void {
    const kernels = this.#kernels
    const decays = this.#decays
    const currents = this.#currents
    const { size, plan, record } = this
    const range = { from, to }
    kernels.neurons.forward(size, range, plan.neuron, decays, currents, this.#maskOf('currents'), record)
    const mask = this.#maskOf('spikes')
    if (mask !== null) kernels.spikes.mask(size, range, record.spikes, mask)
  }

  #runNeuronsBack(from: number, to: number): void {
    const kernels = this.#kernels
    const decays = this.#decays
    const currents = this.#currents
    const spikeGradient = this.#spikeGradient
    const decayGradients = this.#decayGradients
    const { size, plan, record } = this
    const [range, ofSpikes, mask] = [{ from, to }, this.#maskOf('spikes'), this.#maskOf('currents')]
    if (ofSpikes !== null) kernels.spikes.mask(size, range, spikeGradient, ofSpikes)
    kernels.neurons.backward(size, range, plan.neuron, decays, record, spikeGradient, mask, currents, decayGradients)
  }

  #maskOf(what: LayerPlan['dropoutOf']): Block | null {
    return this.#masked && this.plan.dropoutOf === what ? (this.#mask?.block ?? null) : null
  }

  #drawMask(dropoutSeed: number | null): void {
    this.#masked = this.#mask !== null && dropoutSeed !== null
    if (this.#mask === null || dropoutSeed === null) return
    const { dropout, name } = this.plan
    const { next } = createGenerator(deriveSeed(dropoutSeed, name))
    const kept = 1 / (1 - dropout)
    for (let index = 0; index < this.#mask.values.length; index++) {
      this.#mask.values[index] = next() < dropout ? 0 : kept
    }
    this.#kernels.write(this.#mask.block, this.#mask.values)
  }
}
