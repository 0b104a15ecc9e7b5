import { parse } from 'yaml'
import { z } from 'zod'
import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'
import { confirmationStanding } from '../../src-core/confirmation/summarise.ts'
import { type Answer, call } from '../bridge/bridge.ts'
import { confirmedRows } from '../decide/confirmedRows.ts'
import { studyModels } from '../search/models.svelte.ts'
import type { Board } from '../state/board.svelte.ts'
import { tellSaved } from '../state/savedFiles.ts'
import { confusionFigures, openedNetworkFigures } from './networkFigures.ts'
import {
  confirmationFigures,
  constraintFigures,
  curveFigures,
  historyFigures,
  importanceFigures,
  timelineFigures,
} from './reportFigures.ts'
import { reportHtml } from './reportHtml.ts'
import { reportMarkdown } from './reportMarkdown.ts'
import { type ReportContent, reportDocument } from './reportSections.ts'

export const reportFormats = [
  { format: 'pdf', title: 'PDF' },
  { format: 'html', title: 'HTML' },
  { format: 'markdown', title: 'Markdown' },
] as const
export type ReportFormat = (typeof reportFormats)[number]['format']

/** The record of the latest measured trial; it says what the study measured on. null: nothing was measured. */
const datasetOf = async ({ view }: Board): Promise<Pick<ReportContent, 'dataset' | 'datasetSha256'>> => {
  const measured = [...view.trials].reverse().find(({ state }) => state === 'complete' || state === 'stopped')
  if (measured === undefined) return { dataset: null, datasetSha256: null }
  const answer = await call('trialRecord', { id: view.summary.folder, number: measured.number })
  const found = answer.ok ? answer.value.measured : null
  return { dataset: found?.dataset ?? null, datasetSha256: found?.datasetSha256 ?? null }
}

const describedSchema = z.looseObject({ description: z.string().optional() })

const descriptionOf = (yaml: string): string | null => {
  const known = describedSchema.safeParse(parse(yaml))
  return known.data?.description ?? null
}

type Found = Pick<ReportContent, 'importanceProblem'> & Pick<ReportContent['figures'], 'importance'>

/** The models as they are, or fitted now. */
const importanceOf = async (board: Board): Promise<Found> => {
  const models = studyModels(board)
  if (models.report === null) await models.refresh()
  const { report, error } = models
  if (report === null) {
    return { importance: [], importanceProblem: error === null ? 'There are no models yet.' : error.message }
  }
  return { importance: importanceFigures(report, board.view), importanceProblem: null }
}

/** Of an imported log there is no network to open. */
const networkOf = async ({
  view,
  untrainable,
}: Board): Promise<Pick<ReportContent, 'networkProblem'> & Pick<ReportContent['figures'], 'network'>> => {
  const { best, folder } = view.summary
  if (best === null || untrainable !== null) return { network: [], networkProblem: null }
  const record = await call('trialRecord', { id: folder, number: best.number })
  const confusion = record.ok ? confusionFigures(record.value) : []
  const { figures, problem } = await openedNetworkFigures(folder, best.number)
  return { network: [...figures, ...confusion], networkProblem: problem }
}

/** The confirmation that is in a report, and all of the study: one that runs is told of, whichever is shown. */
interface ReportedConfirmations {
  readonly shown: Confirmation | null
  readonly all: readonly Confirmation[]
}

const saveReport = async (
  board: Board,
  { shown, all }: ReportedConfirmations,
  format: ReportFormat,
  tell: (doing: string) => void,
): Promise<Answer<'saveReport'>> => {
  tell('Reading…')
  const [environment, dataset, curves] = await Promise.all([
    call('readEnvironment', null),
    datasetOf(board),
    curveFigures(board.view),
  ])
  if (!environment.ok) return environment
  tell('Fitting models…')
  const { importance, importanceProblem } = await importanceOf(board)
  tell('Opening the best network…')
  const { network, networkProblem } = await networkOf(board)
  tell('Drawing…')
  // As it is now: the study may have gone on meanwhile.
  const { view } = board
  const confirmed = shown === null ? [] : confirmedRows(shown, view.trials, view.objective)
  const open = all.filter((one) => one.id === shown?.id || one.state === 'running')
  const document = reportDocument({
    view,
    description: descriptionOf(view.definitionYaml),
    environment: environment.value,
    confirmed,
    standing: open.flatMap((one) => confirmationStanding(one) ?? []),
    figures: {
      history: historyFigures(view),
      constraints: constraintFigures(view),
      timeline: timelineFigures(view),
      confirmation: confirmationFigures(confirmed, view),
      importance,
      curves,
      network,
    },
    importanceProblem,
    networkProblem,
    ...dataset,
    writtenAt: new Date(),
  })
  tell('Writing…')
  const name = `${view.summary.id} report`
  if (format !== 'markdown') return call('saveReport', { format, name, html: reportHtml(document) })
  const { parts, figures } = reportMarkdown(document)
  return call('saveReport', { format, name, parts: [...parts], figures: [...figures] })
}

/**
 * Writes the report of a study where the person wants it, and says where it is.
 * @param tell what is being done, for whoever waits
 */
export const writeReport = async (
  board: Board,
  confirmations: ReportedConfirmations,
  format: ReportFormat,
  tell: (doing: string) => void = () => undefined,
): Promise<void> => {
  const { toasts } = board.session
  const answer = await saveReport(board, confirmations, format, tell)
  if (!answer.ok) toasts.showError('The report could not be written.', answer.error)
  else if (answer.value !== null) tellSaved(toasts, 'Report written.', answer.value)
}

/** The same with the latest confirmation. */
export const writeLatestReport = async (board: Board, format: ReportFormat): Promise<void> => {
  const answer = await call('listConfirmations', { id: board.view.summary.folder })
  if (answer.ok) await writeReport(board, { shown: answer.value[0] ?? null, all: answer.value }, format)
  else board.session.toasts.showError('The report could not be written.', answer.error)
}
