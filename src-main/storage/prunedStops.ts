import type { Connection } from './sqlite.ts'

/** The version of the form from which on there are pruned trials. */
const firstVersion = 5

/**
 * What to read pruned stops from, to be put after FROM or JOIN: the table, or nothing where a study that is only looked at
 * is of a version that has none.
 * @param database `source` for the attached one
 */
export function prunedStopTable(connection: Connection, database: 'main' | 'source' = 'main'): string {
  const version = connection.pragma(`${database}.user_version`, { simple: true }) as number
  if (version >= firstVersion) return `${database}.pruned_stop`
  const columns = ['trial', 'rule', 'epoch', 'accuracy', 'threshold', 'trials'].map((name) => `NULL AS ${name}`)
  return `(SELECT ${columns.join(', ')} WHERE FALSE)`
}
