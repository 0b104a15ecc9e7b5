/** Single trials of a study. */
import { z } from 'zod'
import { dataCardSchema } from '../../datasets/dataCard.ts'
import { annotationSchema, trialRowSchema } from '../../progress/readModel.ts'
import { reasonSchema } from '../../progress/whyThisPoint.ts'
import { configurationSchema } from '../../space/parameter.ts'
import { measurementSchema, spikeCountsSchema } from '../../trial/measurement.ts'
import { studyId, trialId } from './common.ts'

/** One entry of a study's journal. */
const journalEventSchema = z.strictObject({
  atMs: z.number(),
  /** asked, claimed, requeued, worker-died, finished, cancelled, annotated, excluded, restored, ... */
  kind: z.string(),
  detail: z.string().nullable(),
})
export type JournalEvent = z.infer<typeof journalEventSchema>

/** Spikes of a layer for each training sample of an epoch, in the order in which they were shown. */
const layerCountsSchema = spikeCountsSchema
  .pick({ layer: true, epoch: true })
  .extend({ counts: z.instanceof(Uint16Array) })

/** Everything known of one trial that its row leaves out. */
export const trialRecordSchema = z.strictObject({
  row: trialRowSchema,
  /** Everything that the network got: searched, fixed and default hyperparameters. */
  hyperparameters: configurationSchema,
  /** Null of a trial that was not measured. */
  measured: measurementSchema
    .pick({
      trainDurationMs: true,
      testDurationMs: true,
      samplesTrained: true,
      samplesPlanned: true,
      intervals: true,
      confusion: true,
      datasetSha256: true,
      replicates: true,
    })
    .extend({
      spikeCounts: z.array(layerCountsSchema),
      /** What it was measured on; null: of a version that did not keep it. */
      dataset: dataCardSchema.nullable(),
    })
    .nullable(),
  /** What happened to it, oldest first. */
  events: z.array(journalEventSchema),
})
export type TrialRecord = z.infer<typeof trialRecordSchema>

/** Errors of all: study-read-only, trial-not-found. The changed rows come as `studyChanged`, too. */
export const trialCalls = {
  /** Why a trial was asked for; empty when there is none of this number, or nothing was said. */
  explainTrial: { request: trialId, response: z.array(reasonSchema) },
  /** Everything measured of one trial, and its journal. */
  trialRecord: { request: trialId, response: trialRecordSchema },
  /** Changes the given fields and keeps the rest; answers with the new row. */
  annotateTrial: {
    request: trialId.extend({
      note: annotationSchema.shape.note.optional(),
      tags: annotationSchema.shape.tags.optional(),
      pinned: z.boolean().optional(),
    }),
    response: trialRowSchema,
  },
  /**
   * Leaves a finished trial out, or puts it back: the optimiser begins anew with what it is told now. Error of a trial that
   * has not finished: trial-not-finished.
   */
  excludeTrial: { request: trialId.extend({ excluded: z.boolean() }), response: trialRowSchema },
  /**
   * Adds a trial that begins before anything that the optimiser asks for; answers its row. It does not count against the
   * budget; a finished study becomes a paused one, which resume continues. `seed` null: derived from the study's seeds,
   * as of every trial. Error configuration-invalid: `message` has a line for each parameter that breaks its bounds.
   */
  enqueueTrial: {
    request: studyId.extend({ configuration: configurationSchema, seed: z.int().min(0).max(0xffffffff).nullable() }),
    response: trialRowSchema,
  },
  /**
   * Ends one trial that runs or waits; it becomes `failed` with the reason `cancelled`, a running one within moments (its
   * row comes as `studyChanged`). Error of a finished one: trial-finished.
   */
  cancelTrial: { request: trialId, response: trialRowSchema },
} as const
