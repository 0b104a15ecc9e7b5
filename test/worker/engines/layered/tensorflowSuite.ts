import { describe, expect, test } from 'vitest'
import { OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'
import { createLayeredNetwork } from '../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { KernelSet } from '../../../../src-worker/engines/layered/kernelSet.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { createTensorflowKernels } from '../../../../src-worker/engines/layered/tensorflow/createTensorflowKernels.ts'
import { DeviceLost } from '../../../../src-worker/engines/layered/tensorflow/deviceErrors.ts'
import type { TensorflowApi } from '../../../../src-worker/engines/layered/tensorflow/tensorComputation.ts'
import { blockOf, expectClose, numbers } from './contract/support.ts'
import { describeKernelSet } from './kernelContract.ts'
import { mixedPlan, randomEvents } from './networks.ts'

/** The contract, and what only a set with tensors can get wrong. @param load TensorFlow, with its backend set */
export const describeTensorflowKernels = (name: string, load: () => Promise<TensorflowApi>): void => {
  const create = async (): Promise<KernelSet> => createTensorflowKernels(await load(), name)
  describeKernelSet(`tensorflow, ${name}`, create)

  describe(`kernel set tensorflow, ${name}`, () => {
    const plan = mixedPlan({ decays: 'per-channel' }, 0.2)
    const batch = [1, 2, 3, 4].map((seed) => randomEvents(plan, seed))

    test('holds as many tensors after every step of training, and none when it is given back', async () => {
      const tf = await load()
      const before = tf.memory().numTensors
      const network = createLayeredNetwork(plan, await create(), 4, 7)
      const held: number[] = []
      for (let step = 0; step < 6; step++) {
        network.forward(batch, step)
        network.backward(numbers(16, step), 1e-3)
        network.update({ learningRate: 0.02, weightDecay: 0.01, clipNorm: 1 })
        held.push(tf.memory().numTensors)
      }
      expect(new Set(held)).toEqual(new Set([held[0]]))
      network.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    test('has the spikes of the reference, and its gradients', async () => {
      const sets = [await create(), createReferenceKernels()]
      const [actual, expected] = sets.map((kernels) => {
        const network = createLayeredNetwork(plan, kernels, 4, 7)
        network.forward(batch, 3)
        network.backward(numbers(16, 5), 1e-3)
        const spikes = plan.layers.map(({ name: layer }) => [...network.spikesPerNeuron(layer)])
        return { spikes, gradients: network.gradients() }
      })
      expect(actual?.spikes).toEqual(expected?.spikes)
      expect(expected?.spikes.flat().some((count) => count > 0)).toBe(true)
      for (const [tensor, { values }] of Object.entries(expected?.gradients ?? {})) {
        expectClose(actual?.gradients[tensor]?.values ?? [], values, 1e-4)
      }
    })

    test.each([
      ['Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[800,4096]', OutOfMemory],
      ['Invalid TF_Status: 13\nMessage: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access', DeviceLost],
      ['Invalid TF_Status: 13\nMessage: failed call to cuInit: CUDA_ERROR_NO_DEVICE', DeviceLost],
      ['Invalid TF_Status: 13\nMessage: CUBLAS_STATUS_EXECUTION_FAILED', DeviceLost],
      ['Invalid TF_Status: 3\nMessage: Matrix size-incompatible', Error],
    ])('takes "%s" for what it is', async (message, kind) => {
      const tf = await load()
      const failing = (): never => {
        throw new Error(message)
      }
      const kernels = createTensorflowKernels({ ...tf, matMul: failing as unknown as TensorflowApi['matMul'] }, name)
      const [spikes, weights, currents] = [
        blockOf(kernels, [1, 1, 2], [1, 0]),
        blockOf(kernels, [2, 2], [1, 2, 3, 4]),
        kernels.block([1, 1, 2]),
      ]
      const size = { steps: 1, batch: 1, inputs: 2, neurons: 2 }
      let thrown: unknown
      try {
        kernels.dense.forward(size, { from: 0, to: 1 }, spikes, weights, currents, false, 0)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(kind)
      expect((thrown as Error).constructor).toBe(kind)
      expect([...kernels.read(weights)]).toEqual([1, 2, 3, 4])
      kernels.dispose()
    })
  })
}
