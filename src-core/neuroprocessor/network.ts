/** A network of a neuromorphic processor: neurons, and synapses between any of them. */
export interface NeuroNetwork {
  /** By id from the least on; ids may have gaps. */
  readonly neurons: readonly {
    readonly id: number
    readonly threshold: number
    /** RISP: 1 where the charge does not outlast a step, otherwise 0. Caspian: -1 to 4, the time constant is 2^leak, -1: none. */
    readonly leak: number
    /** In steps; of Caspian. */
    readonly axonalDelay: number
  }[]
  /** Ids of the neurons that take input, in the order of the encoder. */
  readonly inputs: readonly number[]
  /** Ids of the neurons that are read, in the order of the decoder. A neuron may be both. */
  readonly outputs: readonly number[]
  /** At most one from a neuron to another, or to itself. */
  readonly synapses: readonly {
    readonly from: number
    readonly to: number
    /** With a table of weights: its place in the table. */
    readonly weight: number
    /** In steps. */
    readonly delay: number
  }[]
}
