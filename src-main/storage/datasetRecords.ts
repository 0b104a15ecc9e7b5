import { z } from 'zod'
import { type DataCard, dataCardSchema } from '../../src-core/datasets/dataCard.ts'
import { hasSeals, Seals } from './seals.ts'
import type { Connection } from './sqlite.ts'

/** A study that is only looked at is not migrated. @param schema main, or the name of an attached study */
export const hasDataCards = (connection: Connection, schema: 'main' | 'source' = 'main'): boolean =>
  connection.prepare(`SELECT 1 FROM ${schema}.sqlite_master WHERE name = 'dataset'`).get() !== undefined

const rowSchema = z.object({ id: z.int(), card: z.string() })

/**
 * The datasets that trials of a study were trained on, in the order in which they were first read. A card that is not as it was
 * written, or of another version, is left out: it says what a dataset was, and no trial depends on it.
 */
export const readDataCards = (connection: Connection): DataCard[] =>
  wholeCards(connection).flatMap((text) => decodeCard(text) ?? [])

/** Of the cards those that no seal contradicts. */
const wholeCards = (connection: Connection, database: 'main' | 'source' = 'main'): string[] => {
  if (!hasDataCards(connection, database)) return []
  const seals = hasSeals(connection, database, 'dataset') ? new Seals(connection, database) : null
  return connection
    .prepare(`SELECT rowid AS id, card FROM ${database}.dataset ORDER BY rowid`)
    .all()
    .flatMap((row) => rowSchema.safeParse(row).data ?? [])
    .filter(({ id }) => seals?.look('dataset', id) !== 'damaged')
    .map(({ card }) => card)
}

const decodeCard = (text: string): DataCard | null => {
  try {
    return dataCardSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Belongs inside a transaction. */
export const insertDataCard = (connection: Connection, card: DataCard): void => {
  const { sha256 } = dataCardSchema.parse(card)
  const known = connection.prepare('SELECT 1 FROM dataset WHERE sha256 = ?').get(sha256) !== undefined
  if (known) return
  const insert = connection.prepare('INSERT INTO dataset (sha256, card) VALUES (?, ?)')
  const { lastInsertRowid } = insert.run(sha256, JSON.stringify(dataCardSchema.parse(card)))
  new Seals(connection).change('dataset', Number(lastInsertRowid), () => undefined)
}

/** Takes over the cards of the attached study. Belongs inside a transaction. */
export const takeDataCards = (connection: Connection): void => {
  for (const text of wholeCards(connection, 'source')) {
    const card = decodeCard(text)
    if (card !== null) insertDataCard(connection, card)
  }
}
