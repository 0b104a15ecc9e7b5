import { z } from 'zod'
import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type { Connection } from './sqlite.ts'
import { decodedOrNull, json } from './trialRecords.ts'

const lookSchema = z.object({
  epoch: z.int(),
  sample: z.int(),
  train_accuracy: z.number().nullable(),
  non_spiking: json(z.array(z.int().min(0))),
})

/** The curves of some trials by rising number, without those that have none, or none that can be read. Reads their looks and nothing else of them. */
export const readLearningCurves = (connection: Connection, numbers: readonly number[]): LearningCurve[] => {
  const statement = connection.prepare(
    'SELECT epoch, sample, train_accuracy, non_spiking FROM interval WHERE trial = ? ORDER BY position',
  )
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .flatMap((number): LearningCurve[] => {
      const looks = decodedOrNull(() => z.array(lookSchema).parse(statement.all(number))) ?? []
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
