import { z } from 'zod'
import { epochAccuracies } from '../../src-core/stopping/pruning.ts'
import type { EpochCurve } from '../../src-core/stopping/pruning.ts'
import { prunedStopTable } from './olderForms.ts'
import type { Connection } from './sqlite.ts'
import { decodedOrNull } from './trialRecords.ts'

const trialSchema = z.object({ number: z.int(), complete: z.int(), whole: z.int() })
const lookSchema = z
  .object({ epoch: z.int(), sample: z.int(), train_accuracy: z.number().nullable() })
  .transform(({ train_accuracy: trainAccuracy, ...rest }) => ({ ...rest, trainAccuracy }))

/** The learning curves of all measured trials that can be read, in the order in which the trials were told. */
export const readEpochCurves = (connection: Connection): ({ readonly trial: number } & EpochCurve)[] => {
  const trials = connection
    .prepare(
      `SELECT number, state = 'complete' AS complete, state = 'complete' OR p.trial IS NOT NULL AS whole
       FROM trial LEFT JOIN ${prunedStopTable(connection)} p ON p.trial = number
       WHERE state IN ('complete', 'stopped') ORDER BY told_order`,
    )
    .all()
  const looks = connection.prepare(
    'SELECT epoch, sample, train_accuracy FROM interval WHERE trial = ? ORDER BY position',
  )
  return z
    .array(trialSchema)
    .parse(trials)
    .flatMap(({ number, complete, whole }) => {
      const seen = decodedOrNull(() => z.array(lookSchema).parse(looks.all(number)))
      if (seen === null) return []
      return [{ trial: number, accuracies: epochAccuracies(seen, whole === 1), complete: complete === 1 }]
    })
}
