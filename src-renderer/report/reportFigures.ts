/** The figures of a report, by the same plots as on the screen. */
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import { metricName, metricTitle } from '../../src-core/progress/objectiveText.ts'
import { shownLimit } from '../../src-core/progress/readModel.ts'
import { capitalised, nonSpikingShareOf, wordsOf } from '../../src-core/study/studyWords.ts'
import { call } from '../bridge/bridge.ts'
import { accuracyAxis, measuredAccuracy } from '../charts/accuracyAxis.ts'
import { constraintPlot, placeTrials, scatterData } from '../charts/constraintPlot.ts'
import { limitPlot, placeByCost } from '../charts/limitPlot.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { plotFigure } from '../charts/plotFigure.ts'
import { figureToSvg } from '../charts/saveFigure.ts'
import { TrialColumn } from '../charts/trialColumn.ts'
import { confirmationData, confirmationPlot } from '../decide/confirmationPlot.ts'
import type { ConfirmedRow } from '../decide/confirmedRows.ts'
import { chosenTrials } from '../overview/curves.ts'
import { curvesData, curvesPlot, type TrialCurve } from '../overview/curvesPlot.ts'
import { bestSoFar, HistoryColumns, historyData, historyPlot, originOf } from '../overview/historyPlot.ts'
import { timelineData, TimelineMaker } from '../overview/timelineBars.ts'
import { timelinePlot } from '../overview/timelinePlot.ts'
import { importanceData, importanceOrder } from '../search/importance.ts'
import { importanceParts } from '../search/importanceParts.ts'
import type { Figure, FigureSize } from '../state/figure.ts'
import type { StudyView } from '../trials/studyView.ts'
import type { ReportFigure } from './reportDocument.ts'

export const figureSize: FigureSize = { width: 680, height: 340 }

export const reportFigure = (
  title: string,
  caption: string,
  figure: Pick<Figure, 'draw'>,
  size: FigureSize = figureSize,
): ReportFigure => ({
  title,
  caption,
  // Within a document there is one declaration, that of the document.
  svg: figureToSvg(figure, size).replace(/^<\?xml[^>]*\?>\s*/, ''),
})

const marksCaption =
  'Filled circles: complete and feasible; hollow: complete, a constraint broken; triangles: stopped for silence; crosses: failed.'

/** Of accuracies the whole axis from 0 to 1, which needs no telling. */
const axisOf = ({ trials, objective }: StudyView): PlotAxis | undefined =>
  objective === 'accuracy' ? undefined : accuracyAxis(new TrialColumn(measuredAccuracy).of(trials), objective)

/** Accuracy, or whatever is searched for, against every constraint. */
export const constraintFigures = (view: StudyView): ReportFigure[] => [
  ...view.constraints.map((constraint) => {
    const y = axisOf(view)
    const placed = placeTrials(view.trials, constraint, view.constraints, { floor: y?.min })
    const plot = constraintPlot(placed, constraint, { y })
    return reportFigure(
      `${metricTitle(view.objective)} against ${nonSpikingShareOf(constraint.layer)}`,
      `${marksCaption} The line is the threshold.`,
      plotFigure(
        nonSpikingShareOf(constraint.layer),
        () => [{ plot, zoom: null }],
        () => scatterData(view.trials, view),
      ),
    )
  }),
  ...view.limits.map((limit) => {
    const y = accuracyAxis(new TrialColumn(measuredAccuracy).of(view.trials), view.objective)
    const plot = limitPlot(placeByCost(view.trials, limit, y.min), limit, y)
    const title = `${metricTitle(view.objective)} against ${metricName(shownLimit(limit))}`
    return reportFigure(
      title,
      `${marksCaption} The line is the limit.`,
      plotFigure(
        title,
        () => [{ plot, zoom: null }],
        () => scatterData(view.trials, view),
      ),
    )
  }),
]

export const confirmationFigures = (confirmed: readonly ConfirmedRow[], { objective }: StudyView): ReportFigure[] =>
  confirmed.length === 0
    ? []
    : [
        reportFigure(
          'Confirmation',
          "Box: quartiles and median of the runs (points); dot and bar: mean and its 95 % interval by Student's t; cross: what the search had measured.",
          plotFigure(
            'confirmation',
            () => [{ plot: confirmationPlot(confirmed, objective), zoom: null }],
            () => confirmationData(confirmed, objective),
          ),
        ),
      ]

export const historyFigures = (view: StudyView): ReportFigure[] => {
  const { trials, objective } = view
  const columns = new HistoryColumns()
  const startMs = originOf(view, columns)
  const best = bestSoFar(view.ended, 'number', columns, startMs)
  return [
    reportFigure(
      'History',
      `${marksCaption} The step line is the best feasible trial so far; the shaded trials are the initial design.`,
      plotFigure(
        'history',
        (colours) => [
          { plot: historyPlot(view, colours, { order: 'number', startMs, best, columns, objective }), zoom: null },
        ],
        () => historyData(trials, objective),
      ),
    ),
  ]
}

/** Lanes that the height of a figure is for. */
const lanesOfFigure = 12

export const timelineFigures = (view: StudyView): ReportFigure[] => {
  const { trials, objective, constraints, summary } = view
  const bars = new TimelineMaker('state', constraints).bars(view, {
    nowMs: summary.updatedAtMs,
    cutPauses: true,
  })
  if (bars.ended.count + bars.live.count === 0) return []
  return [
    reportFigure(
      'Timeline',
      `Each evaluation on its worker.${bars.pauses.length > 0 ? ' Pauses are cut out.' : ''}`,
      plotFigure(
        'timeline',
        () => [{ plot: timelinePlot(bars, 'state'), zoom: null }],
        () => timelineData(trials, objective),
      ),
      {
        width: figureSize.width,
        height: Math.max(160, Math.min(600, 90 + 250 * (bars.workers.length / lanesOfFigure))),
      },
    ),
  ]
}

/** Learning curves of the best trials. */
export const curveFigures = async (view: StudyView): Promise<ReportFigure[]> => {
  const chosen = chosenTrials(view.trials, 'best', null, null)
  const answer = await call('learningCurves', {
    id: view.summary.folder,
    numbers: chosen.map(({ number }) => number),
  })
  if (!answer.ok) return []
  const byNumber = new Map<number, LearningCurve>(answer.value.map((curve) => [curve.number, curve]))
  const curves = chosen.flatMap((trial): TrialCurve[] => {
    const curve = byNumber.get(trial.number)
    return curve === undefined ? [] : [{ trial, curve }]
  })
  if (curves.length === 0) return []
  const words = wordsOf(view.summary.network)
  return [
    reportFigure(
      'Learning curves',
      `${capitalised(words.learned)} of the ${curves.length === 1 ? 'best trial' : `${curves.length} best trials`}.`,
      plotFigure(
        'learning-curves',
        (colours) => [{ plot: curvesPlot(curves, { constraint: null, layer: -1, words }, colours), zoom: null }],
        () => curvesData(curves, view.constraints),
      ),
    ),
  ]
}

/** Rows of hyperparameters that a figure of the usual height has room for. */
const rowsOfFigure = 16

export const importanceFigures = ({ importance }: ModelReport, view: StudyView): ReportFigure[] => {
  if (importance.length === 0) return []
  const order = importanceOrder(importance)
  return [
    reportFigure(
      'Importance',
      'Share of the variance of each model that is by a hyperparameter: alone (narrow) and with all interactions (wide), ± standard error. Sobol indices of Gaussian processes over the whole space.',
      plotFigure(
        'importance',
        (_, width) =>
          importanceParts(importance, { order, view, what: 'Importance' }, width).map(({ plot, title, extraLeft }) => ({
            plot,
            zoom: null,
            ...(title === undefined ? {} : { title }),
            ...(extraLeft === undefined ? {} : { extraLeft }),
          })),
        () => importanceData(importance),
      ),
      {
        width: figureSize.width,
        height: Math.max(200, Math.min(800, figureSize.height * (order.length / rowsOfFigure))),
      },
    ),
  ]
}
