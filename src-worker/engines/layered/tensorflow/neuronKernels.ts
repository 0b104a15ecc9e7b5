import type { Tensor } from '@tensorflow/tfjs-core'
import type { NeuronPlan } from '../../../../src-core/layered/networkPlan.ts'
import type { ActivitySize, Block, KernelSet, NeuronRecord, StepRange } from '../kernelSet.ts'
import { keptOf } from './fixedPointTensors.ts'
import { scanBack, surrogateDerivative } from './neuronBackward.ts'
import { scanNeurons } from './neuronForward.ts'
import { tensorBlock, type TensorContext, tensorOf } from './tensorContext.ts'
import type { TensorflowApi } from './tensorComputation.ts'

/** What a range leaves for the next one. */
class KeptTensors {
  readonly #tensors = new Map<NeuronRecord, readonly Tensor[]>()

  of(record: NeuronRecord): readonly Tensor[] {
    const kept = this.#tensors.get(record)
    if (kept === undefined) throw new RangeError('A range that goes on needs the range before it.')
    return kept
  }

  /** `null`: nothing goes on from here. */
  keep(tf: TensorflowApi, record: NeuronRecord, tensors: readonly Tensor[] | null): void {
    const kept = tensors?.map((tensor) => tf.keep(tensor))
    for (const tensor of this.#tensors.get(record) ?? []) tensor.dispose()
    if (kept === undefined) this.#tensors.delete(record)
    else this.#tensors.set(record, kept)
  }

  dispose(): void {
    for (const tensors of this.#tensors.values()) for (const tensor of tensors) tensor.dispose()
    this.#tensors.clear()
  }
}

interface TensorNeurons {
  readonly neurons: KernelSet['neurons']
  dispose(): void
}

export const createNeuronKernels = (context: TensorContext): TensorNeurons => {
  const states = new KeptTensors()
  const adjoints = new KeptTensors()
  const neurons: KernelSet['neurons'] = {
    forward(size, range, neuron, decays, currents, mask, record) {
      context.compute((tf) => {
        const inputs = channelsLast(tf, size, masked(tf, rangeOf(currents, range), mask))
        const tensors = { current: tensorOf(decays.current), voltage: tensorOf(decays.voltage) }
        const [state = null] = range.from === 0 ? [] : states.of(record)
        const result = scanNeurons(tf, neuron, tensors, inputs, state)
        tensorBlock(record.spikes).setRows(range.from, result.spikes)
        tensorBlock(record.voltage).setRows(range.from, result.voltage)
        tensorBlock(record.margin).setRows(range.from, result.margin)
        if (record.current !== null) tensorBlock(record.current).setRows(range.from, result.current)
        states.keep(tf, record, range.to < size.steps ? [result.state] : null)
      })
    },

    backward(size, range, neuron, decays, record, spikeGradient, mask, currentGradient, decayGradients) {
      context.compute((tf) => {
        const goesOn = range.to < size.steps
        const [afterVoltage = null, afterCurrent = null] = goesOn ? adjoints.of(record) : []
        const slope = surrogateDerivative(tf, neuron, rangeOf(record.margin, range))
        const fromSpikes = channelsLast(tf, size, tf.mul(rangeOf(spikeGradient, range), slope))
        const keep = (block: Block): Tensor => keptOf(tf, tensorOf(block), neuron.quantised).share
        const voltage = scanBack(tf, fromSpikes, keep(decays.voltage), afterVoltage)
        const current = neuron.model === 'lif' ? voltage : scanBack(tf, voltage, keep(decays.current), afterCurrent)
        const gradient = tf.reshape(current, [range.to - range.from, size.batch, size.neurons])
        tensorBlock(currentGradient).setRows(range.from, masked(tf, gradient, mask))
        if (decayGradients !== null) {
          const exact = neuron.decayGradient === 'exact'
          const voltages = rangeOf(record.voltage, range)
          const left = exact ? leftBySpikes(tf, neuron, voltages, rangeOf(record.margin, range)) : voltages
          const states = channelsLast(tf, size, left)
          addDecayGradient(tf, decayGradients.voltage, voltage, afterVoltage, states, exact ? -1 : 1)
          if (neuron.model !== 'lif') {
            if (record.current === null) throw new TypeError('The gradient of a decay needs the current.')
            const currents = channelsLast(tf, size, rangeOf(record.current, range))
            addDecayGradient(tf, decayGradients.current, current, afterCurrent, currents, exact ? -1 : 1)
          }
        }
        const first = (adjoint: Tensor): Tensor => tf.reshape(tf.slice(adjoint, 0, 1), adjoint.shape.slice(1))
        adjoints.keep(tf, record, range.from > 0 ? [first(voltage), first(current)] : null)
      })
    },
  }
  return {
    neurons,
    dispose() {
      states.dispose()
      adjoints.dispose()
    },
  }
}

const rangeOf = (block: Block, { from, to }: StepRange): Tensor => tensorBlock(block).rows(from, to)

const masked = (tf: TensorflowApi, values: Tensor, mask: Block | null): Tensor =>
  mask === null ? values : tf.mul(values, tensorOf(mask))

/** [steps][rows][channels], so that what is one for each channel spreads over the last index. */
const channelsLast = (tf: TensorflowApi, { channels }: ActivitySize, values: Tensor): Tensor => {
  const [steps = 1] = values.shape
  return tf.reshape(values, [steps, -1, channels])
}

/** The membrane potentials that spikes of cuba and lif leave. */
const leftBySpikes = (tf: TensorflowApi, { model, subtract }: NeuronPlan, voltage: Tensor, margin: Tensor): Tensor => {
  if (model === 'alif') return voltage
  return tf.where(tf.greater(margin, 0), subtract ? margin : tf.zerosLike(voltage), voltage)
}

/** Adds the sums of adjoint[t + 1] state[t], with a sign: 1 lava-dl's, -4096 times the derivative by the decay as learned. */
const addDecayGradient = (
  tf: TensorflowApi,
  target: Block,
  adjoint: Tensor,
  after: Tensor | null,
  states: Tensor,
  sign: 1 | -1,
): void => {
  const [steps = 1, ...row] = adjoint.shape
  const last = tf.reshape(after ?? tf.zeros(row), [1, ...row])
  const later = steps === 1 ? last : tf.concat([tf.slice(adjoint, [1, 0, 0], [steps - 1, ...row]), last], 0)
  const products = tf.mul(later, states)
  const sums = target.size === 1 ? tf.reshape(tf.sum(products), [1]) : tf.sum(products, [0, 1])
  const before = tensorOf(target)
  const change = tf.reshape(sums, [...target.shape])
  tensorBlock(target).set(sign === 1 ? tf.add(before, change) : tf.sub(before, change))
}
