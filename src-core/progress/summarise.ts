import type { StudyDefinition } from '../study/definition.ts'
import { shownObjective } from '../study/studyWords.ts'
import { bestTrial, compareTrials, isCandidate, isFeasible, type MeasuredRow } from './best.ts'
import { isSilent } from './silenceReport.ts'
import type { StudyState, StudySummary, TrialCounts, TrialRow } from './readModel.ts'
import { estimateTimeLeftMs } from './timeLeft.ts'
import { waitsForIn } from './waitsFor.ts'

/**
 * Whether a trial counts against the budget, which is that of the optimiser: what a person asked for comes on top, what was
 * copied cost nothing, and what is left out may be replaced.
 */
export const countsAgainstBudget = ({
  annotation,
  enqueued,
  copiedFrom,
}: Pick<TrialRow, 'annotation' | 'enqueued' | 'copiedFrom'>): boolean =>
  !annotation.excluded && !enqueued && copiedFrom === null

/** What a summary says of a study besides its trials. */
export interface SummaryInput {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly state: StudyState
  readonly readOnly: boolean
  readonly folderProtected: boolean
  /** Another process runs it, and does what it is asked; left out where none does. */
  readonly inBackground?: true
  readonly databaseHeld: boolean
  readonly definition: StudyDefinition
  /** Time that the study has run in all, pauses left out. */
  readonly elapsedMs: number
  /** Time that the machine slept meanwhile. */
  readonly sleptMs: number
  /** Workers in use; 0 when the study does not run. */
  readonly workers: number
  /** Workers that it runs with, or would. */
  readonly workersWanted: number
  /** Disk space of the kept networks. */
  readonly networkBytes: number
  /** Disk space of its folder. */
  readonly diskBytes: number
  readonly labels: StudySummary['labels']
  readonly confirmed: StudySummary['confirmed']
  /** What is suspicious about its dataset. */
  readonly dataWarnings: readonly string[]
  /** What a person should know of checkpoints; left out where there is nothing. */
  readonly checkpointProblem?: string
  /** Trials of it are being confirmed. */
  readonly confirming: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** Keeps what a summary needs while rows change, so that a change costs the same in a study of ten and of 100,000 trials. */
export interface SummaryAccumulator {
  /** Takes in a new row, or a newer state of a known one. */
  set(row: TrialRow): void
  /** Costs as many steps as trials are running. */
  summary(input: SummaryInput): StudySummary
}

/** Sums over rows, each row added once and taken out when a newer state replaces it. */
interface Sums {
  readonly counts: TrialCounts
  /** Finished trials that silence stopped. */
  silent: number
  excluded: number
  /** Trials that do not count against the budget. */
  uncounted: number
  timeSavedMs: number
  /** Of the finished trials whose duration is known. */
  finishedDurationMs: number
  timed: number
}

export const createSummaryAccumulator = (): SummaryAccumulator => {
  const rows = new Map<number, TrialRow>()
  const running = new Map<number, TrialRow>()
  const sums: Sums = {
    counts: { waiting: 0, running: 0, complete: 0, stopped: 0, failed: 0 },
    silent: 0,
    excluded: 0,
    uncounted: 0,
    timeSavedMs: 0,
    finishedDurationMs: 0,
    timed: 0,
  }
  let best: MeasuredRow | null = null

  return {
    set(row) {
      const before = rows.get(row.number)
      if (before !== undefined) addTo(sums, before, -1)
      addTo(sums, row, 1)
      rows.set(row.number, row)
      if (row.state === 'running') running.set(row.number, row)
      else running.delete(row.number)
      // A measured trial does not change in the ordinary course; if the best one ever does, all rows are looked at again.
      if (best !== null && best.number === row.number) best = bestTrial(rows.values())
      else if (isCandidate(row) && (best === null || compareTrials(row, best) < 0)) best = row
    },
    summary: ({ definition, ...rest }) => ({
      id: rest.id,
      name: rest.name,
      folder: rest.folder,
      state: rest.state,
      readOnly: rest.readOnly,
      folderProtected: rest.folderProtected,
      ...(rest.inBackground !== undefined && { inBackground: rest.inBackground }),
      databaseHeld: rest.databaseHeld,
      counts: { ...sums.counts },
      trialBudget: budgetOf(definition, sums).trials ?? null,
      metric: shownObjective(definition),
      network: definition.network.type,
      dataset: definition.dataset.name,
      optimiser: definition.optimiser.type,
      labels: rest.labels,
      silent: sums.silent,
      confirmed: rest.confirmed,
      best: best && {
        number: best.number,
        objective: best.objective,
        ...(best.replicates !== undefined && { standardError: best.replicates.objectiveStandardError }),
        violation: best.violation,
        feasible: isFeasible(best),
      },
      elapsedMs: rest.elapsedMs,
      sleptMs: rest.sleptMs,
      waitsFor: waitsForIn(rest.state, isTimeUp(definition, rest.elapsedMs), sums.counts.waiting, running.keys()),
      timeLeftMs: estimateTimeLeftMs({
        state: rest.state,
        budget: budgetOf(definition, sums),
        running: [...running.values()],
        finishedTrials: sums.counts.complete + sums.counts.stopped + sums.counts.failed,
        finishedDurationMs: sums.finishedDurationMs,
        timedTrials: sums.timed,
        workers: rest.workers,
        elapsedMs: rest.elapsedMs,
      }),
      timeSavedMs: Math.max(0, sums.timeSavedMs),
      workers: rest.workers,
      workersWanted: rest.workersWanted,
      excluded: sums.excluded,
      networkBytes: rest.networkBytes,
      diskBytes: rest.diskBytes,
      confirming: rest.confirming,
      dataWarnings: [...rest.dataWarnings],
      ...(rest.checkpointProblem !== undefined && { checkpointProblem: rest.checkpointProblem }),
      createdAtMs: rest.createdAtMs,
      updatedAtMs: rest.updatedAtMs,
    }),
  }
}

const isTimeUp = ({ budget: { wallTimeMinutes } }: StudyDefinition, elapsedMs: number): boolean =>
  wallTimeMinutes !== undefined && elapsedMs >= wallTimeMinutes * 60_000

/** The budget with room for the trials that do not count against it. */
const budgetOf = ({ budget }: StudyDefinition, { uncounted }: Sums): StudyDefinition['budget'] =>
  budget.trials === undefined ? budget : { ...budget, trials: budget.trials + uncounted }

const addTo = (sums: Sums, row: TrialRow, sign: 1 | -1): void => {
  sums.counts[row.state] += sign
  if (isSilent(row)) sums.silent += sign
  if (row.annotation.excluded) sums.excluded += sign
  if (!countsAgainstBudget(row)) sums.uncounted += sign
  sums.timeSavedMs += sign * row.timeSavedMs
  if (row.state !== 'running' && row.durationMs !== null) {
    sums.finishedDurationMs += sign * row.durationMs
    sums.timed += sign
  }
}
