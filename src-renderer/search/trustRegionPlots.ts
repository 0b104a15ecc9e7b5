/** The trust region over the trials that it was asked for: its side length with what changed it, and what counts towards the next change. */
import type { RegionEvent, RegionTrial } from '../../src-core/diagnostics/trustRegionHistory.ts'
import { linearAxis } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import { MarkBuilder } from '../charts/marks.ts'
import type { Paint, PixelBox, Plot, PlotAxis, PlotFrame } from '../charts/plot.ts'
import { formatCount, formatPlural, formatValue } from '../trials/format.ts'
import type { PointKind } from '../charts/pointKinds.ts'

interface RegionRules {
  readonly successesToGrow: number
  readonly failuresToShrink: number
}

/** Room left of both plots, so that their trials stand above each other. */
const leftRoom = 50

const trialAxis = (regions: readonly RegionTrial[], title: string): PlotAxis => ({
  ...linearAxis(title, 0, Math.max(1, (regions.at(-1)?.trial ?? 1) * 1.02), (value) => formatCount(Math.round(value))),
  ...(title === '' ? { label: () => '' } : {}),
})

const sideText = (side: number): string => (side === 1 ? '1' : `1/${Math.round(1 / side)}`)

const upright = (context: CanvasRenderingContext2D, x: number, top: number, bottom: number): void => {
  context.beginPath()
  context.moveTo(x, top)
  context.lineTo(x, bottom)
  context.stroke()
}

/** The trial that stands nearest to a place on the horizontal axis. */
const trialAt =
  (regions: readonly RegionTrial[]) =>
  ({ area, xAt }: PlotFrame, x: number, y: number): number | null => {
    if (x < area.left || x > area.right || y < area.top || y > area.bottom) return null
    const at = xAt(x)
    let found: number | null = null
    for (const { trial } of regions) if (found === null || Math.abs(trial - at) < Math.abs(found - at)) found = trial
    return found
  }
const trialsIn =
  (regions: readonly RegionTrial[]) =>
  ({ xAt }: PlotFrame, { left, right }: PixelBox): number[] =>
    regions.flatMap(({ trial }) => (trial >= xAt(left) && trial <= xAt(right) ? [trial] : []))

const emphasise: Paint = (context, { area, x, colours }, { selected, hovered }) => {
  for (const [number, colour] of [
    [hovered, colours.mutedText],
    [selected, colours.accent],
  ] as const) {
    if (number === null) continue
    context.strokeStyle = colour
    context.lineWidth = 1.5
    upright(context, x(number), area.top, area.bottom)
  }
}

/** Side lengths; a gap between two regions. */
const sideLine = (regions: readonly RegionTrial[]): { x: number[]; y: number[] } => {
  const line: { x: number[]; y: number[] } = { x: [], y: [] }
  for (const [index, { trial, length, life }] of regions.entries()) {
    const before = regions[index - 1]
    if (before !== undefined && before.life !== life) {
      line.x.push(trial)
      line.y.push(NaN)
    }
    line.x.push(trial)
    line.y.push(length)
  }
  return line
}

/** @param kindOf what became of a trial */
export const sidePlot = (
  regions: readonly RegionTrial[],
  events: readonly RegionEvent[],
  kindOf: (trial: number) => PointKind,
  colours: ChartColours,
): Plot => {
  const marks = new MarkBuilder(regions.length)
  for (const { trial, length } of regions) marks.add(trial, kindOf(trial), trial, length)
  return {
    x: trialAxis(regions, ''),
    y: {
      title: 'Side length',
      scale: 'log',
      min: 2 ** -7.5,
      max: 2,
      label: sideText,
      ticks: () => [1 / 64, 1 / 16, 1 / 4, 1],
    },
    room: { left: leftRoom, top: 6, bottom: 6 },
    lines: [{ ...sideLine(regions), colour: colours.series.feasible, width: 2, step: true }],
    // The trials are there for the pointer and the keys, the line for the eye.
    marks: marks.build(),
    markOpacity: 0,
    kinds: [],
    over: (context, frame) => {
      for (const event of events) paintEvent(context, frame, event)
    },
    trialAt: trialAt(regions),
    trialsIn: trialsIn(regions),
  }
}

const paintEvent = (context: CanvasRenderingContext2D, frame: PlotFrame, event: RegionEvent): void => {
  const { area, colours, x, y } = frame
  const at = x(event.trial)
  context.font = `10px ${colours.font}`
  context.textBaseline = 'middle'
  if (event.kind === 'restart') {
    context.strokeStyle = context.fillStyle = colours.threshold
    context.lineWidth = 1.5
    context.setLineDash([4, 3])
    upright(context, at, area.top, area.bottom)
    context.setLineDash([])
    context.textAlign = 'left'
    context.fillText(`region ${event.life + 1}`, at + 4, area.top + 8)
  } else if (event.kind === 'moved') {
    // A better centre: a tick at the foot.
    context.strokeStyle = colours.text
    context.lineWidth = 1.5
    upright(context, at, area.bottom - 6, area.bottom)
  } else if (event.kind !== 'begun') {
    const isGrown = event.kind === 'grown'
    context.fillStyle = isGrown ? colours.series.running : colours.series.stopped
    context.textAlign = 'center'
    context.fillText(isGrown ? '▲' : '▼', at, y(event.to) + (isGrown ? -8 : 9))
  }
}

export const counterPlot = (
  regions: readonly RegionTrial[],
  { successesToGrow, failuresToShrink }: RegionRules,
): Plot => ({
  x: trialAxis(regions, 'Trial'),
  y: {
    ...linearAxis('In a row', -failuresToShrink, successesToGrow, (value) => formatValue(Math.abs(value))),
    zoomed: false,
  },
  room: { left: leftRoom, top: 2 },
  under: (context, frame) => {
    const { area, x, y, colours } = frame
    const zero = y(0)
    const wide = Math.max(1, Math.min(6, x(1) - x(0)))
    for (const { trial, successes, failures } of regions) {
      context.fillStyle = colours.series.running
      const top = y(Math.min(successes, successesToGrow))
      context.fillRect(x(trial) - wide / 2, top, wide, zero - top)
      context.fillStyle = colours.series.stopped
      context.fillRect(x(trial) - wide / 2, zero, wide, y(-Math.min(failures, failuresToShrink)) - zero)
    }
    context.fillStyle = colours.line
    context.fillRect(area.left, Math.round(zero), area.right - area.left, 1)
    if (area.bottom - area.top <= 50) return
    context.fillStyle = colours.mutedText
    context.font = `10px ${colours.font}`
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText('successes', area.left + 4, area.top + 7)
    context.fillText('failures', area.left + 4, area.bottom - 7)
  },
  emphasise,
  trialAt: trialAt(regions),
  trialsIn: trialsIn(regions),
})

/** What is said of the region that a trial was asked for in. */
export const regionWords = ({ trial, length, successes, failures, centre, centreFeasible }: RegionTrial): string[] => [
  `Trial ${trial}: side ${formatValue(length)}`,
  `${formatPlural(successes, 'success', 'successes')}, ${formatPlural(failures, 'failure')} in a row`,
  `centre trial ${centre}, ${centreFeasible ? 'feasible' : 'of least violation'}`,
]
