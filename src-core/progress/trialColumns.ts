/**
 * Rows of many trials in columns, as they cross from the main process to the window: typed arrays are copied at once, where
 * 100,000 rows of objects would be copied, and decoded, value by value. What few trials have travels row by row.
 *
 * In a column of numbers NaN stands for nothing; codes count from 1 in a list of choices, 0 for nothing.
 */
import { z } from 'zod'
import { prunedStopSchema, raceEndSchema } from '../trial/measurement.ts'
import { trialRowSchema } from './readModel.ts'

const numbers = z.instanceof(Float64Array)
const codes = z.strictObject({ choices: z.array(z.string()), codes: z.instanceof(Uint16Array) })
const named = z.array(z.strictObject({ name: z.string(), values: numbers }))

/** What few trials have. */
const unusualSchema = trialRowSchema
  .pick({
    progress: true,
    resumesAt: true,
    failure: true,
    networkFile: true,
    networkProblem: true,
    annotation: true,
    enqueued: true,
    copiedFrom: true,
  })
  .partial()
  .extend({ index: z.int().min(0), pruned: prunedStopSchema.optional(), raceEnd: raceEndSchema.optional() })

export const trialStates = trialRowSchema.shape.state.options

const columnsSchema = z.strictObject({
  count: z.int().min(0),
  /** Rising. */
  number: numbers,
  /** Places in `trialStates`. */
  state: z.instanceof(Uint8Array),
  attempt: numbers,
  seed: numbers,
  /** 0: null, 1: false, 2: true. */
  initialDesign: z.instanceof(Uint8Array),
  worker: codes,
  startedAtMs: numbers,
  endedAtMs: numbers,
  durationMs: numbers,
  objective: numbers,
  violation: numbers,
  timeSavedMs: numbers,
  /** By hyperparameter; a value is a number, or text. */
  configuration: z.array(z.strictObject({ name: z.string(), numbers, texts: codes.nullable() })),
  /** In the order in which every trial has them. */
  constraints: named,
  metrics: named,
  /** Null: every trial is one training. Standard errors of constraints are in the order of `constraints`. */
  replicates: z
    .strictObject({ trained: numbers, objectiveStandardError: numbers, constraintStandardErrors: z.array(numbers) })
    .nullable(),
  /** Of silence. */
  stop: z.strictObject({
    layer: codes,
    epoch: numbers,
    sample: numbers,
    nonSpiking: numbers,
    trainSamples: numbers,
    alpha: numbers,
    beta: numbers,
  }),
  unusual: z.array(unusualSchema),
})
export type TrialColumns = z.infer<typeof columnsSchema>
export type Codes = z.infer<typeof codes>
export type UnusualTrial = z.infer<typeof unusualSchema>

/** Beyond the types of columns: that they are of one length, and that codes are of their lists. */
export const trialColumnsSchema = columnsSchema.superRefine((columns, context) => {
  const complain = (message: string): void => {
    context.addIssue({ code: 'custom', message })
  }
  const { count, stop, configuration, constraints, metrics, replicates, worker, unusual } = columns
  const { layer, ...ofStop } = stop
  const coded = [worker, layer, ...configuration.flatMap(({ texts }) => texts ?? [])]
  const lengths = [
    ...[columns.number, columns.attempt, columns.seed, columns.startedAtMs, columns.endedAtMs, columns.durationMs],
    ...[columns.objective, columns.violation, columns.timeSavedMs, columns.state, columns.initialDesign],
    ...configuration.map((one) => one.numbers),
    ...[...constraints, ...metrics].map(({ values }) => values),
    ...Object.values(ofStop),
    ...(replicates === null
      ? []
      : [replicates.trained, replicates.objectiveStandardError, ...replicates.constraintStandardErrors]),
    ...coded.map((one) => one.codes),
  ]
  if (lengths.some(({ length }) => length !== count)) complain('columns are of different lengths')
  if (columns.state.some((code) => code >= trialStates.length)) complain('a trial is in an unknown state')
  if (columns.initialDesign.some((code) => code > 2)) complain('a trial has an unknown origin')
  if (coded.some((one) => one.codes.some((code) => code > one.choices.length))) complain('a code is not in its list')
  if (replicates !== null && replicates.constraintStandardErrors.length !== constraints.length) {
    complain('a constraint has no standard errors')
  }
  if (unusual.some(({ index }) => index >= count)) complain('there is no such trial')
})
