/** Colours of the inspection's drawings, read from the style sheet as they are now, light or dark. */
import { themeTokens } from '../../charts/colours.ts'
import { parseColour } from '../raster/raster.ts'

export interface InspectColours {
  readonly surface: string
  readonly text: string
  readonly mutedText: string
  readonly line: string
  readonly grid: string
  readonly accent: string
  readonly accentSoft: string
  readonly good: string
  readonly bad: string
  readonly font: string
  /** As the places of the raster's palette: layers, "no class", classes. */
  readonly palette: readonly string[]
  /** Stops of the colour map of values, low to high. */
  readonly map: readonly string[]
  /** Stops of the colour map of signed values, from negative over 0 to positive. */
  readonly diverging: readonly string[]
  /** Events of an event camera, of which lightness falls and rises. */
  readonly eventOff: string
  readonly eventOn: string
}

export const mapStops = 6
const divergingStops = 7

/** Those of the window, or of the theme that a figure is saved in. */
export const inspectColours = (): InspectColours => {
  const token = themeTokens()
  const numbered = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => token(`${name}-${index}`))
  return {
    surface: token('surface'),
    text: token('text'),
    mutedText: token('text-muted'),
    line: token('line-strong'),
    grid: token('chart-grid'),
    accent: token('accent'),
    accentSoft: token('accent-soft'),
    good: token('good'),
    bad: token('bad'),
    font: token('font'),
    palette: [...numbered('layer', 5), token('series-waiting'), ...numbered('class', 10)],
    map: numbered('map', mapStops),
    diverging: numbered('diverging', divergingStops),
    eventOff: token('layer-2'),
    eventOn: token('layer-1'),
  }
}

/** [256] pixels (little-endian RGBA) between stops of equal distance. */
export const colourTable = (stops: readonly string[]): Uint32Array => {
  const colours = stops.map(parseColour)
  return Uint32Array.from({ length: 256 }, (_, place) => {
    const position = (place / 255) * (colours.length - 1)
    const left = Math.min(colours.length - 1, Math.floor(position))
    const share = position - left
    const mixed = [0, 1, 2].map((channel) => {
      const low = colours[left]?.[channel] ?? 0
      return Math.round(255 * (low + ((colours[left + 1]?.[channel] ?? low) - low) * share))
    })
    return ((255 << 24) | ((mixed[2] ?? 0) << 16) | ((mixed[1] ?? 0) << 8) | (mixed[0] ?? 0)) >>> 0
  })
}

/** Pixel of a value between two ends; of what is no number, nothing. */
export const pixelOf = (table: Uint32Array, value: number, low: number, high: number): number => {
  if (Number.isNaN(value)) return 0
  const share = high > low ? (value - low) / (high - low) : 0
  return table[Math.max(0, Math.min(255, Math.round(share * 255)))] ?? 0
}
