/** Gives a fresh instance of the kernel its memory, constants and tables. */
import { constantNames, diehlCookConstants } from '../../../src-core/diehlCook/diehlCookConstants.ts'
import type { RateEncoding } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters, OneSpikeRule } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import { intervalTables } from '../../../src-core/diehlCook/encodingTables.ts'
import { ImpossibleNetwork, OutOfMemory } from '../../../src-core/diehlCook/networkFailure.ts'
import type { StdpKernel } from './kernel.ts'

const pageBytes = 65536
const addressableBytes = 2 ** 32
const oneSpikeNumbers: Readonly<Record<OneSpikeRule, number>> = { off: 0, lowestIndex: 1, random: 2 }

/**
 * Configures a fresh instance; its weights are all 0.
 * @throws {ImpossibleNetwork} when no network can have these parameters, or it would not fit 4 GiB
 * @throws {OutOfMemory} when this machine refuses the memory
 * @throws {RangeError} when the encoding has no whole number of steps from 1, or no rate of 0 Hz or more
 */
export const configureKernel = (
  instance: StdpKernel,
  parameters: DiehlCookParameters,
  encoding: RateEncoding,
): void => {
  const constants = diehlCookConstants(parameters)
  const tables = intervalTables(encoding, parameters.dtMs)
  reserveMemory(instance, parameters, encoding.steps)
  for (const name of constantNames) instance[name].value = constants[name]
  instance.oneSpike.value = oneSpikeNumbers[parameters.oneSpike]
  instance.byDistance.value = Number(parameters.inhibition === 'distance')
  // A longer interval than a presentation is none.
  instance.resetInterval.value = Math.min(parameters.resetIntervalSteps, encoding.steps)
  new Uint32Array(instance.memory.buffer, instance.cumulative.value).set(tables.cumulative)
  new Uint8Array(instance.memory.buffer, instance.audible.value).set(tables.audible)
  instance.prepare()
}

/**
 * Lays out the memory of a fresh instance, and takes it.
 * @throws {ImpossibleNetwork} when it would not fit 4 GiB
 * @throws {OutOfMemory} when this machine refuses the memory
 */
export const reserveMemory = (
  kernel: StdpKernel,
  { inputSize, neurons }: Pick<DiehlCookParameters, 'inputSize' | 'neurons'>,
  steps: number,
): void => {
  const bytes = Math.max(inputSize, neurons, steps) < 2 ** 30 ? kernel.layOut(inputSize, neurons, steps) : Infinity
  const description = `${neurons} neurons, ${inputSize} inputs and ${steps} steps`
  if (bytes > addressableBytes) {
    throw new ImpossibleNetwork(`${description} need more than the 4 GiB that a network may take`)
  }
  const pages = Math.max(0, Math.ceil((bytes - kernel.memory.buffer.byteLength) / pageBytes))
  withinMemory(description, () => kernel.memory.grow(pages))
}

/**
 * Does what allocates memory for a network.
 * @throws {OutOfMemory} in place of the RangeError of a refused allocation
 */
export const withinMemory = <Result>(description: string, allocate: () => Result): Result => {
  try {
    return allocate()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new OutOfMemory(`this machine has no memory left for ${description}`, { cause })
  }
}
