import type { Stimulus } from './diehlCookNetwork.ts'

/** @throws {RangeError} unless `array` has `length` entries */
export function checkLength(name: string, array: ArrayLike<unknown>, length: number): void {
  if (array.length !== length) throw new RangeError(`${name} has ${array.length} entries, the network needs ${length}`)
}

/**
 * @throws {RangeError} unless the stimulus fits a network: `inputSize` pixels, or at most `steps` lists of spikes whose
 * indices lie below `inputSize` and ascend
 */
export function checkStimulus(stimulus: Stimulus, inputSize: number, steps: number): void {
  if (stimulus.kind === 'image') {
    checkLength('image', stimulus.image, inputSize)
    return
  }
  if (stimulus.spikes.length > steps) {
    throw new RangeError(`a stimulus of ${stimulus.spikes.length} steps does not fit a presentation of ${steps}`)
  }
  stimulus.spikes.forEach((inputs, step) => {
    let last = -1
    for (const input of inputs) {
      if (!Number.isInteger(input) || input <= last || input >= inputSize) {
        throw new RangeError(`input spike ${input} in step ${step}: indices must ascend and lie in 0..${inputSize - 1}`)
      }
      last = input
    }
  })
}
