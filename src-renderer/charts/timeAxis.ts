import type { PlotAxis } from './plot.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((count) => count * day),
]

/** Round durations from `min` to `max`, at most `most` of them. */
export const durationTicks = (min: number, max: number, most = 6): number[] => {
  const step = steps.find((candidate) => (max - min) / candidate <= most) ?? max - min
  const ticks: number[] = []
  for (let count = Math.ceil(min / step - 1e-9) + 0; count * step <= max * (1 + 1e-9); count++) ticks.push(count * step)
  return ticks
}

const noBreak = '\u00a0'
const rounded = (value: number): string => String(Number(value.toFixed(1)))

/** A duration beside a tick: in the largest unit that it fills. */
export const durationLabel = (durationMs: number): string => {
  if (durationMs === 0) return '0'
  if (durationMs < minute) return `${rounded(durationMs / second)}${noBreak}s`
  if (durationMs < hour) return `${rounded(durationMs / minute)}${noBreak}min`
  if (durationMs < day) return `${rounded(durationMs / hour)}${noBreak}h`
  return `${rounded(durationMs / day)}${noBreak}d`
}

/** An axis of durations in milliseconds, from 0. */
export const durationAxis = (title: string, maxMs: number): PlotAxis => ({
  title,
  scale: 'linear',
  min: 0,
  max: Math.max(maxMs, 100),
  label: durationLabel,
  ticks: durationTicks,
})

/** The end of an axis of time that grows: it moves now and then, not at every update. */
export const steadyEnd = (lengthMs: number): number => {
  const power = 2 ** Math.floor(Math.log2(Math.max(1, lengthMs)))
  const step = power / 32
  return (Math.floor(lengthMs / step) + 1) * step
}
