import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorflowApi } from './tensorComputation.ts'

/** A block [steps][batch][inputs] of zeros but for its events; only the events travel to the device. */
export const eventTensor = (
  tf: TensorflowApi,
  shape: readonly number[],
  steps: Uint16Array,
  samples: Uint16Array,
  inputs: Uint32Array,
  values: Float32Array | null,
): Tensor => {
  const [, batch = 1, width = 1] = shape
  const size = shape.reduce((product, length) => product * length, 1)
  const [places, numbers] = [new Int32Array(steps.length), new Float32Array(steps.length)]
  // The last of equal ones counts: from the end on, each place is taken once.
  const taken = new Uint8Array((size >>> 3) + 1)
  let count = 0
  for (let index = steps.length - 1; index >= 0; index--) {
    const place = ((steps[index] ?? 0) * batch + (samples[index] ?? 0)) * width + (inputs[index] ?? 0)
    const [byte, bit] = [place >>> 3, 1 << (place & 7)]
    if (((taken[byte] ?? 0) & bit) !== 0) continue
    taken[byte] = (taken[byte] ?? 0) | bit
    places[count] = place
    numbers[count] = values === null ? 1 : (values[index] ?? 0)
    count++
  }
  if (count === 0) return tf.zeros([size])
  const indices = tf.tensor2d(places.slice(0, count), [count, 1], 'int32')
  return tf.scatterND(indices, tf.tensor1d(numbers.slice(0, count)), [size])
}
