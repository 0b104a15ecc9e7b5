import { dirname } from 'node:path'
import type { Annotation, TrialRow } from '../../src-core/progress/readModel.ts'
import {
  countsAgainstBudget,
  createSummaryAccumulator,
  type SummaryAccumulator,
} from '../../src-core/progress/summarise.ts'
import { toTrialRow } from '../../src-core/progress/trialRow.ts'
import { isFinished, type Trial } from '../../src-core/trial/trial.ts'
import { placeShare } from '../../src-core/checkpoint/checkpointHead.ts'
import { checkpointPlacesIn } from '../files/checkpointPlaces.ts'
import { studyPaths } from '../files/studyFolder.ts'
import type { StudyStore } from '../storage/studyStore.ts'

/** All that is stored of the trials of a study when it is opened, as rows. */
export interface LoadedRows {
  /** By rising number. */
  readonly rows: Map<number, TrialRow>
  readonly accumulator: SummaryAccumulator
  readonly annotations: Map<number, Annotation>
  /** Trials that have not ended, by rising number. */
  readonly unfinished: readonly Trial[]
  readonly ended: number
  /** Of those that have ended. */
  readonly uncounted: number
  /** 0 where there is no trial. */
  readonly nextNumber: number
  /** Of the database, and the last entry of its journal, before the first row was read: what a writer writes meanwhile is read again. */
  readonly version: number
  readonly lastEvent: number
}

/** Trials of a step. */
const trialsAtOnce = 100

/** Reads the rows of all trials, step by step: 100,000 of them take seconds. @throws SpiketuneError database-corrupt */
export const loadRows = function* (store: StudyStore): Generator<void, LoadedRows> {
  const version = store.version()
  const lastEvent = store.lastEvent()
  const annotations = store.annotations()
  const withPlace = placesOf(store)
  const rows = new Map<number, TrialRow>()
  const accumulator = createSummaryAccumulator()
  const unfinished: Trial[] = []
  let ended = 0
  let uncounted = 0
  let nextNumber = 0
  for (const part of store.trialParts(trialsAtOnce)) {
    for (const trial of part) {
      const row = withPlace(toTrialRow(trial, annotations.get(trial.number)))
      rows.set(row.number, row)
      accumulator.set(row)
      nextNumber = row.number + 1
      if (!isFinished(trial)) unfinished.push(trial)
      else {
        ended++
        if (!countsAgainstBudget(row)) uncounted++
      }
    }
    yield
  }
  return { rows, accumulator, annotations, unfinished, ended, uncounted, nextNumber, version, lastEvent }
}

/** The rows of the trials of the given numbers. */
export const readRows = (store: StudyStore, numbers: ReadonlySet<number>): TrialRow[] => {
  const annotations = store.annotations()
  const withPlace = placesOf(store)
  return [...numbers]
    .flatMap((number) => store.slimTrial(number) ?? [])
    .map((trial) => withPlace(toTrialRow(trial, annotations.get(trial.number))))
}

/** Says of rows that wait where they would go on; the checkpoints are looked at once, when the first one waits. */
export const placesOf = ({ file }: Pick<StudyStore, 'file'>): ((row: TrialRow) => TrialRow) => {
  let places: ReturnType<typeof checkpointPlacesIn> | null = null
  return (row) => {
    if (row.state !== 'waiting') return row
    places ??= checkpointPlacesIn(studyPaths(dirname(file)).checkpoints)
    const place = places.get(row.number)
    return place === undefined ? row : { ...row, resumesAt: placeShare(place) }
  }
}
