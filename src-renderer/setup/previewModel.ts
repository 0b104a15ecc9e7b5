/** What a preview of a dataset shows: each sample's image, its spikes, and how often it makes a network's inputs fire. */
import type { CallResponse } from '../../src-core/contracts/window.ts'

export type Preview = CallResponse<'previewDataset'>
export type PreviewSample = Preview['samples'][number]

/** Mean rate of an input over the presentation, Hz. */
export const meanRateHz = ({ spikes, image }: PreviewSample, { steps, dtMs }: Preview): number =>
  (spikes.neurons.length / image.length / (steps * dtMs)) * 1000

/** Of the inputs, the share that fired at all. */
export const activeShare = ({ spikes, image }: PreviewSample): number => new Set(spikes.neurons).size / image.length

/** Samples of each class among those shown. */
export function classCounts({ classes, samples }: Preview): readonly number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const { label } of samples) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

/**
 * A raster of the spikes as an image: inputs from top to bottom, steps from left to right.
 * @returns RGBA of `steps` x `height` pixels; a pixel is as opaque as many inputs fired in it
 */
export function rasterPixels(
  { spikes, image }: PreviewSample,
  steps: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const counts = new Uint16Array(steps * height)
  for (let at = 0; at < spikes.neurons.length; at++) {
    const row = Math.floor(((spikes.neurons[at] ?? 0) * height) / image.length)
    const place = row * steps + (spikes.steps[at] ?? 0)
    counts[place] = (counts[place] ?? 0) + 1
  }
  const pixels = new Uint8ClampedArray(counts.length * 4)
  for (const [place, count] of counts.entries())
    pixels.set([red, green, blue, count === 0 ? 0 : 120 + 60 * count], place * 4)
  return pixels
}

/** An image as pixels: bright on dark, as the dataset has it. */
export function imagePixels(image: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(image.length * 4)
  for (const [place, grey] of image.entries()) pixels.set([grey, grey, grey, 255], place * 4)
  return pixels
}
