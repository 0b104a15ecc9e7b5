import {
  actingDecay,
  stepConstants,
  type StepConstants,
  surrogateWidth,
} from '../../../src-core/layered/neuronConstants.ts'
import type { NeuronPlan } from '../../../src-core/layered/networkPlan.ts'
import type {
  ActivitySize,
  Block,
  DecayBlocks,
  KernelSet,
  NeuronRecord,
} from '../../../src-worker/engines/layered/kernelSet.ts'
import { type NeuronState, neuronStep, restingState } from './neuronStep.ts'
import { at, valuesOf } from './referenceBlock.ts'
import { surrogates } from './surrogateGradients.ts'

/** Adjoints of voltage and current in the step after, [batch][neurons]. */
interface Adjoints {
  readonly voltage: Float64Array
  readonly current: Float64Array
}

/** Neurons one by one through `neuronStep`; states in double precision, kept between ranges by record. */
export const createReferenceNeurons = (): KernelSet['neurons'] => {
  const states = new WeakMap<NeuronRecord, NeuronState[]>()
  const adjoints = new WeakMap<NeuronRecord, Adjoints>()
  return {
    forward(size, range, neuron, decays, currents, mask, record) {
      const width = size.batch * size.neurons
      const constants = constantsOfChannels(size, neuron, decays)
      const constantsOf = (index: number): StepConstants => constants[index % size.channels] as StepConstants
      const state =
        range.from === 0
          ? Array.from({ length: width }, (_, index) => restingState(constantsOf(index)))
          : kept(states, record)
      states.set(record, state)
      const [inputs, maskValues] = [valuesOf(currents), mask === null ? null : valuesOf(mask)]
      const written = writerOf(record)
      for (let step = range.from; step < range.to; step++) {
        for (let index = 0; index < width; index++) {
          const place = step * width + index
          const input = at(inputs, place)
          const masked = maskValues === null ? input : Math.fround(input * at(maskValues, index))
          const after = neuronStep(state[index] as NeuronState, masked, constantsOf(index))
          state[index] = after.state
          written(place, after.output)
        }
      }
    },

    backward(size, range, neuron, decays, record, spikeGradient, mask, currentGradient, decayGradients) {
      const width = size.batch * size.neurons
      const { tau, scale } = surrogateWidth(neuron)
      const { derivative } = surrogates[neuron.surrogate]
      const [keptVoltage, keptCurrent] = [keptShares(neuron, decays.voltage), keptShares(neuron, decays.current)]
      const after =
        range.to === size.steps
          ? { voltage: new Float64Array(width), current: new Float64Array(width) }
          : kept(adjoints, record)
      adjoints.set(record, after)
      const [margins, gradients, inputGradients] = [record.margin, spikeGradient, currentGradient].map(valuesOf) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      const maskValues = mask === null ? null : valuesOf(mask)
      const sums = decayGradients === null ? null : decaySums(neuron, record, decayGradients)
      for (let step = range.to - 1; step >= range.from; step--) {
        for (let index = 0; index < width; index++) {
          const place = step * width + index
          const channel = index % size.channels
          sums?.(place, channel, at(after.voltage, index), at(after.current, index))
          const fromSpike = at(gradients, place) * derivative(at(margins, place), tau, scale)
          const voltage = at(keptVoltage, channel % keptVoltage.length) * at(after.voltage, index) + fromSpike
          const current =
            neuron.model === 'lif'
              ? voltage
              : at(keptCurrent, channel % keptCurrent.length) * at(after.current, index) + voltage
          after.voltage[index] = voltage
          after.current[index] = current
          inputGradients[place] = current * (maskValues === null ? 1 : at(maskValues, index))
        }
      }
    },
  }
}

const constantsOfChannels = ({ channels }: ActivitySize, neuron: NeuronPlan, decays: DecayBlocks): StepConstants[] => {
  const [current, voltage] = [valuesOf(decays.current), valuesOf(decays.voltage)]
  return Array.from({ length: channels }, (_, channel) =>
    stepConstants(neuron, at(current, channel % current.length), at(voltage, channel % voltage.length)),
  )
}

const writerOf = ({
  spikes,
  voltage,
  margin,
  current,
}: NeuronRecord): ((place: number, output: ReturnType<typeof neuronStep>['output']) => void) => {
  const [spikeValues, voltages, margins] = [valuesOf(spikes), valuesOf(voltage), valuesOf(margin)]
  const currents = current === null ? null : valuesOf(current)
  return (place, output) => {
    spikeValues[place] = output.spike
    voltages[place] = output.voltage
    margins[place] = output.margin
    if (currents !== null) currents[place] = output.current
  }
}

/** What the decays leave of a state. */
const keptShares = (neuron: NeuronPlan, decays: Block): Float64Array =>
  Float64Array.from(valuesOf(decays), (decay) => 1 - actingDecay(neuron, decay))

/**
 * Adds adjoint[t + 1] state[t] to the gradient of a decay: lava-dl's, -4096 times the derivative by the decay as learned; or
 * takes it away (exact), with the membrane potential that a spike of cuba or lif left, resets carrying no gradient.
 */
const decaySums = (
  neuron: NeuronPlan,
  record: NeuronRecord,
  gradients: DecayBlocks,
): ((place: number, channel: number, voltageAdjoint: number, currentAdjoint: number) => void) => {
  const { model, subtract } = neuron
  if (model !== 'lif' && record.current === null) throw new TypeError('The gradient of a decay needs the current.')
  const [voltages, voltageSums, currentSums] = [record.voltage, gradients.voltage, gradients.current].map(valuesOf) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const currents = record.current === null || model === 'lif' ? null : valuesOf(record.current)
  const exact = neuron.decayGradient === 'exact'
  const margins = valuesOf(record.margin)
  const leaving = (place: number): number => {
    const margin = at(margins, place)
    return exact && model !== 'alif' && margin > 0 ? (subtract ? margin : 0) : at(voltages, place)
  }
  const add = (sums: Float32Array, channel: number, amount: number): void => {
    const index = channel % sums.length
    sums[index] = at(sums, index) + (exact ? -amount : amount)
  }
  return (place, channel, voltageAdjoint, currentAdjoint) => {
    add(voltageSums, channel, voltageAdjoint * leaving(place))
    if (currents !== null) add(currentSums, channel, currentAdjoint * at(currents, place))
  }
}

const kept = <Value>(values: WeakMap<NeuronRecord, Value>, record: NeuronRecord): Value => {
  const value = values.get(record)
  if (value === undefined) throw new RangeError('A range that goes on needs the range before it.')
  return value
}
