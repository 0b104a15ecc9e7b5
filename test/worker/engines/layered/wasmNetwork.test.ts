import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type InputEvents, sizeOf } from '../../../../src-core/encoding/inputEvents.ts'
import type { NeuronPlan } from '../../../../src-core/layered/networkPlan.ts'
import { createGenerator } from '../../../../src-core/random/generator.ts'
import { createLayeredNetwork } from '../../../../src-worker/engines/layered/createLayeredNetwork.ts'
import type { LayeredNetwork } from '../../../../src-worker/engines/layered/layeredNetwork.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { createWasmKernels } from '../../../../src-worker/engines/layered/wasm/createWasmKernels.ts'
import { expectClose } from './contract/support.ts'
import { mixedPlan } from './networks.ts'

const module = new WebAssembly.Module(readFileSync(new URL('../../../../out/kernels/layered.wasm', import.meta.url)))
const batchSize = 5

/** Both do the same from the same weights. */
const networks = (neuron: Partial<NeuronPlan>): readonly [LayeredNetwork, LayeredNetwork] => {
  const plan = mixedPlan(neuron, 0.2)
  return [
    createLayeredNetwork(plan, createReferenceKernels(), batchSize, 7),
    createLayeredNetwork(plan, createWasmKernels(module), batchSize, 7),
  ]
}

const batchOf = (seed: number, activity: number): InputEvents[] => {
  const plan = mixedPlan()
  const inputs = sizeOf(plan.input)
  const { next } = createGenerator(seed)
  return Array.from({ length: batchSize }, () => {
    const places = Array.from({ length: plan.steps * inputs }, (_, place) => place).filter(() => next() < activity)
    return {
      steps: Uint16Array.from(places, (place) => Math.floor(place / inputs)),
      inputs: Uint32Array.from(places, (place) => place % inputs),
      values: null,
    }
  })
}

describe('a network of every kind of layer on WebAssembly', () => {
  test.each(['alif', 'cuba', 'lif'] as const)(
    'of %s neurons spikes as on the reference, and learns as there',
    (model) => {
      const [reference, wasm] = networks({ model })
      const rateGradient = Float32Array.from({ length: batchSize * 4 }, (_, index) => Math.sin(index + 1))
      for (let step = 0; step < 3; step++) {
        const batch = batchOf(step + 1, 0.1 + 0.35 * step)
        for (const network of [reference, wasm]) {
          network.forward(batch, step)
          network.backward(rateGradient, 0.01)
        }
        // Quantised weights are multiples of 1/32: sums of few are exact, in whatever order.
        for (const { name } of reference.plan.layers) {
          expect(wasm.spikesPerNeuron(name)).toEqual(reference.spikesPerNeuron(name))
        }
        const [expected, actual] = [reference.gradients(), wasm.gradients()]
        expect(Object.keys(actual)).toEqual(Object.keys(expected))
        for (const [name, { values }] of Object.entries(expected)) {
          expectClose((actual[name]?.values ?? []) as Float32Array, values as Float32Array, 1e-4)
        }
        // From the same parameters again: a step of Adam can turn the rounding of a gradient near 0 into a change of sign.
        reference.update({ learningRate: 0.02, weightDecay: 0.01, clipNorm: 1 })
        wasm.restore(reference.parameters())
      }
      expect(reference.spikesPerNeuron('output').some((count) => count > 0)).toBe(true)
    },
  )
})
