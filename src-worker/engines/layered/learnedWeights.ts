import type { Block, KernelSet } from './kernelSet.ts'
import { createLearned, type Learned, uniformWeights } from './learned.ts'

interface WeightSettings {
  readonly weightNormalisation: boolean
  readonly quantised: boolean
  /** Initial weights are uniform in +- bound. */
  readonly bound: number
  readonly seed: number
}

/** Weights as they are learned, and as they act: normalised, then quantised, where the layer asks for it. */
export interface LearnedWeights {
  readonly learned: readonly Learned[]
  /** What acts, after `prepare`. */
  readonly acting: Block
  /** The gradient of what acts; `backward` carries it on to what is learned. */
  readonly actingGradient: Block
  /** To be called after what is learned has changed. */
  prepare(): void
  backward(): void
}

/**
 * @param names of the weights and, with weight normalisation, of their lengths
 * @param shape with the output channels last
 */
export const createLearnedWeights = (
  kernels: KernelSet,
  names: { readonly weights: string; readonly lengths: string },
  shape: readonly number[],
  settings: WeightSettings,
): LearnedWeights => {
  const size = shape.reduce((product, length) => product * length, 1)
  const initial = uniformWeights(size, settings.bound, settings.seed)
  const weights = createLearned(kernels, names.weights, initial, shape)
  const normalisation = settings.weightNormalisation
    ? createNormalisation(kernels, names.lengths, initial, weights, shape)
    : null
  const full = normalisation?.normalised ?? weights.value
  const acting = settings.quantised ? kernels.block(shape) : full
  return {
    learned: normalisation === null ? [weights] : [weights, normalisation.lengths],
    acting,
    actingGradient: normalisation?.gradient ?? weights.gradient,
    prepare() {
      normalisation?.prepare()
      if (settings.quantised) kernels.weights.quantise(full, acting)
    },
    backward() {
      normalisation?.backward()
    },
  }
}

interface Normalisation {
  readonly lengths: Learned
  readonly normalised: Block
  readonly gradient: Block
  prepare(): void
  backward(): void
}

/** The lengths begin as those of the initial weights, so that these act as they are. */
const createNormalisation = (
  kernels: KernelSet,
  name: string,
  initial: Float32Array,
  directions: Learned,
  shape: readonly number[],
): Normalisation => {
  const channels = shape.at(-1) ?? 1
  const squares = new Float64Array(channels)
  for (const [index, weight] of initial.entries()) {
    squares[index % channels] = (squares[index % channels] ?? 0) + weight * weight
  }
  const lengths = createLearned(kernels, name, Float32Array.from(squares, Math.sqrt), [channels])
  const [normalised, gradient] = [kernels.block(shape), kernels.block(shape)]
  return {
    lengths,
    normalised,
    gradient,
    prepare() {
      kernels.weights.normalise(directions.value, lengths.value, normalised)
    },
    backward() {
      const { value, gradient: directionGradient } = directions
      kernels.weights.normaliseGradient(value, lengths.value, gradient, directionGradient, lengths.gradient)
    },
  }
}
