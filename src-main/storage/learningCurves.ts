import { z } from 'zod'
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import { epochAccuracies, type EpochCurve } from '../../src-core/stopping/pruning.ts'
import { prunedStopTable } from './olderForms.ts'
import type { Connection } from './sqlite.ts'
import { decodedOrNull, json } from './trialRecords.ts'

const trialSchema = z.object({ number: z.int(), complete: z.int(), whole: z.int() })
const lookSchema = z.object({ epoch: z.int(), sample: z.int(), train_accuracy: z.number().nullable() })
const epochLookSchema = lookSchema.transform(({ train_accuracy: trainAccuracy, ...rest }) => ({
  ...rest,
  trainAccuracy,
}))
const wholeLookSchema = lookSchema.extend({ non_spiking: json(z.array(z.int().min(0))) })

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
      const seen = decodedOrNull(() => z.array(epochLookSchema).parse(looks.all(number)))
      if (seen === null) return []
      return [{ trial: number, accuracies: epochAccuracies(seen, whole === 1), complete: complete === 1 }]
    })
}

/**
 * The curves of some trials by rising number, without those that have none, or none that can be read. Reads their looks and
 * nothing else of them.
 */
export const readLearningCurves = (connection: Connection, numbers: readonly number[]): LearningCurve[] => {
  const statement = connection.prepare(
    'SELECT epoch, sample, train_accuracy, non_spiking FROM interval WHERE trial = ? ORDER BY position',
  )
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .flatMap((number): LearningCurve[] => {
      const looks = decodedOrNull(() => z.array(wholeLookSchema).parse(statement.all(number))) ?? []
      if (looks.length === 0) return []
      const layers = looks[0]?.non_spiking.length ?? 0
      return [
        {
          number,
          epoch: Uint16Array.from(looks, ({ epoch }) => epoch),
          sample: Uint32Array.from(looks, ({ sample }) => sample),
          trainAccuracy: Float32Array.from(looks, ({ train_accuracy: accuracy }) => accuracy ?? NaN),
          nonSpiking: Array.from({ length: layers }, (_, layer) =>
            Uint32Array.from(looks, ({ non_spiking: counts }) => counts[layer] ?? 0),
          ),
        },
      ]
    })
}
