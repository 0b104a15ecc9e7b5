import type { InputEvents } from '../../../src-core/encoding/inputEvents.ts'
import type { NetworkPlan } from '../../../src-core/layered/networkPlan.ts'
import type { Tensors } from '../../../src-core/networkFile/tensor.ts'

export interface UpdateSettings {
  readonly learningRate: number
  /** Times `learningRate`: that of decays learned by their exact gradient, in natural units; 1 unless given. */
  readonly decayLearningRateFactor?: number
  /** Decoupled (AdamW); 0: Adam. */
  readonly weightDecay: number
  /** Largest Euclidean norm of the gradient of all parameters; null: unlimited. */
  readonly clipNorm: number | null
  /** Those of Adam; 0.9 and 0.999 unless given. */
  readonly firstMomentDecay?: number
  readonly secondMomentDecay?: number
}

export interface LayerRecording {
  /** By rising step, then by rising neuron. */
  readonly spikes: { readonly neurons: Uint32Array; readonly steps: Uint32Array }
  /** [traced][steps]. */
  readonly voltage: readonly Float32Array[]
  /** [traced][steps]: threshold and refractory state. */
  readonly threshold: readonly Float32Array[]
}

/** A layered network and what trains it, on one kernel set. Batches may be of any size up to `batchSize`. */
export interface LayeredNetwork {
  readonly plan: NetworkPlan
  readonly batchSize: number
  /** On what it computes, for people. */
  readonly device: string

  /**
   * Shows a batch.
   * @param dropoutSeed what neurons are left out is drawn from it; null: none, as in testing
   */
  forward(batch: readonly InputEvents[], dropoutSeed: number | null): void
  /** Mean spikes a step of each class, [batch][classes], of the last batch. */
  outputRates(): Float32Array
  /** Spikes of each sample of the last batch in a layer, [batch]; `input` is one too. */
  spikesPerSample(layer: string): Float32Array
  /** Spikes of each neuron of a layer over the last batch, [neurons]. */
  spikesPerNeuron(layer: string): Float32Array
  /** Additions that the last batch's spikes cause: spikes of each layer's input times the synapses that each reaches. */
  synapticOperations(): number
  /**
   * Gradients of everything learned, from that of the output rates, [batch][classes].
   * @param sparsity derivative of the loss by each spike of each hidden neuron, 0 for none
   * @param add adds to the gradients of the call before: the last batch was a further piece of the same batch
   */
  backward(rateGradient: Float32Array, sparsity: number, add?: boolean): void
  /** One step of Adam with the last gradients. */
  update(settings: UpdateSettings): void

  /** What is learned: `<layer>.weights`, `<layer>.delays`, `<layer>.currentDecay`, ... in natural units. */
  parameters(): Tensors
  /** The gradients of the last `backward`, under the same names. */
  gradients(): Tensors
  /** @throws {RangeError} when these are not the tensors of such a network */
  restore(parameters: Tensors): void
  /** All that `update` has changed, as the optimiser has it: values, moments and steps. */
  trainingState(): Tensors
  /** Takes that over from a network of the same plan. @throws {RangeError} when these are not its tensors */
  restoreTraining(state: Tensors): void
  isFinite(): boolean
  /** What one sample of the last batch did in a layer. */
  record(layer: string, sample: number, traced: readonly number[]): LayerRecording
  /** Gives the memory back. */
  dispose(): void
}
