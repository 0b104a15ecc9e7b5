import type { Tensor } from '@tensorflow/tfjs-core'
import type { Block, KernelSet } from '../kernelSet.ts'
import { tensorBlock, type TensorContext, tensorOf } from './tensorContext.ts'
import type { TensorflowApi } from './tensorComputation.ts'

export const createWeightKernels = (context: TensorContext): KernelSet['weights'] => ({
  quantise(weights, quantised) {
    context.compute((tf) => {
      const rounded = tf.mul(tf.round(tf.mul(tensorOf(weights), 32)), 1 / 32)
      tensorBlock(quantised).set(tf.clipByValue(rounded, -4, 254 / 64))
    })
  },

  normalise(directions, lengths, normalised) {
    context.compute((tf) => {
      const { rows, norms } = directionsOf(tf, directions, lengths)
      tensorBlock(normalised).set(tf.div(tf.mul(rows, tensorOf(lengths)), norms))
    })
  },

  normaliseGradient(directions, lengths, gradient, directionGradient, lengthGradient) {
    context.compute((tf) => {
      const { rows, norms } = directionsOf(tf, directions, lengths)
      const gradients = tf.reshape(tensorOf(gradient), rows.shape)
      const units = tf.div(rows, norms)
      const along = tf.sum(tf.mul(units, gradients), 0)
      const across = tf.sub(gradients, tf.mul(along, units))
      tensorBlock(directionGradient).set(tf.mul(tf.div(tensorOf(lengths), norms), across))
      tensorBlock(lengthGradient).set(along)
    })
  },
})

/** Directions [inputs][channels] and their Euclidean norms [channels]. */
const directionsOf = (tf: TensorflowApi, directions: Block, lengths: Block): { rows: Tensor; norms: Tensor } => {
  const rows = tf.reshape(tensorOf(directions), [-1, lengths.size])
  return { rows, norms: tf.sqrt(tf.sum(tf.square(rows), 0)) }
}

export const createSpikeKernels = (context: TensorContext): KernelSet['spikes'] => ({
  rates({ steps }, spikes, rates) {
    context.compute((tf) => {
      tensorBlock(rates).set(tf.div(tf.sum(tensorOf(spikes), 0), steps))
    })
  },
  rateGradient({ steps }, rateGradient, gradient) {
    context.compute((tf) => {
      const one = tf.div(tensorOf(rateGradient), steps)
      tensorBlock(gradient).set(tf.tile(tf.reshape(one, [1, ...one.shape]), [steps, 1, 1]))
    })
  },
  mask(_, { from, to }, spikes, mask) {
    context.compute((tf) => {
      const block = tensorBlock(spikes)
      block.setRows(from, tf.mul(block.rows(from, to), tensorOf(mask)))
    })
  },
  addConstant(gradient, value) {
    context.compute((tf) => {
      tensorBlock(gradient).set(tf.add(tensorOf(gradient), value))
    })
  },
  perSample: (_, spikes) => context.numbers((tf) => tf.sum(tf.sum(tensorOf(spikes), 2), 0)),
  perNeuron: (_, spikes) => context.numbers((tf) => tf.sum(tf.sum(tensorOf(spikes), 1), 0)),
})

export const createOptimiserKernels = (context: TensorContext): KernelSet['optimiser'] => ({
  adam(values, gradient, first, second, settings) {
    const { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale, minimum, maximum } = settings
    context.compute((tf) => {
      const scaled = gradientScale === 1 ? tensorOf(gradient) : tf.mul(tensorOf(gradient), gradientScale)
      const firstMoment = tf.add(tf.mul(tensorOf(first), beta1), tf.mul(scaled, 1 - beta1))
      const secondMoment = tf.add(tf.mul(tensorOf(second), beta2), tf.mul(tf.square(scaled), 1 - beta2))
      const spread = tf.add(tf.sqrt(tf.mul(secondMoment, 1 / (1 - beta2 ** step))), epsilon)
      const change = tf.div(tf.mul(firstMoment, learningRate / (1 - beta1 ** step)), spread)
      const before = tensorOf(values)
      const after = tf.sub(weightDecay === 0 ? before : tf.mul(before, 1 - learningRate * weightDecay), change)
      tensorBlock(first).set(firstMoment)
      tensorBlock(second).set(secondMoment)
      tensorBlock(values).set(bounded(tf, after, minimum, maximum))
    })
  },
  squaredNorm: (block) => context.numbers((tf) => tf.sum(tf.square(tensorOf(block))))[0] ?? 0,
  isFinite: (block) => context.numbers((tf) => tf.all(tf.isFinite(tensorOf(block))))[0] === 1,
})

const bounded = (tf: TensorflowApi, values: Tensor, minimum: number, maximum: number): Tensor =>
  minimum === -Infinity && maximum === Infinity ? values : tf.clipByValue(values, minimum, maximum)
