import type { ProcessorSettings } from '../../../src-core/neuroprocessor/processor.ts'

/** What is added to a charge by an input spike of a value. */
export type InputAmount = (value: number) => number

const checked = (value: number): number => {
  if (value >= 0 && value <= 1) return value
  throw new RangeError(`the value of an input spike is from 0 to 1, not ${value}`)
}

/** @returns a function that throws a RangeError for a value that is not from 0 to 1 */
export const inputAmount = (settings: ProcessorSettings): InputAmount => {
  if (settings.type === 'caspian') return (value) => Math.trunc(checked(value) * 255)
  const { discrete, weights, inputsFromWeights, maxWeight = 0 } = settings
  if (inputsFromWeights && weights !== undefined) {
    return (value) => weights[Math.min(Math.floor(checked(value) * weights.length), weights.length - 1)] ?? 0
  }
  const factor = settings.spikeValueFactor ?? (weights === undefined ? maxWeight : Math.max(...weights))
  return discrete ? (value) => Math.floor(checked(value) * factor) : (value) => checked(value) * factor
}

/** Whether the kernel computes in 32-bit integers; otherwise in 64-bit floating numbers. */
export const isInteger = (settings: ProcessorSettings): boolean => settings.type === 'caspian' || settings.discrete
