import { z } from 'zod'
import { annotationSchema } from '../../src-core/progress/readModel.ts'
import type { Annotation } from '../../src-core/progress/readModel.ts'
import type { Connection } from './sqlite.ts'
import { schemaVersion } from './migrations/migrate.ts'

const flag = z.int().transform((value) => value === 1)
const recordSchema = z
  .object({
    trial: z.int(),
    note: z.string(),
    tags: z.string().transform((text): unknown => JSON.parse(text)),
    pinned: flag,
    excluded: flag,
    damage: z.string().nullable().default(null),
  })
  .transform(({ trial, damage, ...rest }) => ({
    trial,
    annotation: annotationSchema.parse({ ...rest, ...(damage === null ? {} : { damage }) }),
  }))

/** What people say of trials, by number; trials of which nothing is said are left out. */
export function readAnnotations(connection: Connection): Map<number, Annotation> {
  // A study that is only looked at is not migrated.
  if (schemaVersion(connection) < 2) return new Map()
  const records = connection.prepare('SELECT * FROM annotation').all()
  return new Map(
    records.map((record) => recordSchema.parse(record)).map(({ trial, annotation }) => [trial, annotation]),
  )
}
