import { z } from 'zod'
import { dataCardSchema } from '../../src-core/datasets/dataCard.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import type { Connection } from './sqlite.ts'

const recordSchema = z.object({ card: z.string() })

/** A study that is only looked at is not migrated. @param schema main, or the name of an attached study */
export const hasDataCards = (connection: Connection, schema: 'main' | 'source' = 'main'): boolean =>
  connection.prepare(`SELECT 1 FROM ${schema}.sqlite_master WHERE name = 'dataset'`).get() !== undefined

/**
 * The datasets that trials of a study were trained on, in the order in which they were first read. A card that is damaged,
 * or of another version, is left out: it says what a dataset was, and no trial depends on it.
 */
export function readDataCards(connection: Connection): DataCard[] {
  if (!hasDataCards(connection)) return []
  const records = connection.prepare('SELECT card FROM dataset ORDER BY rowid').all()
  return records.flatMap((record) => {
    const { data } = recordSchema.safeParse(record)
    return (data && decodeCard(data.card)) ?? []
  })
}

function decodeCard(text: string): DataCard | null {
  try {
    return dataCardSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Belongs inside a transaction. */
export function insertDataCard(connection: Connection, card: DataCard): void {
  connection
    .prepare('INSERT OR IGNORE INTO dataset (sha256, card) VALUES (?, ?)')
    .run(card.sha256, JSON.stringify(dataCardSchema.parse(card)))
}
