import { OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'

/** The device does not answer any more, and will not in this process: the process must end. */
export class DeviceLost extends Error {
  override readonly name = 'DeviceLost'
}

/** What TensorFlow's allocators say; status 8 is RESOURCE_EXHAUSTED. */
const outOfMemory =
  /\bOOM when allocating|RESOURCE_EXHAUSTED|ResourceExhausted|Invalid TF_Status: 8\b|CUDA_ERROR_OUT_OF_MEMORY|failed to allocate|ran out of memory/i

/** What CUDA and its libraries say when a context is broken, or the GPU has gone. */
const lost =
  /CUDA_ERROR_\w+|cudaError\w*|(CUDNN|CUBLAS|CUSOLVER)_STATUS_\w+|device-side assert|illegal (memory access|instruction)|GPU is lost|launch failure|device kernel image is invalid/i

/** What an error of TensorFlow's means for the trial: memory, the device, or itself. */
export const toDeviceError = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof OutOfMemory || error instanceof DeviceLost) return error
  const { message } = error
  if (outOfMemory.test(message)) {
    return new OutOfMemory('The memory of the device is too small for this network and batch size.', { cause: error })
  }
  return lost.test(message)
    ? new DeviceLost(`The device does not answer any more: ${message}`, { cause: error })
    : error
}
