/** How often trials come to lie in each part of what the others predict of them: level where a model knows its uncertainty. */
import type { ModelDiagnosis } from '../../src-core/diagnostics/diagnosis.ts'
import { linearAxis } from '../charts/axes.ts'
import { fitted } from '../charts/drawAxes.ts'
import type { Plot } from '../charts/plot.ts'
import { formatPercent, formatValue } from '../trials/format.ts'

const shareIn = ({ calibration }: ModelDiagnosis): number =>
  calibration.intervals.find(({ nominal }) => nominal === 0.9)?.share ?? 0

export const calibrationWords = (model: ModelDiagnosis): string[] => [
  model.errors.q2 === null ? 'all observations are equal' : `Q² ${model.errors.q2.toFixed(2)}`,
  `90 % interval holds ${formatPercent(shareIn(model), 0)}`,
  `distance ${formatValue(Number(model.calibration.distance.toFixed(2)))}, usual below ${model.calibration.usualDistance.toFixed(2)}`,
  ...(model.noise === null
    ? []
    : [`noise ${formatValue(Number(model.noise.toPrecision(2)))}; seeds may differ by more`]),
]

/** The share of each bar where all are level. */
export const levelOf = ({ calibration }: ModelDiagnosis): number => 1 / calibration.histogram.length

const wordHeight = 14

export const calibrationPlot = (model: ModelDiagnosis): Plot => {
  const { histogram } = model.calibration
  const bins = histogram.length
  const level = levelOf(model)
  const ends = ['below', 'expected', 'above']
  const words = calibrationWords(model)
  return {
    x: {
      ...linearAxis('', 0, bins),
      ticks: () => [0, bins / 2, bins],
      label: (value) => ends[Math.round((value / bins) * 2)] ?? '',
      grid: false,
    },
    y: { ...linearAxis('', 0, Math.max(0.3, ...histogram)), ticks: () => [], zoomed: false },
    room: { left: 24, right: 24, top: 6 + wordHeight * words.length },
    over: (context, frame) => {
      context.strokeStyle = frame.colours.text
      context.lineWidth = 1
      context.setLineDash([4, 3])
      context.beginPath()
      context.moveTo(frame.x(0), frame.y(level))
      context.lineTo(frame.x(bins), frame.y(level))
      context.stroke()
      context.setLineDash([])
    },
    ground: (context, { area, colours }) => {
      context.font = `11px ${colours.font}`
      context.fillStyle = colours.text
      context.textAlign = 'left'
      context.textBaseline = 'middle'
      for (const [row, text] of words.entries()) {
        context.fillText(fitted(context, text, area.right - area.left + 36), 4, 8 + row * wordHeight)
      }
    },
    under: (context, frame) => {
      context.fillStyle = frame.colours.series.feasible
      for (const [bin, share] of histogram.entries()) {
        const [left, top] = [frame.x(bin) + 1, frame.y(share)]
        context.fillRect(left, top, frame.x(bin + 1) - left - 1, frame.area.bottom - top)
      }
    },
  }
}
