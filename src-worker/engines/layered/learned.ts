import { createGenerator } from '../../../src-core/random/generator.ts'
import { takeTensor } from '../../../src-core/networkFile/takeTensor.ts'
import type { Tensor, Tensors } from '../../../src-core/networkFile/tensor.ts'
import type { Block, KernelSet } from './kernelSet.ts'
import type { UpdateSettings } from './layeredNetwork.ts'

/** What is learned of one kind in one layer, with its gradient and the moments of Adam. */
export interface Learned {
  /** `<layer>.<what>` */
  readonly name: string
  readonly value: Block
  readonly gradient: Block
  readonly first: Block
  readonly second: Block
  readonly minimum: number
  readonly maximum: number
  /** The value in the optimiser over that in natural units: 4096 for decays, otherwise 1. */
  readonly unit: number
  /** Whether weight decay makes it smaller: not so for delays and decays, whose 0 means nothing special. */
  readonly shrinks: boolean
  /** Whether it is a decay with a learning rate of its own, in natural units. */
  readonly ownRate: boolean
}

const weightLike = { minimum: -Infinity, maximum: Infinity, unit: 1, shrinks: true, ownRate: false }

export const createLearned = (
  kernels: KernelSet,
  name: string,
  initial: Float32Array,
  shape: readonly number[],
  nature: Pick<Learned, 'minimum' | 'maximum' | 'unit' | 'shrinks' | 'ownRate'> = weightLike,
): Learned => {
  const value = kernels.block(shape)
  kernels.write(value, initial)
  return {
    name,
    value,
    gradient: kernels.block(shape),
    first: kernels.block(shape),
    second: kernels.block(shape),
    ...nature,
  }
}

/** Uniform in +- bound, from a seed. */
export const uniformWeights = (length: number, bound: number, seed: number): Float32Array => {
  const { next } = createGenerator(seed)
  return Float32Array.from({ length }, () => bound * (2 * next() - 1))
}

/** One step of Adam for all that is learned; `step` counts from 1. */
export const updateAll = (
  kernels: KernelSet,
  learned: readonly Learned[],
  settings: UpdateSettings,
  step: number,
): void => {
  const { clipNorm, learningRate, decayLearningRateFactor = 1, weightDecay } = settings
  const { firstMomentDecay = 0.9, secondMomentDecay = 0.999 } = settings
  const norm = clipNorm === null ? 0 : gradientNorm(kernels, learned)
  const gradientScale = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1
  for (const { value, gradient, first, second, minimum, maximum, unit, shrinks, ownRate } of learned) {
    kernels.optimiser.adam(value, gradient, first, second, {
      // the direction of Adam has no unit: a step in natural units is this many of the optimiser's
      learningRate: ownRate ? learningRate * decayLearningRateFactor * unit : learningRate,
      beta1: firstMomentDecay,
      beta2: secondMomentDecay,
      epsilon: 1e-8,
      weightDecay: shrinks ? weightDecay : 0,
      step,
      gradientScale,
      minimum,
      maximum,
    })
  }
}

/** Adds what a piece of a batch came to. Rare, and nothing beside the batch itself: no kernel of its own. */
export const addTo = (kernels: KernelSet, gradient: Block, before: Float32Array | undefined): void => {
  if (before === undefined) return
  const sum = kernels.read(gradient)
  for (const [index, value] of before.entries()) sum[index] = (sum[index] ?? 0) + value
  kernels.write(gradient, sum)
}

export const readTensor = (kernels: KernelSet, block: Block, unit: number): Tensor => {
  const values = kernels.read(block)
  return { shape: block.shape, values: unit === 1 ? values : values.map((value) => value / unit) }
}

/** Takes values from a file or another network. Moments begin anew. @throws {RangeError} for another shape */
export const restoreLearned = (kernels: KernelSet, learned: Learned, tensor: Tensor | undefined): void => {
  const { name, value, first, second, unit } = learned
  if (tensor === undefined) throw new RangeError(`The tensor ${name} is missing.`)
  if (tensor.shape.join() !== value.shape.join() || tensor.values.length !== value.size) {
    throw new RangeError(`${name} is ${value.shape.join(' x ')}, not ${tensor.shape.join(' x ')}.`)
  }
  kernels.write(
    value,
    Float32Array.from(tensor.values, (number) => number * unit),
  )
  kernels.fill(first, 0)
  kernels.fill(second, 0)
}

const optimised = ['value', 'first', 'second'] as const

/** Values and moments as the optimiser has them. */
export const optimiserState = (kernels: KernelSet, learned: readonly Learned[]): Tensors =>
  Object.fromEntries(
    learned.flatMap((one) =>
      optimised.map((part) => [`${one.name}.${part}`, readTensor(kernels, one[part], 1)] as const),
    ),
  )

/** @throws {RangeError} when one is missing, or of another shape */
export const restoreOptimiser = (kernels: KernelSet, learned: readonly Learned[], state: Tensors): void => {
  for (const one of learned) {
    for (const part of optimised) {
      const block = one[part]
      kernels.write(block, takeTensor(state, `${one.name}.${part}`, [Float32Array], block.shape))
    }
  }
}

const gradientNorm = (kernels: KernelSet, learned: readonly Learned[]): number =>
  Math.sqrt(learned.reduce((sum, { gradient }) => sum + kernels.optimiser.squaredNorm(gradient), 0))
