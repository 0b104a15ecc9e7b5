import type { ConvSize } from '../kernelSet.ts'

/**
 * Whether a convolution is faster event by event than tile by tile. Costs are nanoseconds of an output pixel, fitted to
 * times of an AMD EPYC at 2.6 GHz (bench/slayer/kernels.ts); only their ratio counts.
 *
 * @param activity share of the inputs that are not 0
 */
export function eventsPay(operation: 'forward' | 'weightGradient', size: ConvSize, activity: number): boolean {
  const { input, output, kernel } = size
  const window = kernel * kernel * input.channels
  const events = activity * window
  const groups = Math.ceil(output.channels / 4)
  const panels = Math.ceil(output.channels / 8)
  if (operation === 'forward') {
    const byEvent = 25 + 4 * Math.min(kernel, events) + events * (0.5 + 0.33 * groups)
    return byEvent < 3 * kernel + panels * 0.44 * window
  }
  return events * (3 + 0.4 * groups) < 0.5 * window + panels * 0.44 * window
}
