/** A replay of the stopping rule in words and figures. */
import type { StopReplay } from '../../src-core/contracts/stopReplay.ts'
import { metricName, measuredNumber, measuredOrNull, objectiveNumber } from '../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import type { ReplayTotals, StudyReplay } from '../../src-core/stopping/replayStudy.ts'
import type { FigureData } from '../state/figure.ts'
import { formatCount, formatDuration, formatPercent, formatPlural, notKnown } from '../trials/format.ts'
import { lostObjective, lostTitle, savedShare, percent, type Replayed, type ReplayPoint } from './replayPlots.ts'

interface ReplayFigure {
  readonly term: string
  readonly value: string
  readonly hint: string
}

/** The time, of which the header of the study says what was saved as it ran. */
const savedTime = ({ timeMs, timeAtMostMs, unknown }: ReplayTotals, wholeMs: number): string => {
  const [most, least] = [timeMs, timeAtMostMs].map((time) => formatDuration(Math.max(0, wholeMs - time)))
  return unknown > 0 ? `${least} – ${most}` : `≈ ${most}`
}

/** Its share of training, a range where trials would have gone on. */
const savedText = ({ timeMs, timeAtMostMs, unknown }: ReplayTotals, wholeMs: number): string => {
  const saved = formatPercent(savedShare(timeMs, wholeMs), 0)
  return unknown > 0 ? `${formatPercent(savedShare(timeAtMostMs, wholeMs), 0)} – ${saved}` : saved
}

const lostText = (lost: number | null, metric: ShownMetric): string =>
  lost === null ? notKnown : lost === 0 ? 'none' : measuredNumber(metric, lost)

/** @param metric what the study searches for */
export const replayFigures = ({ before, after, wholeMs }: StudyReplay, metric: ShownMetric): ReplayFigure[] => {
  const lost = lostObjective(before, after, metric)
  const time =
    after.unknown > 0
      ? `${formatDuration(after.timeMs)} – ${formatDuration(after.timeAtMostMs)}`
      : formatDuration(after.timeMs)
  return [
    {
      term: 'Stopped early',
      value: `${formatCount(before.stopped)} → ${formatCount(after.stopped)}`,
      hint: 'Trials that the study stopped, and that this rule would have stopped',
    },
    {
      term: 'Would have gone on',
      value: formatCount(after.unknown),
      hint: 'Stopped in the study before this rule would have stopped them: what they would have done beyond is not known',
    },
    {
      term: 'Training saved',
      value: savedTime(after, wholeMs),
      hint: `${savedText(after, wholeMs)} of ${formatDuration(wholeMs)} for training every network to its end. As the study ran: ${savedTime(before, wholeMs)}, ${formatPercent(savedShare(before.timeMs, wholeMs), 0)}. With this rule training takes ${time}.`,
    },
    {
      term: `Best ${metricName(metric)}`,
      value: after.best === null ? notKnown : objectiveNumber(metric, after.best.objective),
      hint:
        after.best === null
          ? 'No network would have been trained to its end'
          : `Of trial ${after.best.trial}, the best that is trained to its end by this rule`,
    },
    {
      term: lostTitle(metric),
      value: lostText(lost, metric),
      hint:
        after.unknown > 0
          ? `At most: one of the ${formatPlural(after.unknown, 'trial')} that would have gone on may be better`
          : 'Against the best that the study found',
    },
  ]
}

/** The gist, for those who do not see the picture. */
export const replaySentence = (answer: StopReplay, metric: ShownMetric): string =>
  answer.kind === 'nothing'
    ? 'There are no spike counts to replay.'
    : replayFigures(answer.replay, metric)
        .map(({ term, value }) => `${term}: ${value}`)
        .join('; ')

/** What became of a trial, and what would with the rule. */
export const replayTip = ({ trial, kind, before, after }: Omit<ReplayPoint, 'objective'>): string[] => {
  const words = {
    complete: 'trained to its end',
    stopped: `stopped after ${formatPercent(after)}`,
    unknown: `not stopped by ${formatPercent(after)}; beyond is not known`,
  }[kind]
  const asRun = before >= 1 ? 'trained to its end' : `stopped after ${formatPercent(before)}`
  return [`Trial ${trial}`, `in the study: ${asRun}`, `with this rule: ${words}`]
}

/** What one β for all layers would save and lose, of those that were tried the nearest. */
export const sweepTip = ({ replay, sweep }: Replayed, beta: number, metric: ShownMetric): string[] => {
  const [first, ...others] = sweep
  if (first === undefined) return []
  const off = (point: typeof first): number => Math.abs(Math.sqrt(point.beta) - Math.sqrt(beta))
  const nearest = others.reduce((best, point) => (off(point) < off(best) ? point : best), first)
  return [
    `β ${percent(nearest.beta)} for all layers`,
    `training saved: ${savedTime(nearest, replay.wholeMs)} (${savedText(nearest, replay.wholeMs)})`,
    `${lostTitle(metric).toLowerCase()}: ${lostText(lostObjective(replay.before, nearest, metric), metric)}`,
  ]
}

/** A row for each trial. */
export const replayData = (replayed: Replayed | null, metric: ShownMetric): FigureData => ({
  columns: ['trial', 'outcome', metric, 'samplesAsRun', 'samplesWithRule', 'samplesPlanned'],
  rows: (replayed?.replay.trials ?? []).map(({ trial, kind, samples }, index) => {
    const trained = replayed?.trained[index]
    return [
      trial,
      kind,
      measuredOrNull(metric, trained?.objective ?? null),
      trained?.samples ?? null,
      samples,
      trained?.planned ?? null,
    ]
  }),
})
