/** How much of an output's variance each hyperparameter explains: alone, and with its interactions. */
import type { Estimate, OutputImportance } from '../../src-core/diagnostics/importance.ts'
import { metricName } from '../../src-core/progress/objectiveText.ts'
import { linearAxis } from '../charts/axes.ts'
import { percentLabel } from '../charts/labels.ts'
import type { Paint, Plot, PlotFrame } from '../charts/plot.ts'
import type { FigureData } from '../state/figure.ts'
import { formatPercent } from '../trials/format.ts'
import type { StudyView } from '../trials/studyView.ts'
import { constraintTitle } from '../../src-core/progress/constraintTitle.ts'
import type { parameterRows } from './parameterRows.ts'

/** Parameters by their total index for the objective, else for the output that comes first; most important first. */
export const importanceOrder = (importance: readonly OutputImportance[]): string[] => {
  const leading = importance.find(({ variance }) => variance > 0) ?? importance[0]
  return [...(leading?.parameters ?? [])]
    .sort((a, b) => b.total.value - a.total.value)
    .map(({ parameter }) => parameter)
}

/** What an output is called in a plot. */
export const outputTitle = (output: string, { objective, limits }: Pick<StudyView, 'objective' | 'limits'>): string =>
  output === 'objective' ? metricName(objective) : constraintTitle(output, limits)

const paintBars =
  ({ variance, parameters }: OutputImportance, order: readonly string[]): Paint =>
  (context, frame) => {
    const { area, colours } = frame
    if (variance === 0) {
      context.font = `11px ${colours.font}`
      context.fillStyle = colours.mutedText
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      const words = 'the model is flat'
      const isWide = context.measureText(words).width < area.right - area.left
      context.fillText(isWide ? words : 'flat', frame.x(0.5), frame.y(0.5))
      return
    }
    for (const { parameter, firstOrder, total } of parameters)
      paintBar(context, frame, order.indexOf(parameter), { firstOrder, total })
  }

const paintBar = (
  context: CanvasRenderingContext2D,
  frame: PlotFrame,
  row: number,
  { firstOrder, total }: { readonly firstOrder: Estimate; readonly total: Estimate },
): void => {
  const { colours } = frame
  const at = (share: number): number => frame.x(Math.min(1, Math.max(0, share)))
  const [left, y] = [frame.x(0), frame.y(row)]
  const thick = Math.min(11, (frame.y(1) - frame.y(0)) * 0.72)
  context.fillStyle = colours.series.feasible
  context.globalAlpha = 0.32
  context.fillRect(left, y - thick / 2, at(total.value) - left, thick)
  context.globalAlpha = 1
  context.fillRect(left, y - thick / 4, at(firstOrder.value) - left, thick / 2)
  context.strokeStyle = colours.text
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(at(total.value - total.standardError), y)
  context.lineTo(at(total.value + total.standardError), y)
  context.stroke()
}

/**
 * @param rows of `parameterRows`, one for each of `order`
 * @param width CSS pixels of the plot, for the title of its axis, which would be squeezed into less
 */
export const importancePlot = (
  importance: OutputImportance,
  order: readonly string[],
  rows: ReturnType<typeof parameterRows>,
  width: number,
): Plot => ({
  x: linearAxis(width < 110 ? '%' : '% of variance', 0, 1, percentLabel),
  ...rows,
  under: paintBars(importance, order),
})

/**
 * What is said of a hyperparameter's bar.
 * @param single it has one share, not one alone and one with interactions
 */
export const importanceWords = ({ parameters }: OutputImportance, name: string, single = false): string[] => {
  const entry = parameters.find(({ parameter }) => parameter === name)
  const words = ({ value, standardError }: Estimate): string =>
    `${formatPercent(value)} ± ${formatPercent(standardError)} of the variance`
  return entry === undefined
    ? []
    : single
      ? [name, words(entry.total)]
      : [name, `alone: ${words(entry.firstOrder)}`, `with interactions: ${words(entry.total)}`]
}

/** @param title what the output is called */
export const importanceGist = ({ parameters }: OutputImportance, title: string): string => {
  const [first] = [...parameters].sort((a, b) => b.total.value - a.total.value)
  return first === undefined
    ? title
    : `${title}: most by ${first.parameter}, ${formatPercent(first.total.value, 0)} of the variance in total`
}

export const importanceData = (importance: readonly OutputImportance[]): FigureData => ({
  columns: ['output', 'parameter', 'firstOrder', 'firstOrderStandardError', 'total', 'totalStandardError'],
  rows: importance.flatMap(({ output, parameters }) =>
    parameters.map(({ parameter, firstOrder, total }) => [
      output,
      parameter,
      firstOrder.value,
      firstOrder.standardError,
      total.value,
      total.standardError,
    ]),
  ),
})
