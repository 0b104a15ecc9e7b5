import { wordsOf } from '../../src-core/study/studyWords.ts'
import { shownLimit } from '../../src-core/progress/readModel.ts'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { confirmationStanding } from '../../src-core/confirmation/summarise.ts'
import { type Answer, call } from '../bridge/bridge.ts'
import { metricName, metricTitle } from '../../src-core/progress/objectiveText.ts'
import { accuracyAxis, measuredAccuracy } from '../charts/accuracyAxis.ts'
import { limitPlot, placeByCost } from '../charts/limitPlot.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { TrialColumn } from '../charts/trialColumn.ts'
import type { StudyView } from '../trials/studyView.ts'
import { constraintPlot, placeTrials, scatterData } from '../charts/constraintPlot.ts'
import { plotFigure } from '../charts/plotFigure.ts'
import { figureToSvg } from '../charts/saveFigure.ts'
import type { Board } from '../state/board.svelte.ts'
import { showInFolder } from '../state/savedFiles.ts'
import type { Figure, FigureSize } from '../state/panel.svelte.ts'
import { confirmationData, confirmationPlot } from './confirmationPlot.ts'
import { type ConfirmedRow, confirmedRows } from './confirmedRows.ts'
import { type ReportContent, type ReportFigure, reportHtml } from './report.ts'

const size: FigureSize = { width: 680, height: 340 }

const inReport = (title: string, caption: string, figure: Figure): ReportFigure => ({
  title,
  caption,
  // Within a document there is one declaration, that of the document.
  svg: figureToSvg(figure, size).replace(/^<\?xml[^>]*\?>\s*/, ''),
})

const scatterCaption =
  'Filled circles: complete and feasible; hollow: complete, a constraint broken; triangles: stopped for silence; crosses: failed. The line is the threshold.'

/** Of accuracies the whole axis from 0 to 1, which needs no telling. */
const axisOf = ({ trials, objective }: StudyView): PlotAxis | undefined =>
  objective === 'accuracy' ? undefined : accuracyAxis(new TrialColumn(measuredAccuracy).of(trials), objective)

const figuresOf = ({ view }: Board, confirmed: readonly ConfirmedRow[]): ReportFigure[] => [
  ...view.constraints.map((constraint) => {
    const y = axisOf(view)
    const placed = placeTrials(view.trials, constraint, view.constraints, { floor: y?.min })
    const plot = constraintPlot(placed, constraint, { y, words: wordsOf(view.summary.network) })
    return inReport(
      `${metricTitle(view.objective)} against ${constraint.name}`,
      scatterCaption,
      plotFigure(
        constraint.name,
        () => [{ plot, zoom: null }],
        () => scatterData(view.trials, view),
      ),
    )
  }),
  ...view.limits.map((limit) => {
    const y = accuracyAxis(new TrialColumn(measuredAccuracy).of(view.trials), view.objective)
    const plot = limitPlot(placeByCost(view.trials, limit, y.min), limit, y)
    const title = `${metricTitle(view.objective)} against ${metricName(shownLimit(limit))}`
    return inReport(
      title,
      scatterCaption,
      plotFigure(
        title,
        () => [{ plot, zoom: null }],
        () => scatterData(view.trials, view),
      ),
    )
  }),
  ...(confirmed.length === 0
    ? []
    : [
        inReport(
          'Confirmation',
          "Box: quartiles and median of the runs (points); dot and bar: mean and its 95 % interval by Student's t; cross: what the search had measured.",
          plotFigure(
            'confirmation',
            () => [{ plot: confirmationPlot(confirmed, view.objective), zoom: null }],
            () => confirmationData(confirmed, view.objective),
          ),
        ),
      ]),
]

/** The dataset that a study measured on, from the record of its latest measured trial; null: nothing was measured. */
const datasetOf = async ({ view }: Board): Promise<Pick<ReportContent, 'dataset' | 'datasetSha256'>> => {
  const measured = [...view.trials].reverse().find(({ state }) => state === 'complete' || state === 'stopped')
  if (measured === undefined) return { dataset: null, datasetSha256: null }
  const answer = await call('trialRecord', { id: view.summary.folder, number: measured.number })
  const found = answer.ok ? answer.value.measured : null
  return { dataset: found?.dataset ?? null, datasetSha256: found?.datasetSha256 ?? null }
}

/** The confirmation that is in a report, and all of the study: one that runs is told of, whichever is shown. */
interface ReportedConfirmations {
  readonly shown: Confirmation | null
  readonly all: readonly Confirmation[]
}

const saveReport = async (
  board: Board,
  { shown, all }: ReportedConfirmations,
  format: 'html' | 'pdf',
): Promise<Answer<'saveReport'>> => {
  const { view } = board
  const [environment, dataset] = await Promise.all([call('readEnvironment', null), datasetOf(board)])
  if (!environment.ok) return environment
  const confirmed = shown === null ? [] : confirmedRows(shown, view.trials, view.objective)
  const open = all.filter((one) => one.id === shown?.id || one.state === 'running')
  const html = reportHtml({
    view,
    environment: environment.value,
    confirmed,
    standing: open.flatMap((one) => confirmationStanding(one) ?? []),
    figures: figuresOf(board, confirmed),
    ...dataset,
    writtenAt: new Date(),
  })
  return call('saveReport', { format, name: `${view.summary.id} report`, html })
}

/** Writes the report of a study where the person wants it, and says where it is. */
export const writeReport = async (
  board: Board,
  confirmations: ReportedConfirmations,
  format: 'html' | 'pdf',
): Promise<void> => {
  const { toasts } = board.session
  const answer = await saveReport(board, confirmations, format)
  if (!answer.ok) toasts.showError('The report could not be written.', answer.error)
  else if (answer.value !== null)
    toasts.showSuccess('Report written.', answer.value.file, showInFolder(toasts, answer.value.place))
}

/** The same with the latest confirmation. */
export const writeLatestReport = async (board: Board, format: 'html' | 'pdf'): Promise<void> => {
  const answer = await call('listConfirmations', { id: board.view.summary.folder })
  if (answer.ok) await writeReport(board, { shown: answer.value[0] ?? null, all: answer.value }, format)
  else board.session.toasts.showError('The report could not be written.', answer.error)
}
