/**
 * The read model: what the window, the progress display and the JSON output show of a study. Rows are small, so that
 * thousands travel at once; the heavy parts of a trial stay in storage until someone asks.
 */
import { z } from 'zod'
import { trialProgressSchema } from '../contracts/worker.ts'
import { studyLabelsSchema } from '../library/studyLabels.ts'
import { configurationSchema } from '../space/parameter.ts'
import { objectiveMetricSchema } from '../study/metricSchema.ts'
import { networkKindSchema, type ShownMetric, shownMetricSchema } from '../study/studyWords.ts'
import { constraintValueSchema, failureSchema, raceEndSchema, trialStopSchema } from '../trial/measurement.ts'

/** What people say of a trial. */
export const annotationSchema = z.strictObject({
  note: z.string().max(100_000),
  /** Each once, in the order given. */
  tags: z.array(z.string().min(1).max(64)).max(50),
  /** Its network is kept, however many better ones there are. */
  pinned: z.boolean(),
  /** Left out: no optimiser learns from it, it is never best, and it does not count against the budget. */
  excluded: z.boolean(),
  /** What is wrong with its stored values: bit rot, for which it was left out. */
  damage: z.string().optional(),
})
export type Annotation = z.infer<typeof annotationSchema>

export const noAnnotation: Annotation = { note: '', tags: [], pinned: false, excluded: false }

/** What is shown of the replicates of a trial beside their means. */
const shownReplicatesSchema = z.strictObject({
  /** As many as the means are of. */
  trained: z.int().min(2),
  objectiveStandardError: z.number(),
  /** In the order of the constraints. */
  constraintStandardErrors: z.array(z.number()),
  raceEnd: raceEndSchema.optional(),
})
export type ShownReplicates = z.infer<typeof shownReplicatesSchema>

export const trialRowSchema = z.strictObject({
  number: z.int().min(0),
  state: z.enum(['waiting', 'running', 'complete', 'stopped', 'failed']),
  attempt: z.int().min(0),
  configuration: configurationSchema,
  seed: z.int(),
  /** Whether it was asked for before the optimiser knew anything; null where it has no initial design. */
  initialDesign: z.boolean().nullable(),
  worker: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  /** How long its last attempt took, of a running trial so far; null: not known, or it never began. */
  durationMs: z.number().min(0).nullable(),
  progress: trialProgressSchema.nullable(),
  /** Of a waiting trial that has a checkpoint: the share of its training that it need not do again. */
  resumesAt: z.number().min(0).max(1).optional(),
  objective: z.number().nullable(),
  constraints: z.array(constraintValueSchema),
  /** Sum of the positive constraint values; null before the trial is measured. */
  violation: z.number().min(0).nullable(),
  metrics: z.record(z.string(), z.number()),
  /** Left out of a trial that is one training, or was not measured. */
  replicates: shownReplicatesSchema.optional(),
  stop: trialStopSchema.nullable(),
  /** Estimated training time that stopping early saved. */
  timeSavedMs: z.number().min(0),
  failure: failureSchema.nullable(),
  networkFile: z.string().nullable(),
  /** Why its network is not on disk although it was to be kept. */
  networkProblem: z.string().optional(),
  annotation: annotationSchema,
  /** A person asked for it, not the optimiser. */
  enqueued: z.boolean(),
  /** The trial of another study that it is a copy of; null of a study's own trials. */
  copiedFrom: z.strictObject({ study: z.string(), number: z.int().min(0) }).nullable(),
})
export type TrialRow = z.infer<typeof trialRowSchema>

/**
 * What brought a study to its end in error. `workers-failed`: every worker died too often, or none could be started;
 * `database`: it could not be read or written; `study-gone`: the folder of the study was deleted, moved or replaced.
 */
const errorReasonSchema = z.enum([
  'workers-failed',
  'optimiser-failed',
  'dataset',
  'disk-full',
  'database',
  'study-gone',
  'other',
])
export type ErrorReason = z.infer<typeof errorReasonSchema>

/** Where a study stands. `interrupted`: it was running when its application died; resume continues it. */
export const studyStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new') }),
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('paused') }),
  /** Running trials finish, nothing new is asked. */
  z.strictObject({ kind: z.literal('draining') }),
  z.strictObject({ kind: z.literal('interrupted') }),
  z.strictObject({
    kind: z.literal('finished'),
    reason: z.enum(['trial-budget', 'time-budget', 'space-exhausted', 'imported']),
    detail: z.string(),
  }),
  z.strictObject({
    kind: z.literal('error'),
    message: z.string(),
    reason: errorReasonSchema,
    /** The folder that what the study held is in now. */
    rescuedTo: z.string().optional(),
  }),
])
export type StudyState = z.infer<typeof studyStateSchema>

export const trialCountsSchema = z.strictObject({
  waiting: z.int(),
  running: z.int(),
  complete: z.int(),
  stopped: z.int(),
  failed: z.int(),
})
export type TrialCounts = z.infer<typeof trialCountsSchema>

/** Only running trials keep a study from its rest: nothing new begins. */
const waitsForSchema = z.strictObject({
  /** `draining`: a person wants it to end; `time-budget`: its time is over. */
  because: z.enum(['draining', 'time-budget']),
  /** Numbers of the trials. */
  trials: z.array(z.int().min(0)),
})
export type WaitsFor = z.infer<typeof waitsForSchema>

export const studySummarySchema = z.strictObject({
  /** Name of the study's folder in the library; unique there. */
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  state: studyStateSchema,
  /** This process does not write to it: another one does, or nobody may. */
  readOnly: z.boolean(),
  /** Another process runs it in the background, and does what it is asked from here; left out where none does. */
  inBackground: z.literal(true).optional(),
  /** This user may not write to its folder, or the disk may only be read; it is read-only for that reason then. */
  folderProtected: z.boolean(),
  /** Another program holds the database: what is to be stored waits, and nothing new begins until it is. */
  databaseHeld: z.boolean(),
  counts: trialCountsSchema,
  /**
   * Trials that the study has when its budget is used: those of the budget, and those that do not count against it, which
   * are excluded, or asked for by a person, or copied from another study. Null when only time is in the budget.
   */
  trialBudget: z.int().nullable(),
  /** What is searched for; of a cost, the objectives of trials are the negative (objectiveMetric.ts). */
  metric: shownMetricSchema,
  /** What people say of it. */
  labels: studyLabelsSchema,
  /** What its networks are trained on, by the name in its definition. */
  dataset: z.string(),
  /** What searches, by the type in its definition. */
  optimiser: z.string(),
  /** Finished trials that silence stopped; those that were pruned are not among them. */
  silent: z.int().min(0),
  /** The confirmed best of the latest confirmation that finished; null: there is none. */
  confirmed: z
    .strictObject({
      trial: z.int().min(0),
      /** Mean over the seeds on the test samples, a cost as it is. */
      mean: z.number(),
      seeds: z.int().min(1),
    })
    .nullable(),
  /** The kind of its networks, which decides the words that it is told in. */
  network: networkKindSchema,
  /** Best feasible trial; `feasible` false: nothing is feasible yet and this is the one of least violation. */
  best: z
    .strictObject({
      number: z.int(),
      objective: z.number(),
      /** Of the mean of its replicates; left out of a single training. */
      standardError: z.number().optional(),
      violation: z.number(),
      feasible: z.boolean(),
    })
    .nullable(),
  /** Time that it has run in all, without pauses, and without the sleep of the machine. */
  elapsedMs: z.number().min(0),
  /** Time that the machine slept while it ran. */
  sleptMs: z.number().min(0),
  /** Null: it goes on, or rests. */
  waitsFor: waitsForSchema.nullable(),
  /** Estimated; null when nothing is known yet or the study does not run. */
  timeLeftMs: z.number().min(0).nullable(),
  timeSavedMs: z.number().min(0),
  /** Workers in use; 0 when the study does not run. */
  workers: z.int().min(0),
  /** Workers that it runs with, or would: as the definition says, or as set by a person since. */
  workersWanted: z.int().min(0),
  /** Finished trials that are left out. */
  excluded: z.int().min(0),
  /** Disk space of the kept networks. */
  networkBytes: z.number().min(0),
  /** Disk space of its whole folder, as of the last look at it. */
  diskBytes: z.number().min(0),
  /** What is suspicious about its dataset, in words; of one that was not read yet, nothing. */
  dataWarnings: z.array(z.string()),
  /** What a person should know of checkpoints now: one was of no use, or none can be written; left out where there is nothing. */
  checkpointProblem: z.string().optional(),
  /** Trials of it are trained anew with other seeds. */
  confirming: z.boolean(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type StudySummary = z.infer<typeof studySummarySchema>

/** A named constraint and the threshold line to draw: `threshold` is beta, the value of the share at `value = 0`. */
const constraintInfoSchema = z.strictObject({
  name: z.string(),
  layer: z.string(),
  alpha: z.int(),
  beta: z.number(),
})
export type ConstraintInfo = z.infer<typeof constraintInfoSchema>

/** A limit of what a network costs: the constraint `name` is held where the metric is at most that. */
const metricLimitSchema = z.strictObject({
  name: z.string(),
  metric: objectiveMetricSchema,
  /** How it is shown, where that is another name. */
  shown: shownMetricSchema.optional(),
  side: z.enum(['atMost', 'atLeast']),
  limit: z.number(),
})
export type MetricLimit = z.infer<typeof metricLimitSchema>

/** What the metric of a limit is shown as. */
export const shownLimit = ({ metric, shown = metric }: MetricLimit): ShownMetric => shown

export const studySnapshotSchema = z.strictObject({
  summary: studySummarySchema,
  constraints: z.array(constraintInfoSchema),
  limits: z.array(metricLimitSchema),
  /** The definition as YAML, for reading. */
  definitionYaml: z.string(),
  trials: z.array(trialRowSchema),
})
export type StudySnapshot = z.infer<typeof studySnapshotSchema>

/** Complete, stopped or failed, and not to be trained any more. */
export const hasEnded = ({ state }: Pick<TrialRow, 'state'>): boolean => state !== 'waiting' && state !== 'running'

/** Something changed: the new summary and only those trials that differ from before. */
export const studyChangeSchema = z.strictObject({ summary: studySummarySchema, trials: z.array(trialRowSchema) })
export type StudyChange = z.infer<typeof studyChangeSchema>

/** What a person changes; what is not named stays as it is. */
export type AnnotationChange = { readonly [Key in keyof Annotation]?: Annotation[Key] | undefined }

/** The annotation after a change: tags without space around them and each once, in the order given. */
export const changedAnnotation = (before: Annotation, change: AnnotationChange): Annotation => {
  const tags = (change.tags ?? before.tags).map((tag) => tag.trim()).filter((tag) => tag !== '')
  const damage = change.damage ?? before.damage
  return {
    note: change.note ?? before.note,
    tags: [...new Set(tags)],
    pinned: change.pinned ?? before.pinned,
    excluded: change.excluded ?? before.excluded,
    ...(damage === undefined ? {} : { damage }),
  }
}
