import type { InputEvents } from '../encoding/inputEvents.ts'
import type { Stimulus } from './diehlCookNetwork.ts'

/** @throws {RangeError} unless `array` has `length` entries */
export const checkLength = (name: string, array: ArrayLike<unknown>, length: number): void => {
  if (array.length !== length) throw new RangeError(`${name} has ${array.length} entries, the network needs ${length}`)
}

/**
 * @throws {RangeError} unless the stimulus fits a network: `inputSize` pixels, or spikes in rising order of steps below
 * `steps`, and in a step of inputs below `inputSize`
 */
export const checkStimulus = (stimulus: Stimulus, inputSize: number, steps: number): void => {
  if (stimulus.kind === 'image') checkLength('image', stimulus.image, inputSize)
  else checkSpikes(stimulus.spikes, inputSize, steps)
}

const checkSpikes = ({ steps: when, inputs }: InputEvents, inputSize: number, steps: number): void => {
  if (when.length !== inputs.length) {
    throw new RangeError(`${inputs.length} input spikes have ${when.length} steps`)
  }
  let lastStep = 0
  let lastInput = -1
  for (let spike = 0; spike < when.length; spike++) {
    const step = when[spike] ?? 0
    const input = inputs[spike] ?? 0
    if (step !== lastStep) lastInput = -1
    if (step < lastStep || step >= steps) {
      throw new RangeError(`input spike ${spike} in step ${step}: steps must rise and lie in 0..${steps - 1}`)
    }
    if (input <= lastInput || input >= inputSize) {
      throw new RangeError(`input spike ${input} in step ${step}: indices must ascend and lie in 0..${inputSize - 1}`)
    }
    lastStep = step
    lastInput = input
  }
}
