import { actingDecay, stepConstants, surrogateWidth } from '../../../../src-core/layered/neuronConstants.ts'
import type { NeuronPlan, Surrogate } from '../../../../src-core/layered/networkPlan.ts'
import type { ActivitySize, DecayBlocks, KernelSet, NeuronRecord, StepRange } from '../kernelSet.ts'
import type { KernelMemory } from './kernelMemory.ts'
import type { LayeredKernel } from './layeredKernel.ts'
import { blockOf, pointerOf, written } from './wasmBlock.ts'

const models = { alif: 0, cuba: 1, lif: 2 }
/** Kernels by the form of the derivative; its height is a parameter. */
const forms: Readonly<Record<Surrogate, number>> = {
  exponential: 0,
  'fast-sigmoid': 1,
  superspike: 1,
  arctan: 2,
  triangle: 3,
}
/** What a spike leaves of a membrane potential. */
const leaves = { all: 0, nothing: 1, margin: 2 }
/** Columns are taken in pieces of this many. */
const columnsAtOnce = 1024
const stateBytes = 32
const adjointBytes = 8

/** Scans over time. */
export const createNeuronKernels = (kernel: LayeredKernel, memory: KernelMemory): KernelSet['neurons'] => {
  const states = new WeakMap<NeuronRecord, number>()
  const adjoints = new WeakMap<NeuronRecord, number>()

  /** Two tables of what a step keeps of current and voltage, doubles, at `at`. */
  const tabulate = (period: number, { quantised }: NeuronPlan, decays: DecayBlocks, at: number): void => {
    const bytes = (period + columnsAtOnce) * 8
    for (const [index, decay] of [decays.current, decays.voltage].entries()) {
      const block = blockOf(memory, decay)
      kernel.tabulateKept(block.pointer, block.size, period, Number(quantised), at + index * bytes)
    }
  }

  /** Room for what is carried from range to range; null where one call does all steps. */
  const lasting = (
    kept: WeakMap<NeuronRecord, number>,
    record: NeuronRecord,
    size: ActivitySize,
    range: StepRange,
    columnBytes: number,
    begins: boolean,
  ): number | null => {
    if (range.from === 0 && range.to === size.steps) return null
    const known = kept.get(record)
    if (known !== undefined) return known
    if (!begins) throw new RangeError('A range that goes on needs the range before it.')
    const pieces = Math.ceil((size.batch * size.neurons) / columnsAtOnce)
    const pointer = memory.allocate(pieces * columnsAtOnce * columnBytes)
    kept.set(record, pointer)
    return pointer
  }

  return {
    forward(size, range, neuron, decays, currents, mask, record) {
      const period = periodOf(size, decays)
      const width = size.batch * size.neurons
      const kept = lasting(states, record, size, range, stateBytes, range.from === 0)
      const tableBytes = (period + columnsAtOnce) * 8
      const scratch = memory.scratch(2 * tableBytes + columnsAtOnce * stateBytes)
      tabulate(period, neuron, decays, scratch)
      const { restThreshold, thresholdStep } = stepConstants(neuron, 0, 0)
      const keptOf = (decay: number): number => 1 - actingDecay(neuron, decay * 4096)
      kernel.setNeurons(
        restThreshold,
        thresholdStep,
        keptOf(neuron.thresholdDecay),
        keptOf(neuron.refractoryDecay),
        Number(neuron.subtract),
      )
      kernel.neuronsForward(
        models[neuron.model],
        Number(neuron.quantised),
        range.from,
        range.to,
        width,
        period,
        pointerOf(memory, currents),
        mask === null ? 0 : pointerOf(memory, mask),
        written(memory, record.spikes),
        written(memory, record.voltage),
        written(memory, record.margin),
        record.current === null ? 0 : written(memory, record.current),
        scratch,
        scratch + tableBytes,
        kept ?? scratch + 2 * tableBytes,
        Number(kept !== null),
      )
    },

    backward(size, range, neuron, decays, record, spikeGradient, mask, currentGradient, decayGradients) {
      const period = periodOf(size, decays)
      const width = size.batch * size.neurons
      const hasCurrent = neuron.model !== 'lif'
      if (decayGradients !== null && hasCurrent && record.current === null) {
        throw new TypeError('The gradient of a decay needs the current.')
      }
      const kept = lasting(adjoints, record, size, range, adjointBytes, range.to === size.steps)
      // Scratch: tables of doubles, the same as numbers, sums of columns, totals of channels, adjoints of a piece.
      const entries = Math.ceil((period + columnsAtOnce) / 4) * 4
      const [tables, singles] = [0, 2 * entries * 8]
      const sums = singles + 2 * entries * 4
      const totals = sums + 2 * columnsAtOnce * 4
      const own = totals + 2 * entries * 8
      const scratch = memory.scratch(own + columnsAtOnce * adjointBytes)
      tabulate(period, neuron, decays, scratch + tables)
      const tableEntries = period + columnsAtOnce
      kernel.tabulateKeptSingle(scratch + tables, tableEntries, scratch + singles)
      kernel.tabulateKeptSingle(scratch + tables + tableEntries * 8, tableEntries, scratch + singles + entries * 4)
      const { tau, scale } = surrogateWidth(neuron)
      const height = neuron.surrogate === 'superspike' ? scale : scale / (2 * tau)
      const exact = neuron.decayGradient === 'exact'
      const resets = exact && neuron.model !== 'alif'
      const left = resets ? (neuron.subtract ? leaves.margin : leaves.nothing) : leaves.all
      kernel.setSurrogate(forms[neuron.surrogate], 1 / tau, height, models[neuron.model], left)
      if (decayGradients !== null) kernel.fill(scratch + totals, 4 * period, 0)
      kernel.neuronsBackward(
        range.from,
        range.to,
        size.steps,
        width,
        period,
        pointerOf(memory, spikeGradient),
        pointerOf(memory, record.margin),
        mask === null ? 0 : pointerOf(memory, mask),
        written(memory, currentGradient),
        decayGradients === null ? 0 : pointerOf(memory, record.voltage),
        decayGradients === null || record.current === null || !hasCurrent ? 0 : pointerOf(memory, record.current),
        scratch + singles,
        scratch + singles + entries * 4,
        scratch + sums,
        scratch + totals,
        kept ?? scratch + own,
        Number(kept !== null),
      )
      if (decayGradients === null) return
      const { current, voltage } = decayGradients
      const sign = exact ? -1 : 1
      kernel.addDecayGradients(scratch + totals, period, written(memory, voltage), voltage.size, sign)
      if (!hasCurrent) return
      const ofCurrent = scratch + totals + period * 8
      kernel.addDecayGradients(ofCurrent, period, written(memory, current), current.size, sign)
    },
  }
}

/** After how many columns the decays are the same again. */
const periodOf = ({ channels }: ActivitySize, { current, voltage }: DecayBlocks): number =>
  current.size === 1 && voltage.size === 1 ? 1 : channels
