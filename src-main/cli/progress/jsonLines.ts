import { z } from 'zod'
import { experimentOverviewSchema } from '../../../src-core/experiment/experimentOverview.ts'
import { initialDesignReportSchema } from '../../../src-core/progress/initialDesign.ts'
import { studySummarySchema, trialRowSchema } from '../../../src-core/progress/readModel.ts'

const memberSchema = z.strictObject({ variant: z.string(), seed: z.int() })

/** One line of `--json` output; docs/command-line.md describes each. */
export const jsonLineSchema = z.discriminatedUnion('type', [
  /** The study as it starts. */
  z.strictObject({ type: z.literal('study'), summary: studySummarySchema }),
  /** A trial began, ended, or went back to waiting. */
  z.strictObject({ type: z.literal('trial'), trial: trialRowSchema }),
  /** Where the study and its running trials stand, at most once a second. */
  z.strictObject({ type: z.literal('progress'), summary: studySummarySchema, running: z.array(trialRowSchema) }),
  /** A signal arrived: running trials finish, or end now. */
  z.strictObject({
    type: z.literal('interrupted'),
    action: z.enum(['draining', 'pausing', 'stopping']),
    running: z.int().min(0),
  }),
  /** The end of the run, whatever it was. */
  z.strictObject({
    type: z.literal('result'),
    summary: studySummarySchema,
    /** The best trials, best first. */
    best: z.array(trialRowSchema),
    /** What the search gained over the points that it began with; null where the optimiser has no initial design. */
    initialDesign: initialDesignReportSchema.nullable(),
    silence: z.looseObject({ finished: z.int(), stopped: z.int(), timeSavedMs: z.number() }),
    /** Of an exported configuration: whether it gave the same result again. */
    reproduction: z.looseObject({ kind: z.string() }),
    exitCode: z.int(),
  }),
  /** An experiment as it starts, and at its end, then with an exit code. */
  z.strictObject({
    type: z.literal('experiment'),
    experiment: experimentOverviewSchema,
    exitCode: z.int().optional(),
  }),
  /** A study of an experiment begins, or has come to rest; between the two are the lines of that study. */
  z.strictObject({
    type: z.literal('member'),
    ...memberSchema.shape,
    event: z.enum(['began', 'rested']),
    summary: studySummarySchema,
  }),
  /** A study of an experiment cannot be run. */
  z.strictObject({
    type: z.literal('left-out'),
    ...memberSchema.shape,
    reason: z.enum(['gone', 'elsewhere', 'unusable', 'error']),
    message: z.string(),
  }),
  /** A study runs in the background now. */
  z.strictObject({ type: z.literal('background'), study: z.string(), folder: z.string(), pid: z.int() }),
  z.strictObject({ type: z.literal('error'), code: z.string(), message: z.string(), details: z.string().optional() }),
])
export type JsonLine = z.infer<typeof jsonLineSchema>

export const toJsonLine = (line: JsonLine): string => JSON.stringify(line)
