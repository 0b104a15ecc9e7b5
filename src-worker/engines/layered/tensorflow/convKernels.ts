import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { LayerShape } from '../../../../src-core/encoding/inputEvents.ts'
import type { Block, ConvSize, KernelSet, PoolSize } from '../kernelSet.ts'
import { tensorBlock, type TensorContext, tensorOf } from './tensorContext.ts'

/** One convolution over all steps and samples. TensorFlow knows no padding of any width: it is done apart. */
export const createConvKernels = (context: TensorContext): KernelSet['conv'] => ({
  forward(size, spikes, weights, currents) {
    context.compute((tf) => {
      const filters = tensorOf(weights) as Tensor4D
      tensorBlock(currents).set(tf.conv2d(padded(context, size, spikes), filters, size.stride, 'valid'))
    })
  },

  inputGradient(size, gradient, weights, inputGradient) {
    context.compute((tf) => {
      const { input, padding, stride } = size
      const images = imagesOf(context, size, gradient, size.output)
      const shape = paddedShape(size)
      const whole = tf.conv2dTranspose(images, tensorOf(weights) as Tensor4D, shape, stride, 'valid')
      const inside = [shape[0], input.rows, input.columns, input.channels]
      tensorBlock(inputGradient).set(padding === 0 ? whole : tf.slice(whole, [0, padding, padding, 0], inside))
    })
  },

  weightGradient(size, spikes, gradient, weightGradient) {
    context.compute((tf) => {
      const { kernel, stride, input, output } = size
      const filterShape = [kernel, kernel, input.channels, output.channels]
      const result = tf
        .engine()
        .runKernel(
          tf.Conv2DBackpropFilter,
          { x: padded(context, size, spikes), dy: imagesOf(context, size, gradient, output) },
          { strides: stride, pad: 'valid', dataFormat: 'NHWC', filterShape },
        )
      tensorBlock(weightGradient).set(result as Tensor)
    })
  },
})

/** Sums over windows: each channel's convolution with ones, which is exact for spikes, and the weight after it. */
export const createPoolKernels = (context: TensorContext): KernelSet['pool'] => {
  const ones = ({ kernel, input }: PoolSize): Tensor4D => context.tf.ones([kernel, kernel, input.channels, 1])
  return {
    forward(size, spikes, currents) {
      context.compute((tf) => {
        const images = completed(context, size, imagesOf(context, size, spikes, size.input))
        const sums = tf.depthwiseConv2d(images, ones(size), size.stride, 'valid')
        tensorBlock(currents).set(size.weight === 1 ? sums : tf.mul(sums, size.weight))
      })
    },

    inputGradient(size, gradient, inputGradient) {
      context.compute((tf) => {
        const { input, stride, weight } = size
        const [moreRows, moreColumns] = beyond(size)
        const samples = size.steps * size.batch
        const inputShape = [samples, input.rows + moreRows, input.columns + moreColumns, input.channels]
        const whole = tf
          .engine()
          .runKernel(
            tf.DepthwiseConv2dNativeBackpropInput,
            { dy: imagesOf(context, size, gradient, size.output), filter: ones(size) },
            { strides: [stride, stride], pad: 'valid', dilations: [1, 1], inputShape },
          ) as Tensor4D
        const inside = [samples, input.rows, input.columns, input.channels]
        const sums = moreRows + moreColumns === 0 ? whole : tf.slice(whole, [0, 0, 0, 0], inside)
        tensorBlock(inputGradient).set(weight === 1 ? sums : tf.mul(sums, weight))
      })
    },
  }
}

/** How many rows and columns the last windows of a pool reach beyond its input. */
const beyond = ({ input, output, kernel, stride }: PoolSize): readonly [rows: number, columns: number] => {
  const along = (places: number, windows: number): number => Math.max(0, (windows - 1) * stride + kernel - places)
  return [along(input.rows, output.rows), along(input.columns, output.columns)]
}

const completed = ({ tf }: TensorContext, size: PoolSize, images: Tensor4D): Tensor4D => {
  const [rows, columns] = beyond(size)
  if (rows + columns === 0) return images
  return tf.pad(images, [
    [0, 0],
    [0, rows],
    [0, columns],
    [0, 0],
  ])
}

const imagesOf = (
  { tf }: TensorContext,
  { steps, batch }: { steps: number; batch: number },
  block: Block,
  shape: LayerShape,
): Tensor4D => tf.reshape(tensorOf(block), [steps * batch, shape.rows, shape.columns, shape.channels])

const padded = (context: TensorContext, size: ConvSize, block: Block): Tensor4D => {
  const { padding } = size
  const images = imagesOf(context, size, block, size.input)
  if (padding === 0) return images
  return context.tf.pad(images, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ])
}

const paddedShape = ({ steps, batch, input, padding }: ConvSize): [number, number, number, number] => [
  steps * batch,
  input.rows + 2 * padding,
  input.columns + 2 * padding,
  input.channels,
]
