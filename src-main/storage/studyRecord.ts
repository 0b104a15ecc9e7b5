import { z } from 'zod'
import { type StudyState, studyStateSchema } from '../../src-core/progress/readModel.ts'
import { type DeviceWorkers, deviceWorkersSchema } from '../../src-core/study/workersSchema.ts'
import { noLabels, type StudyLabels, studyLabelsSchema } from '../../src-core/library/studyLabels.ts'
import type { Connection } from './sqlite.ts'

/** The study's own row. */
export interface StudyRecord {
  readonly name: string
  /** The definition as canonical YAML. */
  readonly definition: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly elapsedMs: number
  readonly sleptMs: number
  readonly state: StudyState
  /** Workers that a person wants; null: as the definition says. */
  readonly workers: number | null
  /** Where a person wants them; null: where the definition says. */
  readonly devices: DeviceWorkers | null
  readonly labels: StudyLabels
}

const stateRecordSchema = z
  .object({ state: z.string(), state_reason: z.string().nullable(), state_message: z.string().nullable() })
  .transform(({ state: kind, state_reason: reason, state_message: message }): unknown => ({
    kind,
    ...(kind === 'finished' ? { reason, detail: message } : {}),
    ...(kind === 'error' ? { message, reason: reason ?? 'other' } : {}),
  }))
  .pipe(studyStateSchema)

const recordSchema = z.object({
  name: z.string(),
  definition: z.string(),
  created_at_ms: z.number(),
  updated_at_ms: z.number(),
  elapsed_ms: z.number(),
  /** Not there in a study of an older version that is only looked at; nor are those that follow. */
  slept_ms: z.number().default(0),
  workers: z.int().nullable().default(null),
  devices: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(deviceWorkersSchema)
    .nullable()
    .default(null),
  labels: z.string().nullable().default(null),
})

/** What cannot be read is as if nothing had been said: it refuses nothing that was measured. */
const labelsIn = (text: string | null): StudyLabels => {
  try {
    return studyLabelsSchema.safeParse(JSON.parse(text ?? 'null')).data ?? noLabels
  } catch {
    return noLabels
  }
}

/** @throws {z.ZodError | SyntaxError} when what is stored is not in order */
export const readStudyRecord = (connection: Connection): StudyRecord => {
  const row = connection.prepare('SELECT * FROM study').get()
  const record = recordSchema.parse(row)
  return {
    name: record.name,
    definition: record.definition,
    createdAtMs: record.created_at_ms,
    updatedAtMs: record.updated_at_ms,
    elapsedMs: record.elapsed_ms,
    sleptMs: record.slept_ms,
    state: stateRecordSchema.parse(row),
    workers: record.workers,
    devices: record.devices,
    labels: labelsIn(record.labels),
  }
}

/** @returns the message that belongs to the state; null: there is none */
export const messageOf = (state: StudyState): string | null =>
  state.kind === 'finished' ? state.detail : state.kind === 'error' ? state.message : null

export const updateState = (connection: Connection, state: StudyState, elapsedMs: number): void => {
  const reason = state.kind === 'finished' || state.kind === 'error' ? state.reason : null
  connection
    .prepare('UPDATE study SET state = ?, state_reason = ?, state_message = ?, elapsed_ms = ?')
    .run(state.kind, reason, messageOf(state), elapsedMs)
}
