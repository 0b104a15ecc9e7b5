/** The lengthscales of an output's model, in units of the range of each hyperparameter. */
import { type LengthscaleRow, lengthscaleWords } from '../../src-core/diagnostics/lengthscaleTable.ts'
import type { Paint, Plot } from '../charts/plot.ts'
import type { FigureData } from '../state/figure.ts'
import { formatValue } from '../trials/format.ts'
import { parameterRows } from './parameterRows.ts'

const [shortest, longest] = [0.1, 100]
/** Lengthscales between the readings. */
const bands = [
  { from: 0, to: 0.5, word: 'local' },
  { from: 0.5, to: 1.8, word: 'gradual' },
  { from: 1.8, to: 5, word: 'straight' },
  { from: 5, to: Infinity, word: 'flat' },
] as const
/** Room above the axes for the words. */
const wordRoom = 16

const paintBands: Paint = (context, frame) => {
  const { area, colours } = frame
  context.font = `10px ${colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [place, { from, to, word }] of bands.entries()) {
    const left = from === 0 ? area.left : Math.max(area.left, frame.x(from))
    const wide = (to === Infinity ? area.right : Math.min(area.right, frame.x(to))) - left
    if (wide <= 0) continue
    context.globalAlpha = 0.4 * (0.5 - 0.14 * place)
    context.fillStyle = colours.accent
    context.fillRect(left, area.top, wide, area.bottom - area.top)
    context.globalAlpha = 1
    context.fillStyle = colours.mutedText
    if (context.measureText(word).width < wide + 6) context.fillText(word, left + wide / 2, area.top - wordRoom / 2)
  }
}

/**
 * @param place of the output among all, each of which has a plot
 * @param width of all plots
 */
export const lengthscalePlot = (rows: readonly LengthscaleRow[], place: number, width: number): Plot => {
  const names = rows.map(({ parameter }) => parameter)
  const { room, ...across } = parameterRows(names, place, width)
  return {
    ...across,
    // A little beyond its ends, so that what stands there is seen whole.
    x: {
      title: '',
      scale: 'log',
      min: shortest * 0.6,
      max: longest * 2,
      label: formatValue,
      ticks: () => [0.1, 1, 10, 100],
      grid: false,
    },
    room: { ...room, top: wordRoom },
    ground: paintBands,
    under: (context, frame) => {
      const { area, colours } = frame
      const radius = Math.min(4, (frame.y(1) - frame.y(0)) * 0.38)
      for (const [row, { outputs }] of rows.entries()) {
        const x = frame.x(Math.min(longest, Math.max(shortest, outputs[place]?.lengthscale ?? NaN)))
        const y = frame.y(row)
        context.strokeStyle = colours.grid
        context.lineWidth = 1
        context.beginPath()
        context.moveTo(x, y)
        context.lineTo(area.right, y)
        context.stroke()
        context.fillStyle = colours.series.feasible
        context.beginPath()
        context.arc(x, y, radius, 0, 2 * Math.PI)
        context.fill()
      }
    },
  }
}

/** What is said of a hyperparameter's row. */
export const lengthscaleLines = (row: LengthscaleRow | undefined, place: number): string[] => {
  const found = row?.outputs[place]
  return row === undefined || found === undefined
    ? []
    : [
        row.parameter,
        `lengthscale ${formatValue(Number(found.lengthscale.toPrecision(3)))}: ${lengthscaleWords[found.reading]}`,
        `correlation from one end of the range to the other ${formatValue(Number(found.acrossRange.toPrecision(2)))}`,
      ]
}

/** @param title what the output is called */
export const lengthscaleGist = (rows: readonly LengthscaleRow[], place: number, title: string): string => {
  const local = rows.flatMap(({ parameter, outputs }) => (outputs[place]?.reading === 'local' ? [parameter] : []))
  return `Lengthscales of ${rows.length} hyperparameters in units of their ranges, ${title}. Local: ${local.join(', ') || 'none'}.`
}

export const lengthscaleData = (rows: readonly LengthscaleRow[]): FigureData => ({
  columns: ['parameter', 'output', 'lengthscale', 'correlationAcrossRange', 'reading'],
  rows: rows.flatMap(({ parameter, outputs }) =>
    outputs.map(({ output, lengthscale, acrossRange, reading }) => [
      parameter,
      output,
      lengthscale,
      acrossRange,
      lengthscaleWords[reading],
    ]),
  ),
})
