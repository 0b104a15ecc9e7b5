import type { InputAmount } from './amounts.ts'

/** As the kernel reads an input spike. */
export const spikeBytes = 16

/** Samples as input spikes, one after the other; those of a sample may be in any order. */
export interface EncodedSamples {
  /** Where the spikes of each sample begin; one more, where the last ones end. */
  readonly offsets: ArrayLike<number>
  /** Of each spike: its step, its input, and its value from 0 to 1. */
  readonly steps: ArrayLike<number>
  readonly inputs: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** Samples as the kernel reads them: 16 bytes a spike, those of a sample by their step. */
export interface PreparedSamples {
  readonly count: number
  readonly offsets: Uint32Array
  readonly spikes: ArrayBuffer
  /** One more than the greatest input. */
  readonly inputs: number
}

/** @throws {RangeError} when the samples are not what they should be */
export const prepareSamples = (samples: EncodedSamples, amountOf: InputAmount, integer: boolean): PreparedSamples => {
  const { steps, inputs, values } = samples
  const offsets = Uint32Array.from(samples.offsets)
  const total = steps.length
  if (inputs.length !== total || values.length !== total || offsets[0] !== 0 || offsets.at(-1) !== total) {
    throw new RangeError(
      `${total} steps, ${inputs.length} inputs and ${values.length} values are not ${offsets.at(-1) ?? 0} spikes`,
    )
  }
  const spikes = new ArrayBuffer(total * spikeBytes)
  const view = new DataView(spikes)
  let greatest = -1
  for (let sample = 0; sample + 1 < offsets.length; sample++) {
    const [from, to] = [offsets[sample] ?? 0, offsets[sample + 1] ?? 0]
    if (to < from) throw new RangeError(`the spikes of sample ${sample} end before they begin`)
    const order = Array.from({ length: to - from }, (_, place) => from + place)
    order.sort((one, other) => (steps[one] ?? 0) - (steps[other] ?? 0))
    for (const [place, at] of order.entries()) {
      const step = steps[at] ?? NaN
      const input = inputs[at] ?? NaN
      writeSpike(view, from + place, { step, input, amount: amountOf(values[at] ?? NaN) }, integer)
      greatest = Math.max(greatest, input)
    }
  }
  return { count: Math.max(0, offsets.length - 1), offsets, spikes, inputs: greatest + 1 }
}

export interface InputSpike {
  /** From the start of the next run. */
  readonly step: number
  readonly input: number
  readonly amount: number
}

/** Writes a spike as the kernel reads it. @throws {RangeError} unless step and input are whole numbers from 0 */
export const writeSpike = (
  view: DataView,
  place: number,
  { step, input, amount }: InputSpike,
  integer: boolean,
): void => {
  if (!Number.isInteger(step) || step < 0 || step >= 2 ** 31) {
    throw new RangeError(`the step of an input spike is a whole number from 0, not ${step}`)
  }
  if (!Number.isInteger(input) || input < 0) {
    throw new RangeError(`the input of a spike is a whole number from 0, not ${input}`)
  }
  view.setInt32(place * spikeBytes, step, true)
  view.setUint32(place * spikeBytes + 4, input, true)
  if (integer) view.setInt32(place * spikeBytes + 8, amount, true)
  else view.setFloat64(place * spikeBytes + 8, amount, true)
}
