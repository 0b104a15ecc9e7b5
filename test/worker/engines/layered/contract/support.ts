import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { createGenerator } from '../../../../../src-core/random/generator.ts'
import type { Block, KernelSet } from '../../../../../src-worker/engines/layered/kernelSet.ts'

export const contractSeed = 20261121
export const runs = { seed: contractSeed, numRuns: 40 }

/** A part of the suite: the set is there once tests run. */
export type ContractPart = (subject: () => KernelSet) => void

export const withKernelSet = (create: () => KernelSet | Promise<KernelSet>, part: ContractPart): void => {
  describe('', () => {
    let kernels: KernelSet | undefined
    beforeAll(async () => {
      kernels = await create()
    })
    afterAll(() => kernels?.dispose())
    part(() => {
      if (kernels === undefined) throw new Error('The kernel set has not been created.')
      return kernels
    })
  })
}

/** A block of these numbers. */
export const blockOf = (kernels: KernelSet, shape: readonly number[], values: ArrayLike<number>): Block => {
  const block = kernels.block(shape)
  kernels.write(block, Float32Array.from(values))
  return block
}

/** A block for an output: NaN everywhere. */
export const unwritten = (kernels: KernelSet, shape: readonly number[]): Block => {
  const block = kernels.block(shape)
  kernels.fill(block, Number.NaN)
  return block
}

/** Equal but for the rounding of sums in single precision, whose order is the set's own. */
export const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void => {
  expect(actual.length).toBe(expected.length)
  const unit = Array.from(expected).reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3)
  const wrong = Array.from(actual)
    .map((value, index) => ({ index, value, expected: expected[index] ?? Number.NaN }))
    .filter((pair) => !(Math.abs(pair.value - pair.expected) <= tolerance * unit))
  expect(wrong.slice(0, 3)).toEqual([])
}

/** What inputs and spikes look like. */
export const activityKinds = ['none', 'all', 'sparse', 'half', 'values'] as const
export type ActivityKind = (typeof activityKinds)[number]
export const anyActivity = fc.constantFrom(...activityKinds)
export const anySeed = fc.integer({ min: 0, max: 0x7fffffff })

export const activity = (kind: ActivityKind, length: number, seed: number): Float32Array => {
  const { next } = createGenerator(seed)
  const one = (): number => {
    switch (kind) {
      case 'none':
        return 0
      case 'all':
        return 1
      case 'sparse':
        return next() < 0.08 ? 1 : 0
      case 'half':
        return next() < 0.5 ? 1 : 0
      case 'values':
        return next() < 0.3 ? 4 * next() - 1 : 0
    }
  }
  return Float32Array.from({ length }, one)
}

/** Uniform in +- bound. */
export const numbers = (length: number, seed: number, bound = 1): Float32Array => {
  const { next } = createGenerator(seed)
  return Float32Array.from({ length }, () => bound * (2 * next() - 1))
}

export const value = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN

export const sumOver = (length: number, term: (index: number) => number): number => {
  let sum = 0
  for (let index = 0; index < length; index++) sum += term(index)
  return sum
}
