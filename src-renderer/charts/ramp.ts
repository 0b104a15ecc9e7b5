/** Colours as numbers, and scales of them from low to high. */

/** sRGB, each channel 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number]

/** `#rgb`, `#rrggbb` or `rgb(r g b)`; grey where it is none of these. */
export const parseColour = (colour: string): Colour => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour)
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  const hex = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1)
  const numbers =
    hex?.map((pair) => Number.parseInt(pair, 16)) ??
    /^rgba?\(([^)]*)\)/
      .exec(colour)?.[1]
      ?.split(/[\s,/]+/)
      .filter((part) => part !== '')
      .map(Number)
  const [red = 128, green = 128, blue = 128] = numbers ?? []
  return [red / 255, green / 255, blue / 255]
}

/** The colour at `share` in [0, 1] between `stops`, which are evenly spaced. */
export const mixAt = (stops: readonly Colour[], share: number): Colour => {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const index = Math.max(0, Math.min(stops.length - 2, Math.floor(place)))
  const from = stops[index] ?? [0, 0, 0]
  const to = stops[index + 1] ?? from
  const part = place - index
  const mixed = (channel: 0 | 1 | 2): number => from[channel] + part * (to[channel] - from[channel])
  return [mixed(0), mixed(1), mixed(2)]
}

const byte = (channel: number): number => Math.round(255 * Math.max(0, Math.min(1, channel)))

export const cssColour = ([red, green, blue]: Colour): string => `rgb(${byte(red)},${byte(green)},${byte(blue)})`

/** A pixel of an image, little-endian RGBA. */
export const packColour = ([red, green, blue]: Colour): number =>
  ((255 << 24) | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0

/** [256] pixels between stops of equal distance. */
export const colourTable = (stops: readonly Colour[]): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, place) => packColour(mixAt(stops, place / 255)))

/** Pixel of a value between two ends; of what is no number, nothing. */
export const pixelOf = (table: Uint32Array, value: number, low: number, high: number): number => {
  if (Number.isNaN(value)) return 0
  const share = high > low ? (value - low) / (high - low) : 0
  return table[Math.max(0, Math.min(255, Math.round(share * 255)))] ?? 0
}
