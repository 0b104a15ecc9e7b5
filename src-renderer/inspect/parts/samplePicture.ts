/** Samples as pictures: images as they are, events as frames of off and on in two colours, real values as bars. */
import type { InspectedLayer, SampleView } from '../../../src-core/contracts/inspection.ts'
import { colourTable, packColour, parseColour, pixelOf } from '../../charts/ramp.ts'
import type { ChartColours } from '../../charts/colours.ts'

export type Shape = NonNullable<InspectedLayer['shape']>

/** Pixels (little-endian RGBA), row by row. */
export interface Picture {
  readonly rows: number
  readonly columns: number
  readonly pixels: Uint32Array
}

type PictureColours = Pick<ChartColours, 'map' | 'surface' | 'text' | 'eventOff' | 'eventOn' | 'accent'>

type Range = readonly [low: number, high: number]

const barRows = 32
const barsAtMost = 160

export const sizeOf = ({ channels, rows, columns }: Shape): number => channels * rows * columns
const isList = ({ rows, columns }: Shape): boolean => rows === 1 && columns === 1

/** @param frame of those of the sample; the one in the middle where none is said */
export const pictureOf = (view: SampleView, colours: PictureColours, frame?: number): Picture => {
  const { shape } = view
  if (view.kind === 'events') return eventPicture(view.counts, shape, colours)
  const size = sizeOf(shape)
  const at = Math.max(0, Math.min(view.frames - 1, frame ?? Math.floor((view.frames - 1) / 2)))
  if (view.kind === 'images') return greyPicture(view.pixels.subarray(at * size, (at + 1) * size), shape, colours)
  const values = view.values.subarray(at * size, (at + 1) * size)
  if (isList(shape)) return barPicture(values, colours)
  return mapPicture(planeOf(values, shape), shape, colours, rangeOf(view.values))
}

/** What a sample is called, and what its picture shows, in a word. */
export const sampleWord = ({ kind }: SampleView): string =>
  ({ images: 'image', events: 'events', values: 'values' })[kind]

/**
 * Counts of events [rows][columns][channels]: of two channels, off and on, in their colours, the stronger the more; of a
 * list as bars; of others their sum.
 */
export const eventPicture = (counts: ArrayLike<number>, shape: Shape, colours: PictureColours): Picture => {
  const { channels, rows, columns } = shape
  if (isList(shape)) return barPicture(Float32Array.from(counts), colours)
  if (channels !== 2) {
    const sums = planeOf(counts, shape)
    return mapPicture(sums, shape, colours, [0, rangeOf(sums)[1]])
  }
  const ground = parseColour(colours.surface)
  const [off, on] = [parseColour(colours.eventOff), parseColour(colours.eventOn)]
  const most = Math.max(1, rangeOf(planeOf(counts, shape))[1])
  const pixels = Uint32Array.from({ length: rows * columns }, (_, place) => {
    const [offs, ons] = [counts[2 * place] ?? 0, counts[2 * place + 1] ?? 0]
    const all = offs + ons
    const strength = all <= 0 ? 0 : 0.35 + 0.65 * Math.min(1, all / most)
    return pack((channel) => {
      const own = all <= 0 ? 0 : ((off[channel] ?? 0) * offs + (on[channel] ?? 0) * ons) / all
      return (ground[channel] ?? 0) * (1 - strength) + own * strength
    })
  })
  return { rows, columns, pixels }
}

/** One bar a value from a line at 0; of many values, groups of neighbours by their mean. */
const barPicture = (values: Float32Array, colours: PictureColours): Picture => {
  const group = Math.ceil(values.length / barsAtMost)
  const bars = Array.from({ length: Math.ceil(values.length / group) }, (_, bar) => {
    const own = values.subarray(bar * group, (bar + 1) * group)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
  const [low, high] = rangeOf(bars)
  const [from, to] = [Math.min(0, low), Math.max(0, high)]
  const rowOf = (value: number): number =>
    to > from ? Math.round(((to - value) / (to - from)) * (barRows - 1)) : barRows - 1
  const ground = packed(colours.surface)
  const bar = packed(colours.accent)
  const pixels = new Uint32Array(barRows * bars.length).fill(ground)
  for (const [column, value] of bars.entries()) {
    const [zero, end] = [rowOf(0), rowOf(value)]
    for (let row = Math.min(zero, end); row <= Math.max(zero, end); row++) {
      if (value !== 0) pixels[row * bars.length + column] = bar
    }
  }
  return { rows: barRows, columns: bars.length, pixels }
}

/** Grey values; three channels are red, green and blue, of others the mean. */
const greyPicture = (values: Uint8Array, shape: Shape, colours: PictureColours): Picture => {
  const { channels, rows, columns } = shape
  if (channels !== 3) {
    const sums = planeOf(values, shape)
    return mapPicture(sums, shape, colours, [0, 255 * channels])
  }
  const pixels = Uint32Array.from({ length: rows * columns }, (_, place) =>
    pack((channel) => (values[3 * place + channel] ?? 0) / 255),
  )
  return { rows, columns, pixels }
}

const mapPicture = (plane: Float32Array, shape: Shape, { map }: PictureColours, [low, high]: Range): Picture => {
  const table = colourTable(map)
  return {
    rows: shape.rows,
    columns: shape.columns,
    pixels: Uint32Array.from(plane, (v) => pixelOf(table, v, low, high)),
  }
}

/** [rows * columns]: sums over the channels. */
const planeOf = (values: ArrayLike<number>, { channels, rows, columns }: Shape): Float32Array =>
  Float32Array.from({ length: rows * columns }, (_, place) => {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += values[place * channels + channel] ?? 0
    return sum
  })

const rangeOf = (values: Iterable<number>): Range => {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

const pack = (shareOf: (channel: 0 | 1 | 2) => number): number => packColour([shareOf(0), shareOf(1), shareOf(2)])

const packed = (colour: string): number => packColour(parseColour(colour))
