import { z } from 'zod'
import {
  type Annotation,
  annotationSchema,
  changedAnnotation,
  noAnnotation,
} from '../../src-core/progress/readModel.ts'
import type { Connection } from './sqlite.ts'
import { schemaVersion } from './migrations/migrate.ts'
import { decodedOrNull, json } from './trialRecords.ts'

const flag = z.int().transform((value) => value === 1)
const recordSchema = z
  .object({
    trial: z.int(),
    note: z.string(),
    tags: json(z.array(z.string())),
    pinned: flag,
    excluded: flag,
    damage: z.string().nullable().default(null),
  })
  .transform(({ trial, damage, ...rest }) => ({
    trial,
    annotation: annotationSchema.parse({ ...rest, ...(damage === null ? {} : { damage }) }),
  }))

/** What people say of trials, by number; trials of which nothing is said are left out. */
export const readAnnotations = (connection: Connection): Map<number, Annotation> => {
  // A study that is only looked at is not migrated.
  if (schemaVersion(connection) < 2) return new Map()
  const records = connection.prepare('SELECT * FROM annotation').all()
  return new Map(
    records
      .map((record) => decodedOrNull(() => recordSchema.parse(record)) ?? toldByJournal(connection, record))
      .map(({ trial, annotation }) => [trial, annotation]),
  )
}

const numberSchema = z.object({ trial: z.int() })
const saidSchema = json(annotationSchema.pick({ note: true, tags: true }))
const damageSchema = z.string().optional()

/** What the journal tells of an annotation whose own row cannot be read: each change of one is in it. */
const toldByJournal = (connection: Connection, record: unknown): z.infer<typeof recordSchema> => {
  const { trial } = numberSchema.parse(record)
  let annotation = noAnnotation
  const events = connection.prepare('SELECT kind, detail FROM event WHERE trial = ? ORDER BY id').all(trial)
  for (const { kind, detail } of events as { kind: unknown; detail: unknown }[]) {
    if (kind === 'annotated') annotation = { ...annotation, ...saidSchema.safeParse(detail).data }
    if (kind === 'damaged') annotation = changedAnnotation(annotation, { damage: damageSchema.safeParse(detail).data })
    if (kind === 'pinned' || kind === 'unpinned') annotation = { ...annotation, pinned: kind === 'pinned' }
    if (kind === 'excluded' || kind === 'damaged') annotation = { ...annotation, excluded: true }
    if (kind === 'restored') annotation = { ...annotation, excluded: false }
  }
  return { trial, annotation }
}
