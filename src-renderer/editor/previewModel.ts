/** What a preview of a dataset shows: each sample's image, its spikes, and how often it makes a network's inputs fire. */
import type { CallResponse } from '../../src-core/contracts/window.ts'

export type Preview = CallResponse<'previewDataset'>
export type PreviewSample = Preview['samples'][number]

/** Mean rate of an input over the presentation, Hz. */
export const meanRateHz = ({ spikes }: PreviewSample, { inputs, steps, dtMs }: Preview): number =>
  (spikes.neurons.length / inputs / (steps * dtMs)) * 1000

/** Of the inputs, the share that fired at all. */
export const activeShare = ({ spikes }: PreviewSample, { inputs }: Preview): number =>
  new Set(spikes.neurons).size / inputs

/** Samples of each class among those shown. */
export const classCounts = ({ classes, samples }: Preview): readonly number[] => {
  const counts = new Array<number>(classes).fill(0)
  for (const { label } of samples) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

/**
 * A raster of the spikes as an image: inputs from top to bottom, steps from left to right.
 * @returns RGBA of `steps` x `height` pixels; a pixel is as opaque as many inputs fired in it
 */
export const rasterPixels = (
  { spikes }: PreviewSample,
  { inputs, steps }: Preview,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> => {
  const counts = new Uint16Array(steps * height)
  for (let at = 0; at < spikes.neurons.length; at++) {
    const row = Math.floor(((spikes.neurons[at] ?? 0) * height) / inputs)
    const place = row * steps + (spikes.steps[at] ?? 0)
    counts[place] = (counts[place] ?? 0) + 1
  }
  const pixels = new Uint8ClampedArray(counts.length * 4)
  for (const [place, count] of counts.entries())
    pixels.set([red, green, blue, count === 0 ? 0 : 120 + 60 * count], place * 4)
  return pixels
}

/** Colours of off and on events. */
const off = [80, 150, 255] as const
const on = [255, 170, 60] as const

/** A sample's image as pixels, bright on dark: grey values, off and on events in two colours, or colours. */
export const imagePixels = ({
  image,
  channels,
}: Pick<PreviewSample, 'image' | 'channels'>): Uint8ClampedArray<ArrayBuffer> => {
  const pixels = new Uint8ClampedArray((image.length / channels) * 4)
  for (let place = 0; place < image.length / channels; place++) {
    const [first = 0, second = 0, third = 0] = image.subarray(place * channels, (place + 1) * channels)
    const mixed = [0, 1, 2].map((colour) => ((off[colour] ?? 0) * first + (on[colour] ?? 0) * second) / 255)
    const grey = [first, first, first]
    pixels.set([...(channels === 1 ? grey : channels === 2 ? mixed : [first, second, third]), 255], place * 4)
  }
  return pixels
}
