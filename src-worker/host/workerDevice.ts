import { workerDeviceSchema } from '../../src-core/contracts/worker.ts'
import { createTensorflowKernels } from '../engines/layered/tensorflow/createTensorflowKernels.ts'
import { loadTensorflow } from '../engines/layered/tensorflow/loadTensorflow.ts'
import type { KernelSet } from '../engines/layered/kernelSet.ts'

/** What a worker computes layered networks with, as its host started it. */
interface ChosenDevice {
  /** For people. */
  readonly device: string
  readonly kernels: () => KernelSet
}

/**
 * @param argument the last of the process's start, JSON; absent: WebAssembly
 * @throws {Error} when TensorFlow cannot be loaded or sees no GPU where it should: the process ends, and the host reads why
 */
export const chooseDevice = (argument: string | undefined, createWasmKernels: () => KernelSet): ChosenDevice => {
  const chosen = argument === undefined ? null : workerDeviceSchema.parse(JSON.parse(argument))
  if (chosen === null || chosen.kernels === 'wasm') return { device: 'cpu', kernels: createWasmKernels }
  const tf = loadTensorflow(chosen.folder, chosen.package)
  const { isUsingGpuDevice } = tf.backend() as { readonly isUsingGpuDevice?: boolean }
  if (chosen.gpu && isUsingGpuDevice !== true) {
    throw new Error(
      `TensorFlow sees no GPU where ${chosen.device} should be. \`spiketune devices\` says what is missing.`,
    )
  }
  return { device: chosen.device, kernels: () => createTensorflowKernels(tf, chosen.device) }
}
