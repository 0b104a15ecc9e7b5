import type { ConvSize } from '../kernelSet.ts'

/** Numbers of the spectra of the samples that are transformed at once: a part of a third-level cache. */
const spectraAtOnce = 2 ** 21

/** The frequencies of a padded input. Those of columns beyond half are conjugates of the others. */
export const frequenciesOf = ({ input, padding }: ConvSize): { readonly rows: number; readonly columns: number } => ({
  rows: input.rows + 2 * padding,
  columns: Math.floor((input.columns + 2 * padding) / 2) + 1,
})

/** Samples that are transformed at once. */
export const fourierSamples = (size: ConvSize): number => {
  const { rows, columns } = frequenciesOf(size)
  const perSample = 2 * rows * columns * (size.input.channels + size.output.channels)
  return Math.max(1, Math.min(128, size.steps * size.batch, Math.floor(spectraAtOnce / perSample)))
}

/** Numbers to compute in: products or sums of all frequencies, spectra, and what lies between two steps of a transform. */
export const fourierNumbers = (operation: 'inputGradient' | 'weightGradient', size: ConvSize): number => {
  const { input, output, kernel } = size
  const { rows, columns } = frequenciesOf(size)
  const pairs = input.channels * output.channels
  const wide = (channels: number): number => Math.ceil(channels / 8) * 8
  const products = 4 * (input.channels + 4) * output.channels
  const spectra = Math.max(fourierSamples(size) * 2 * (input.channels + output.channels), 2 * pairs)
  const packing = operation === 'inputGradient' ? 4 * pairs : 128 * (2 * input.channels + 16)
  const widest = Math.max(input.rows * wide(Math.max(input.channels, output.channels)), kernel * wide(pairs))
  return rows * columns * (products + spectra) + packing + 2 * columns * widest + 64
}
