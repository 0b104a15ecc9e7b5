/** The order in which the neurons of a layer are drawn. */

export const neuronOrders = ['index', 'rate', 'class'] as const
export type NeuronOrder = (typeof neuronOrders)[number]

interface NeuronFacts {
  readonly neurons: number
  /** [neurons] */
  readonly spikes: ArrayLike<number>
  /** [neurons], -1: none; null where the layer's neurons have no classes. */
  readonly classes: ArrayLike<number> | null
}

const unassigned = Number.MAX_SAFE_INTEGER

/**
 * Neurons from the top row down: by index; by spikes, most first; or by class, unassigned last and most spikes first
 * within one. Ties keep their index; without classes, `class` is `rate`.
 */
export const orderNeurons = ({ neurons, spikes, classes }: NeuronFacts, order: NeuronOrder): Uint32Array => {
  const indices = Uint32Array.from({ length: neurons }, (_, neuron) => neuron)
  if (order === 'index') return indices
  const classOf = (neuron: number): number => {
    const assigned = classes?.[neuron] ?? -1
    return assigned < 0 ? unassigned : assigned
  }
  const bySpikes = (a: number, b: number): number => (spikes[b] ?? 0) - (spikes[a] ?? 0) || a - b
  return order === 'rate' ? indices.sort(bySpikes) : indices.sort((a, b) => classOf(a) - classOf(b) || bySpikes(a, b))
}

/** [neurons]: the row of each neuron, for neurons listed from the top row down. */
export const rowsOf = (order: Uint32Array): Uint32Array => {
  const rows = new Uint32Array(order.length)
  for (const [row, neuron] of order.entries()) rows[neuron] = row
  return rows
}
