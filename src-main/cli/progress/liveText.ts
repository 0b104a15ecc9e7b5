import { metricWithDirection, objectiveNumber } from '../../../src-core/progress/objectiveText.ts'
import type { ConstraintInfo, StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import { replicateText } from '../../../src-core/progress/replicatesText.ts'
import { waitsForText } from '../../../src-core/progress/waitsFor.ts'
import { nonSpiking, nonSpikingShare, type StudyWords, wordsOf } from '../../../src-core/study/studyWords.ts'
import { countOf, formatCount, formatDuration, formatShare } from '../text/format.ts'
import { stateStyle, whereText } from '../text/stateText.ts'
import { type Line, renderLine, type Segment, styled, type Styles } from '../text/styledLine.ts'
import type { ProgressView } from './progressView.ts'

export interface LiveOptions {
  readonly columns: number
  readonly rows: number
  readonly styles: Styles
  /** Whether the terminal shows more than ASCII. */
  readonly unicode: boolean
  /** Time since the view's summary was made; the clock of the display goes on between changes. */
  readonly sinceSummaryMs: number
}

const linesBesideWorkers = 8
/** From this width on, layers are named in full. */
const wide = 100

/** The lines of the progress display, redrawn in place; none is wider than the terminal, nor are they too many for it. */
export const liveText = (view: ProgressView, options: LiveOptions): string => {
  const workers = workerLines(view, options)
  const lines: Line[] = [
    headLine(view, options),
    barLine(view, options),
    bestLine(view),
    savedLine(view),
    [],
    ...workers,
    [],
    hintLine(view),
  ]
  // The last column stays free: some terminals wrap when it is written.
  return lines.map((line) => renderLine(line, options.columns - 1, options.styles)).join('\n')
}

const headLine = ({ summary }: ProgressView, { sinceSummaryMs }: LiveOptions): Line => {
  const elapsedMs = summary.elapsedMs + sinceSummaryMs
  const leftMs = summary.timeLeftMs === null ? null : Math.max(0, summary.timeLeftMs - sinceSummaryMs)
  return [
    styled(summary.id, 'bold'),
    '  ',
    styled(whereText(summary), stateStyle[summary.state.kind]),
    `  ${formatDuration(elapsedMs)} elapsed`,
    leftMs === null ? '' : `, about ${formatDuration(leftMs)} left`,
  ]
}

const barLine = ({ summary }: ProgressView, { columns, unicode }: LiveOptions): Line => {
  const { counts, trialBudget } = summary
  const finished = counts.complete + counts.stopped + counts.failed
  const stopped = `  ${formatCount(counts.stopped)} stopped early`
  const failed = styled(`  ${formatCount(counts.failed)} failed`, counts.failed > 0 ? 'red' : 'dim')
  const running = `  ${formatCount(counts.running)} running`
  if (trialBudget === null) return [`${countOf(finished, 'trial')} finished`, running, stopped, failed]
  const width = Math.max(10, Math.min(30, columns - 60))
  const filled = Math.min(width, Math.floor((width * finished) / Math.max(1, trialBudget)))
  return [
    styled((unicode ? '█' : '#').repeat(filled), 'green'),
    styled((unicode ? '░' : '-').repeat(width - filled), 'dim'),
    `  ${formatCount(finished)} of ${countOf(trialBudget, 'trial')}`,
    running,
    stopped,
    failed,
  ]
}

const bestLine = ({ summary: { best, metric } }: ProgressView): Line => {
  if (best === null) return [styled('best   ', 'dim'), styled('none yet', 'dim')]
  return [
    styled('best   ', 'dim'),
    styled(objectiveNumber(metric, best.objective, best.standardError), best.feasible ? 'green' : 'yellow'),
    ` ${metricWithDirection(metric)}, trial ${best.number}`,
    best.feasible ? '' : styled(', infeasible: none keeps the limits yet', 'yellow'),
  ]
}

const savedLine = ({ summary }: ProgressView): Line => [
  styled('saved  ', 'dim'),
  summary.counts.stopped === 0
    ? styled('nothing stopped early yet', 'dim')
    : `${formatDuration(summary.timeSavedMs)} of training, by stopping trials early`,
]

const workerLines = (view: ProgressView, { columns, rows }: LiveOptions): Line[] => {
  const room = Math.max(1, rows - linesBesideWorkers)
  const words = wordsOf(view.summary.network)
  const shown = view.running.length > room ? view.running.slice(0, room - 1) : view.running
  const lines = shown.map((row): Line => {
    const worker = styled((row.worker ?? '').padEnd(10), 'cyan')
    return [
      worker,
      `trial ${row.number}`.padEnd(11),
      ...activity(row, words),
      ...nonSpikingShares(row, view.constraints, columns),
    ]
  })
  const hidden = view.running.length - shown.length
  if (hidden > 0) lines.push([styled(`and ${countOf(hidden, 'more worker')}`, 'dim')])
  // A worker between two trials leaves its line empty, so that the display does not jump.
  const steady = Math.min(view.summary.workers, room)
  return [...lines, ...Array<Line>(Math.max(0, steady - lines.length)).fill([])]
}

const activity = ({ progress }: TrialRow, { pass }: StudyWords): Segment[] => {
  const width = pass.length + 6
  if (progress === null) return ['starting']
  const share = progress.samplesPlanned === 0 ? 0 : progress.samplesDone / progress.samplesPlanned
  const percent = `${Math.floor(share * 100)} %`.padStart(5)
  const speed = `${formatCount(progress.samplesPerSecond)}/s`.padStart(9)
  const replicate = progress.replicate === undefined ? '' : `  ${replicateText(progress.replicate)}`
  switch (progress.phase) {
    case 'waiting':
      return ['waiting for data']
    case 'loading':
      return ['loading data']
    case 'training':
      return [
        `${pass} ${progress.epoch + 1}/${progress.epochs}`.padEnd(width),
        percent,
        styled(speed, 'dim'),
        replicate,
      ]
    case 'testing':
      return ['testing'.padEnd(width), percent, styled(speed, 'dim'), replicate]
  }
}

/** The running non-spiking share of each watched layer, coloured as it nears what is allowed. */
const nonSpikingShares = (
  { progress }: TrialRow,
  constraints: readonly ConstraintInfo[],
  columns: number,
): Segment[] => {
  const interval = progress?.phase === 'training' ? progress.lastInterval : null
  const epochSamples = progress?.epochSamples ?? null
  if (!interval || epochSamples === null || constraints.length === 0) return []
  return [
    `  ${columns >= wide ? nonSpikingShare : nonSpiking}`,
    ...constraints.flatMap(({ layer, beta }, index): Segment[] => {
      const share = (interval.nonSpiking[index] ?? 0) / epochSamples
      const text = formatShare(share).padStart(6)
      const name = columns >= wide ? layer : layer.slice(0, 3)
      return [` ${name}`, share > beta ? styled(text, 'red') : share > beta / 2 ? styled(text, 'yellow') : text]
    }),
  ]
}

const hintLine = ({ interruption, summary }: ProgressView): Line => {
  if (summary.databaseHeld) return [styled(heldText, 'yellow')]
  if (interruption === 'stopping') return [styled(stoppingText, 'yellow')]
  if (interruption === 'pausing') return [styled(pausingText, 'yellow')]
  if (interruption === 'draining' || summary.state.kind === 'draining') return [styled(drainingText(summary), 'yellow')]
  const { waitsFor, timeLeftMs } = summary
  if (waitsFor !== null) return [styled(waitsForText(waitsFor, timeLeftMs, formatDuration), 'yellow')]
  if (summary.inBackground) return [styled('Ctrl-C leaves it running in the background.', 'dim')]
  return [styled('Ctrl-C pauses, and running trials go on later; twice stops at once.', 'dim')]
}

export const heldText = 'Another program holds the database: waiting until it lets go. Nothing is lost.'

const drainingText = ({ waitsFor, timeLeftMs }: StudySummary): string =>
  waitsFor === null
    ? 'Ending after the running trials; press Ctrl-C again to pause now.'
    : `${waitsForText(waitsFor, timeLeftMs, formatDuration)} Press Ctrl-C again to pause now.`

const pausingText = 'Pausing: running trials write checkpoints; Ctrl-C again stops at once.'

const stoppingText = 'Stopping now; running trials go back to their last checkpoints.'

/** What is said when a person wants a run to end. */
export const interruptionText = ({ interruption, summary }: Pick<ProgressView, 'interruption' | 'summary'>): string =>
  interruption === 'draining' ? drainingText(summary) : interruption === 'pausing' ? pausingText : stoppingText
