import { actingDecay, neuronStep, restingState, stepConstants } from '../../../../src-core/layered/neuronStep.ts'
import type { NeuronState, StepConstants } from '../../../../src-core/layered/neuronStep.ts'
import type { NeuronPlan } from '../../../../src-core/layered/networkPlan.ts'
import { surrogates, surrogateWidth } from '../../../../src-core/layered/surrogates.ts'
import type { ActivitySize, DecayBlocks, KernelSet, NeuronRecord } from '../kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

/** Adjoints of voltage and current in the step after, [batch][neurons]. */
interface Adjoints {
  readonly voltage: Float64Array
  readonly current: Float64Array
}

/** Neurons one by one through `neuronStep`; states in double precision, kept between ranges by record. */
export function createReferenceNeurons(): KernelSet['neurons'] {
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
      const keep = (block: DecayBlocks['current'], index: number): number => {
        const values = valuesOf(block)
        return 1 - actingDecay(neuron, at(values, (index % size.channels) % values.length))
      }
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
      const sums = decayGradients === null ? null : decaySums(size, neuron, record, decayGradients)
      for (let step = range.to - 1; step >= range.from; step--) {
        for (let index = 0; index < width; index++) {
          const place = step * width + index
          sums?.(place, index % size.channels, at(after.voltage, index), at(after.current, index))
          const fromSpike = at(gradients, place) * derivative(at(margins, place), tau, scale)
          const voltage = keep(decays.voltage, index) * at(after.voltage, index) + fromSpike
          const current =
            neuron.model === 'lif' ? voltage : keep(decays.current, index) * at(after.current, index) + voltage
          after.voltage[index] = voltage
          after.current[index] = current
          inputGradients[place] = current * (maskValues === null ? 1 : at(maskValues, index))
        }
      }
    },
  }
}

function constantsOfChannels({ channels }: ActivitySize, neuron: NeuronPlan, decays: DecayBlocks): StepConstants[] {
  const [current, voltage] = [valuesOf(decays.current), valuesOf(decays.voltage)]
  return Array.from({ length: channels }, (_, channel) =>
    stepConstants(neuron, at(current, channel % current.length), at(voltage, channel % voltage.length)),
  )
}

function writerOf({
  spikes,
  voltage,
  margin,
  current,
}: NeuronRecord): (place: number, output: ReturnType<typeof neuronStep>['output']) => void {
  const [spikeValues, voltages, margins] = [valuesOf(spikes), valuesOf(voltage), valuesOf(margin)]
  const currents = current === null ? null : valuesOf(current)
  return (place, output) => {
    spikeValues[place] = output.spike
    voltages[place] = output.voltage
    margins[place] = output.margin
    if (currents !== null) currents[place] = output.current
  }
}

/** Adds adjoint[t + 1] state[t] to the gradient of a decay: lava-dl's, times -4096 the derivative by the decay as learned. */
function decaySums(
  { channels }: ActivitySize,
  { model }: NeuronPlan,
  record: NeuronRecord,
  gradients: DecayBlocks,
): (place: number, channel: number, voltageAdjoint: number, currentAdjoint: number) => void {
  const add = (block: DecayBlocks['current'], channel: number, amount: number): void => {
    const values = valuesOf(block)
    const index = channel % Math.min(values.length, channels)
    values[index] = at(values, index) + amount
  }
  if (model !== 'lif' && record.current === null) throw new TypeError('The gradient of a decay needs the current.')
  const voltages = valuesOf(record.voltage)
  const currents = record.current === null || model === 'lif' ? null : valuesOf(record.current)
  return (place, channel, voltageAdjoint, currentAdjoint) => {
    add(gradients.voltage, channel, voltageAdjoint * at(voltages, place))
    if (currents !== null) add(gradients.current, channel, currentAdjoint * at(currents, place))
  }
}

function kept<Value>(values: WeakMap<NeuronRecord, Value>, record: NeuronRecord): Value {
  const value = values.get(record)
  if (value === undefined) throw new RangeError('A range that goes on needs the range before it.')
  return value
}
