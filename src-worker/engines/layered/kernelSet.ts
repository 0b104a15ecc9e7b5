/**
 * What an engine of layered networks computes with. There are several sets, on several devices; one contract suite tests
 * them all. Every operation writes into blocks that exist already, so that a step of training allocates nothing, and no
 * operation reads from a block that it writes, unless it says so.
 *
 * Activity is laid out [steps][batch][neurons], the channels of a place side by side: a step, or a range of steps, lies
 * in one piece, and a product over all steps is one product of `steps * batch` rows.
 */
import type { LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import type { NeuronPlan } from '../../../src-core/layered/networkPlan.ts'

/** Numbers of single precision where the set computes, row by row. */
export interface Block {
  readonly shape: readonly number[]
  /** Product of the shape. */
  readonly size: number
}

/** Steps from `from` up to but not including `to`. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

export interface DenseSize {
  readonly steps: number
  readonly batch: number
  readonly inputs: number
  readonly neurons: number
}

/** Weights [kernel][kernel][input channels][output channels]; padding with zeros on each side. */
export interface ConvSize {
  readonly steps: number
  readonly batch: number
  readonly input: LayerShape
  readonly output: LayerShape
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  /** fourier: a set may compute gradients by the convolution theorem where that is faster; direct: window by window. */
  readonly gradient: 'fourier' | 'direct'
}

/** Windows that reach beyond the input have zeros there; rows and columns that no window reaches have no part. */
export interface PoolSize {
  readonly steps: number
  readonly batch: number
  readonly input: LayerShape
  readonly output: LayerShape
  readonly kernel: number
  readonly stride: number
  readonly weight: number
}

export interface ActivitySize {
  readonly steps: number
  readonly batch: number
  readonly neurons: number
  /** Neurons of the same channel are `channels` apart; divides `neurons`. */
  readonly channels: number
}

/** Decays of a layer, as they are learned: times 4096 (lava-dl), one value or one for each channel. */
export interface DecayBlocks {
  readonly current: Block
  readonly voltage: Block
}

/** What a scan over time writes, each [steps][batch][neurons]. */
export interface NeuronRecord {
  readonly spikes: Block
  /** Membrane potential before what a spike does to it. */
  readonly voltage: Block
  /** Membrane potential minus threshold minus refractory state, as it was compared with 0. */
  readonly margin: Block
  /** State of the current; null where the neuron has none, or nobody asks for it. */
  readonly current: Block | null
}

/** Adam (Kingma & Ba 2015) or AdamW (Loshchilov & Hutter 2019), which is the same without weight decay. */
interface AdamSettings {
  readonly learningRate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Decoupled. */
  readonly weightDecay: number
  /** Counted from 1. */
  readonly step: number
  /** The gradient is multiplied by it first, as clipping asks. */
  readonly gradientScale: number
  /** Values are kept between these. */
  readonly minimum: number
  readonly maximum: number
}

export interface KernelSet {
  readonly name: 'reference' | 'wasm' | 'tensorflow'
  /** On what it computes, for people. */
  readonly device: string

  /** A new block of zeros. @throws {OutOfMemory} */
  block(shape: readonly number[]): Block
  /** @throws {RangeError} unless as long as the block */
  write(block: Block, values: Float32Array): void
  /** A copy. */
  read(block: Block): Float32Array
  fill(block: Block, value: number): void
  /**
   * Sets a whole block [steps][batch][inputs] of zeros but for these entries: `steps`, `samples` and `inputs` of equal
   * length, `values` as long or null for 1. Entries may come in any order; of equal ones the last counts.
   */
  writeEvents(
    block: Block,
    steps: Uint16Array,
    samples: Uint16Array,
    inputs: Uint32Array,
    values: Float32Array | null,
  ): void
  /** Gives everything back that was allocated. The set is of no use afterwards. */
  dispose(): void

  readonly dense: {
    /**
     * currents = spikes weights, weights [inputs][neurons], over the steps of the currents in the range; `add`: +=.
     * `shift`: with the spikes of that many steps before, which are 0 before the first.
     */
    forward(
      size: DenseSize,
      range: StepRange,
      spikes: Block,
      weights: Block,
      currents: Block,
      add: boolean,
      shift: number,
    ): void
    /**
     * inputGradient = gradient weights^T, over the steps of the input gradient in the range; `add`: +=. `shift`: from
     * the gradient of that many steps after, which is 0 after the last.
     */
    inputGradient(
      size: DenseSize,
      range: StepRange,
      gradient: Block,
      weights: Block,
      inputGradient: Block,
      add: boolean,
      shift: number,
    ): void
    /** weightGradient = spikes^T gradient, over all steps and samples; `shift`: with the spikes of that many steps before. */
    weightGradient(size: DenseSize, spikes: Block, gradient: Block, weightGradient: Block, shift: number): void
  }
  readonly conv: {
    forward(size: ConvSize, spikes: Block, weights: Block, currents: Block): void
    inputGradient(size: ConvSize, gradient: Block, weights: Block, inputGradient: Block): void
    weightGradient(size: ConvSize, spikes: Block, gradient: Block, weightGradient: Block): void
  }
  readonly pool: {
    forward(size: PoolSize, spikes: Block, currents: Block): void
    inputGradient(size: PoolSize, gradient: Block, inputGradient: Block): void
  }
  readonly neurons: {
    /**
     * Runs the neurons over a range of steps: of the whole from 0, or of the next piece, from the state in which the
     * last call for the same `record` left them. The equations are those of `neuronStep`.
     * @param currents of which it reads the range
     * @param mask [batch][neurons] factors of the currents (dropout), the product in single precision; null: all 1
     */
    forward(
      size: ActivitySize,
      range: StepRange,
      neuron: NeuronPlan,
      decays: DecayBlocks,
      currents: Block,
      mask: Block | null,
      record: NeuronRecord,
    ): void
    /**
     * The gradient of the currents from that of the spikes, last step first, over the range; a piece goes on from where
     * the last call for the same `record`, for the steps after it, ended.
     * @param decayGradients added to where given: `record.current` must be there. lava: the sums of adjoint[t + 1] state[t],
     * with the states as recorded; exact: minus these sums, with the states as a spike left them
     */
    backward(
      size: ActivitySize,
      range: StepRange,
      neuron: NeuronPlan,
      decays: DecayBlocks,
      record: NeuronRecord,
      spikeGradient: Block,
      mask: Block | null,
      currentGradient: Block,
      decayGradients: DecayBlocks | null,
    ): void
  }
  readonly delay: {
    /** delayed[t] = spikes[t - 1 - floor(delay of the channel)], 0 before; `delays` [channels], null: 0. */
    forward(size: ActivitySize, spikes: Block, delays: Block | null, delayed: Block): void
    /**
     * The adjoint of the shift; `delayGradient` [channels], written where given: minus the sum of the gradient times
     * delayed[t] - delayed[t - 1].
     */
    backward(
      size: ActivitySize,
      gradient: Block,
      delays: Block | null,
      delayed: Block,
      spikeGradient: Block,
      delayGradient: Block | null,
    ): void
  }
  readonly weights: {
    /**
     * quantised = nearest multiple of 2/64 in [-256/64, 254/64], of two equally near the even one (lava-dl,
     * `quantiseWeight`); the gradient passes straight through.
     */
    quantise(weights: Block, quantised: Block): void
    /** normalised = lengths * directions / |directions| for each output channel, the last index. lengths [channels]. */
    normalise(directions: Block, lengths: Block, normalised: Block): void
    normaliseGradient(
      directions: Block,
      lengths: Block,
      gradient: Block,
      directionGradient: Block,
      lengthGradient: Block,
    ): void
  }
  readonly spikes: {
    /** Mean over the steps: rates [batch][neurons]. */
    rates(size: ActivitySize, spikes: Block, rates: Block): void
    /** gradient[t] = rateGradient / steps for every step. */
    rateGradient(size: ActivitySize, rateGradient: Block, gradient: Block): void
    /** spikes *= mask in place, over the steps of the range; mask [batch][neurons]: dropout of spikes, or their gradient. */
    mask(size: ActivitySize, range: StepRange, spikes: Block, mask: Block): void
    /** Adds the same number to every entry: the gradient of a penalty on spikes. */
    addConstant(gradient: Block, value: number): void
    /** Spikes of each sample, [batch], of all neurons and steps. */
    perSample(size: ActivitySize, spikes: Block): Float32Array
    /** Spikes of each neuron, [neurons], of all samples and steps. */
    perNeuron(size: ActivitySize, spikes: Block): Float32Array
  }
  readonly optimiser: {
    /** One step in place: values, first and second moments change. */
    adam(values: Block, gradient: Block, first: Block, second: Block, settings: AdamSettings): void
    squaredNorm(block: Block): number
    /** Whether all numbers are finite. */
    isFinite(block: Block): boolean
  }
}
