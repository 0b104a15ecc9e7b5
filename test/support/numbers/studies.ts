/** Studies of each kind, whose numbers are told: finished, running, imported and failed. No worker is started. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { StudyState } from '../../../src-core/progress/readModel.ts'
import type { SilenceStop } from '../../../src-core/trial/measurement.ts'
import { type Trial, trialNumber } from '../../../src-core/trial/trial.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { measurement } from '../../core/progress/fixtures.ts'
import { createTiny, emptyLibrary, listed } from '../../main/library/emptyLibrary.ts'
import { ManualClock } from '../../main/scheduler/manualClock.ts'
import { waitingTrial } from '../../main/storage/tinyStore.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import type { Facts } from './facts.ts'

const ended = (number: number, durationMs = 1200) => ({
  ...waitingTrial(number, { configuration: { mapSize: 10 + number } }),
  attempt: 1,
  worker: 'cpu-0',
  startedAtMs: 10,
  endedAtMs: 10 + durationMs,
  durationMs,
  toldOrder: number,
})
/** Of a hundred samples of two classes, of which so many were answered right. */
const confusionOf = (right: number): number[][] => {
  const first = Math.floor(right / 2)
  return [
    [first, 50 - first],
    [50 - (right - first), right - first],
  ]
}
const valued = (objective: number, excess: number, samplesTrained = 1000) =>
  measurement({
    objective,
    metrics: { accuracy: objective },
    constraints: [{ name: 'silence:excitatory', value: excess }],
    samplesTrained,
    confusion: confusionOf(Math.round(100 * objective)),
  })
const silence = (sample: number): SilenceStop => ({
  ...{ epoch: 0, sample, nonSpiking: 230, trainSamples: 1000, alpha: 1, beta: 0.2 },
  ...{ kind: 'silence', layer: 'excitatory' },
})
const failure = { reason: 'non-finite', message: 'A value was not finite.' } as const

const trials: readonly Trial[] = [
  { ...ended(0), state: 'complete', measurement: valued(0.71, -0.1) },
  { ...ended(1, 1500), state: 'complete', measurement: valued(0.9, 0.05) },
  { ...ended(2, 300), state: 'stopped', measurement: valued(0.2, 0.03, 250), stop: silence(250) },
  // Found silent after its last sample: complete, and infeasible.
  { ...ended(3, 1100), state: 'stopped', measurement: valued(0.3, 0.04), stop: silence(1000) },
  { ...ended(4, 400), state: 'failed', failure },
]

/** A study with these trials, which another application has. */
const studyOf = async (its: readonly Trial[], state: StudyState, folder?: string): Promise<OpenStudy> => {
  const clock = new ManualClock()
  const library = emptyLibrary(folder, clock)
  const made = await createTiny(library)
  await made.close()
  const writer = StudyStore.open(join(made.folder, 'study.sqlite'), clock)
  const lock = takeWriterLock(join(made.folder, 'writer.lock'))
  for (const trial of its) {
    writer.asked(waitingTrial(trial.number, { configuration: trial.configuration }))
    writer.moved(trial, trial.state, 9000)
  }
  writer.stateChanged(state, 9000)
  const study = await library.open(made.id)
  onTestFinished(async () => {
    await study.close()
    writer.close()
    lock?.release()
  })
  // The list says the same.
  const summary = (await listed(library)).find(({ id }) => id === study.id)
  expect(summary?.counts).toEqual(study.summary().counts)
  expect(summary?.timeSavedMs).toBe(study.summary().timeSavedMs)
  return study
}

const log = [
  'map_size,decoder,valid,stopped,processed_images,constraint_0,start_date,end_date,algorithm',
  '40,all,0.5,False,120,-0.1,2024-01-01 10:00:00,2024-01-01 11:00:00,InitSCBO',
  '80,vote,0.25,True,50,0.025,2024-01-01 11:00:00,2024-01-01 11:30:00,InitSCBO',
  '120,vote,0.75,False,120,-0.08,2024-01-01 13:00:00,2024-01-01 14:00:00,SCBO',
  '60,all,0.625,False,120,-0.06,2024-01-01 15:00:00,2024-01-01 16:00:00,InitSCBO',
].join('\n')

const imported = async (folder?: string): Promise<OpenStudy> => {
  const file = join(temporaryFolder(), 'log.csv')
  writeFileSync(file, log)
  const { study } = await emptyLibrary(folder).importLog(file, null)
  onTestFinished(() => study.close())
  return study
}

const running = (number: number): Trial => ({
  ...waitingTrial(number, { configuration: { mapSize: 10 + number } }),
  ...{ state: 'running', attempt: 1, worker: 'cpu-0', startedAtMs: 10, durationMs: null, progress: null },
})
const finishedState = {
  kind: 'finished',
  reason: 'trial-budget',
  detail: 'all 4 trials of the budget are done',
} as const
const errorState = { kind: 'error', reason: 'dataset', message: 'The file is damaged at byte 12.' } as const

interface ToldStudy extends Pick<Facts, 'budget' | 'beta'> {
  readonly name: string
  /** Makes it in this folder of studies, by default a new one; it is open until the test has ended. */
  readonly open: (folder?: string) => Promise<OpenStudy>
}

export const toldStudies: readonly [ToldStudy, ...ToldStudy[]] = [
  { name: 'a finished study', open: (folder) => studyOf(trials, finishedState, folder), budget: 4, beta: 0.2 },
  {
    name: 'a running study',
    open: (folder) => studyOf([...trials, running(5), running(6)], { kind: 'running' }, folder),
    ...{ budget: 4, beta: 0.2 },
  },
  { name: 'an imported study', open: imported, budget: 4, beta: 0.1 },
  {
    name: 'a failed study',
    open: (folder) =>
      studyOf(
        trials.slice(4).map((trial) => ({ ...trial, number: trialNumber(0) })),
        errorState,
        folder,
      ),
    ...{ budget: 4, beta: 0.2 },
  },
]
