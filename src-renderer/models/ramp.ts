/** A scale of colours from low to high: a monotone rise of lightness, so that it reads without hues and in print. */

export type Colour = readonly [red: number, green: number, blue: number]

/** Reads `#rrggbb`. */
export const parseColour = (text: string): Colour => {
  const value = Number.parseInt(text.trim().slice(1, 7), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** The colour at `share` in [0, 1] between `stops`, which are evenly spaced. */
export const mixAt = (stops: readonly Colour[], share: number): Colour => {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const index = Math.min(stops.length - 2, Math.floor(place))
  const from = stops[index] ?? [0, 0, 0]
  const to = stops[index + 1] ?? from
  const part = place - index
  const mixed = (channel: 0 | 1 | 2): number => Math.round(from[channel] + part * (to[channel] - from[channel]))
  return [mixed(0), mixed(1), mixed(2)]
}

export const cssColour = ([red, green, blue]: Colour): string => `rgb(${red},${green},${blue})`

const stopNames = ['ramp-1', 'ramp-2', 'ramp-3', 'ramp-4', 'ramp-5', 'ramp-6']

/** The stops of styles/tokens.css as they are now, light or dark. */
export const readRamp = (element: Element): Colour[] => {
  const style = getComputedStyle(element)
  return stopNames.map((name) => parseColour(style.getPropertyValue(`--${name}`)))
}
