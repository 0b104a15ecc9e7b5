import type { SummaryInput } from '../../../src-core/progress/summarise.ts'
import { noLabels } from '../../../src-core/library/studyLabels.ts'
import { noAnnotation, type TrialRow } from '../../../src-core/progress/readModel.ts'
import { type StudyDefinition, studyDefinitionSchema } from '../../../src-core/study/definition.ts'
import type { Measurement } from '../../../src-core/trial/measurement.ts'

export const row = (number: number, rest: Partial<TrialRow> = {}): TrialRow => ({
  number,
  state: 'waiting',
  attempt: 0,
  configuration: {},
  seed: 1,
  initialDesign: null,
  worker: null,
  startedAtMs: null,
  endedAtMs: null,
  durationMs: null,
  progress: null,
  objective: null,
  constraints: [],
  violation: null,
  metrics: {},
  stop: null,
  timeSavedMs: 0,
  failure: null,
  networkFile: null,
  annotation: noAnnotation,
  enqueued: false,
  copiedFrom: null,
  ...rest,
})

export const complete = (number: number, objective: number, violation = 0, durationMs = 1000): TrialRow =>
  row(number, { state: 'complete', objective, violation, startedAtMs: 0, endedAtMs: durationMs, durationMs })

export const stopped = (number: number, objective: number, rest: Partial<TrialRow> = {}): TrialRow =>
  row(number, {
    state: 'stopped',
    objective,
    violation: 0.01,
    startedAtMs: 0,
    endedAtMs: 100,
    durationMs: 100,
    timeSavedMs: 900,
    stop: {
      kind: 'silence',
      layer: 'excitatory',
      epoch: 0,
      sample: 100,
      nonSpiking: 90,
      trainSamples: 1000,
      alpha: 5,
      beta: 0.05,
    },
    ...rest,
  })

/** Running since `startedAtMs`, with this share of its 1000 training samples done after `durationMs`. */
export const running = (number: number, startedAtMs: number, share: number, durationMs = 0): TrialRow =>
  row(number, {
    state: 'running',
    attempt: 1,
    worker: 'worker 1',
    startedAtMs,
    durationMs,
    progress: {
      phase: 'training',
      epoch: 0,
      epochs: 1,
      epochSamples: 1000,
      samplesDone: share * 1000,
      samplesPlanned: 1000,
      samplesPerSecond: 500,
      lastInterval: null,
    },
  })

export const definition = (budget: StudyDefinition['budget']): StudyDefinition =>
  studyDefinitionSchema.parse({
    version: 2,
    name: 'progress',
    dataset: { name: 'mnist' },
    network: { type: 'diehl-cook' },
    training: { algorithm: 'post-pre' },
    optimiser: { type: 'random' },
    budget,
  })

export const input = (rest: Partial<SummaryInput> = {}): SummaryInput => ({
  id: 'progress-1',
  name: 'progress',
  folder: '/studies/progress-1',
  state: { kind: 'running' },
  readOnly: false,
  folderProtected: false,
  databaseHeld: false,
  definition: definition({ trials: 10 }),
  elapsedMs: 0,
  sleptMs: 0,
  workers: 2,
  workersWanted: 2,
  dataWarnings: [],
  networkBytes: 0,
  diskBytes: 0,
  labels: noLabels,
  confirmed: null,
  confirming: false,
  createdAtMs: 0,
  updatedAtMs: 0,
  ...rest,
})

export const measurement = (rest: Partial<Measurement> = {}): Measurement => ({
  objective: 0.5,
  metrics: { accuracy: 0.5 },
  constraints: [],
  trainDurationMs: 1000,
  testDurationMs: 100,
  samplesTrained: 1000,
  samplesPlanned: 1000,
  intervals: [],
  spikeCounts: [],
  confusion: [],
  networkFile: null,
  datasetSha256: '0'.repeat(64),
  ...rest,
})
