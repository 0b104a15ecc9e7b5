/** Experiments: several studies that are run and shown as one. */
import { z } from 'zod'
import { experimentOverviewSchema } from '../../experiment/experimentOverview.ts'
import { nothing, placeToken, wireErrorSchema } from './common.ts'

/** `here`: this application runs it, and can pause it. */
const shownExperimentSchema = experimentOverviewSchema.extend({ here: z.boolean() })
export type ShownExperiment = z.infer<typeof shownExperimentSchema>

const experimentPresetSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** How many it makes. */
  studies: z.int(),
})
export type ExperimentPreset = z.infer<typeof experimentPresetSchema>

const experimentName = z.strictObject({ name: z.string().min(1).max(256) })

export const experimentCalls = {
  /** Those of the library; those that cannot be read with the reason. */
  listExperiments: {
    request: nothing,
    response: z.strictObject({
      experiments: z.array(shownExperimentSchema),
      damaged: z.array(z.strictObject({ name: z.string(), error: wireErrorSchema })),
    }),
  },
  listExperimentPresets: { request: nothing, response: z.array(experimentPresetSchema) },
  /** Puts the experiment of a preset into the library and runs it. Error: experiment-exists. */
  startExperiment: { request: z.strictObject({ preset: z.string() }), response: shownExperimentSchema },
  /** Puts the experiment of a file into the library; it does not run yet. Errors: definition-invalid, experiment-exists. */
  addExperiment: { request: z.strictObject({ file: placeToken }), response: shownExperimentSchema },
  /** Runs what is not finished. `remake`: studies that were deleted are made anew. Error: experiment-running. */
  resumeExperiment: { request: experimentName.extend({ remake: z.boolean() }), response: shownExperimentSchema },
  /** Pauses the study that runs with checkpoints, and begins no other; answered when nothing runs. */
  pauseExperiment: { request: experimentName, response: shownExperimentSchema },
} as const

export const experimentEvents = {
  /** A study of it began, came to rest or was left out, or it came to its end. */
  experimentChanged: shownExperimentSchema,
  /** What a person should know: a study was left out, or the experiment has ended. */
  experimentNoticed: z.strictObject({
    name: z.string(),
    kind: z.enum(['left-out', 'done', 'failed']),
    message: z.string(),
  }),
} as const
