/** What of an axis is in view, and how it moves. Ranges are in steps or rows; `extent`: the whole axis. */
import type { StepRange } from '../../../src-core/activity/activity.ts'

/** Keeps a range inside its axis, as wide as it is if that fits. */
export const keepInside = ({ from, to }: StepRange, extent: StepRange): StepRange => {
  const width = Math.min(to - from, extent.to - extent.from)
  const start = Math.max(extent.from, Math.min(extent.to - width, from))
  return { from: start, to: start + width }
}

interface Zoom {
  /** A point that stays where it is. */
  readonly about: number
  /** Below 1: in. */
  readonly factor: number
  /** The least that stays in view. */
  readonly narrowest: number
}

export const zoomAbout = (
  { from, to }: StepRange,
  extent: StepRange,
  { about, factor, narrowest }: Zoom,
): StepRange => {
  const whole = extent.to - extent.from
  const width = Math.min(whole, Math.max(Math.min(narrowest, whole), (to - from) * factor))
  const share = to > from ? (about - from) / (to - from) : 0.5
  const start = about - share * width
  return keepInside({ from: start, to: start + width }, extent)
}

export const pan = ({ from, to }: StepRange, extent: StepRange, by: number): StepRange =>
  keepInside({ from: from + by, to: to + by }, extent)

/** The factor of a turn of the wheel: a notch of 100 pixels is a fifth. */
export const wheelFactor = (deltaY: number): number => Math.exp(Math.max(-300, Math.min(300, deltaY)) * 0.0018)

/** Whole steps between two ends in any order, at least one, inside the axis. */
export const brushBetween = (a: number, b: number, extent: StepRange): StepRange | null => {
  if (extent.to - extent.from < 1) return null
  const from = Math.max(extent.from, Math.min(extent.to - 1, Math.floor(Math.min(a, b))))
  return { from, to: Math.max(from + 1, Math.min(extent.to, Math.ceil(Math.max(a, b)))) }
}

/** Places of ticks with round distances, at most as many as given. */
export const ticksOf = ({ from, to }: StepRange, atMost: number, smallest = 0): number[] => {
  if (!(to > from)) return []
  const rough = Math.max((to - from) / Math.max(1, atMost), smallest, 1e-9)
  const power = 10 ** Math.floor(Math.log10(rough))
  const distance = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  const ticks: number[] = []
  for (let tick = Math.ceil(from / distance - 1e-9) + 0; tick * distance <= to + distance * 1e-9; tick++)
    ticks.push(tick * distance)
  return ticks
}
