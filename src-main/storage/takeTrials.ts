import type { Annotation } from '../../src-core/progress/readModel.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { needsCopy, openCopyAside } from './copyAside.ts'
import { hasDataCards, takeDataCards } from './datasetRecords.ts'
import { durationColumn, networkHashColumn, prunedStopTable, replicatesTable } from './olderForms.ts'
import { Seals, hasSeals } from './seals.ts'
import type { Connection } from './sqlite.ts'
import { damagedTrial } from './trialRecords.ts'
import { TrialWriter } from './trialWriter.ts'

/** A finished trial of another study, as it is to be in this one. */
export interface TakenTrial {
  /** Its number there. */
  readonly from: number
  readonly number: number
  readonly toldOrder: number
  readonly configuration: Configuration
  readonly explanation: Readonly<Record<string, unknown>>
  readonly networkFile: string | null
  /** Why it has none although it was to be kept. */
  readonly networkProblem: string | undefined
  /** Null: nothing is said of it. */
  readonly annotation: Annotation | null
}

const tableSql = `
CREATE TEMP TABLE IF NOT EXISTS taken (
  source INTEGER PRIMARY KEY, number INTEGER, told_order INTEGER, configuration TEXT, explanation TEXT, network_file TEXT
)`

/** What each part is read from in the form of the other study. */
type SourceParts = Readonly<Record<'pruned' | 'duration' | 'networkHash' | 'replicate' | 'race' | 'raceEnd', string>>

/**
 * From table to table, so that learning curves and spike counts are neither decoded nor put together again.
 */
const copySql = ({ pruned, duration, networkHash, replicate, race, raceEnd }: SourceParts): string => `
INSERT INTO trial (number, state, attempt, seed, configuration, explanation, created_at_ms, worker, started_at_ms,
    ended_at_ms, duration_ms, told_order, failure_reason, failure_message, failure_details)
  SELECT k.number, t.state, t.attempt, t.seed, k.configuration, k.explanation, t.created_at_ms, t.worker, t.started_at_ms,
    t.ended_at_ms, ${duration}, k.told_order, t.failure_reason, t.failure_message, t.failure_details
  FROM taken k JOIN source.trial t ON t.number = k.source;
INSERT INTO measurement (trial, objective, violation, train_duration_ms, test_duration_ms, samples_trained, samples_planned,
    confusion, network_file, dataset_sha256, network_sha256)
  SELECT k.number, m.objective, m.violation, m.train_duration_ms, m.test_duration_ms, m.samples_trained, m.samples_planned,
    m.confusion, k.network_file, m.dataset_sha256, CASE WHEN k.network_file IS NULL THEN NULL ELSE ${networkHash} END
  FROM taken k JOIN source.measurement m ON m.trial = k.source;
INSERT INTO silence_stop
  SELECT k.number, s.layer, s.epoch, s.sample, s.non_spiking, s.train_samples, s.alpha, s.beta
  FROM taken k JOIN source.silence_stop s ON s.trial = k.source;
INSERT INTO pruned_stop
  SELECT k.number, p.rule, p.epoch, p.accuracy, p.threshold, p.trials FROM taken k JOIN ${pruned} p ON p.trial = k.source;
INSERT INTO replicate
  SELECT k.number, r.position, r.seed, r.objective, r.constraints, r.stop, r.train_duration_ms, r.test_duration_ms,
    r.samples_trained
  FROM taken k JOIN ${replicate} r ON r.trial = k.source;
INSERT INTO race
  SELECT k.number, r.incumbent FROM taken k JOIN ${race} r ON r.trial = k.source;
INSERT INTO race_end
  SELECT k.number, e.planned, e.lost_by, e.bound, e.threshold FROM taken k JOIN ${raceEnd} e ON e.trial = k.source;
INSERT INTO constraint_value
  SELECT k.number, c.position, c.name, c.value FROM taken k JOIN source.constraint_value c ON c.trial = k.source;
INSERT INTO metric SELECT k.number, m.name, m.value FROM taken k JOIN source.metric m ON m.trial = k.source;
INSERT INTO interval
  SELECT k.number, i.position, i.epoch, i.sample, i.train_accuracy, i.non_spiking
  FROM taken k JOIN source.interval i ON i.trial = k.source;
INSERT INTO spike_count
  SELECT k.number, s.layer, s.epoch, s.samples, s.deflated FROM taken k JOIN source.spike_count s ON s.trial = k.source;
DELETE FROM taken;`

/** Makes the tables of the study in `file` readable as `source`. Not inside a transaction. */
export const attachSource = (connection: Connection, file: string): void => {
  const attach = (path: string): void => {
    connection.prepare('ATTACH ? AS source').run(path)
    connection.prepare('SELECT COUNT(*) FROM source.trial').get()
  }
  try {
    attach(file)
  } catch (error) {
    if (!needsCopy(error)) throw error
    if (isAttached(connection)) connection.exec('DETACH source')
    openCopyAside(file, attach)
  }
  connection.exec(tableSql)
}

const isAttached = (connection: Connection): boolean =>
  connection.prepare("SELECT 1 FROM pragma_database_list WHERE name = 'source'").get() !== undefined

/** Takes trials over from the attached study, with everything that was measured. Belongs inside a transaction. */
export const takeTrials = (connection: Connection, trials: readonly TakenTrial[], nowMs: number): void => {
  const writer = new TrialWriter(connection)
  const insert = connection.prepare('INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?)')
  for (const { from, number, toldOrder, configuration, explanation, networkFile } of trials) {
    insert.run(from, number, toldOrder, JSON.stringify(configuration), JSON.stringify(explanation), networkFile)
  }
  const source = hasSeals(connection, 'source') ? new Seals(connection, 'source') : null
  connection.exec(
    copySql({
      pruned: prunedStopTable(connection, 'source'),
      duration: durationColumn(connection, 'source'),
      networkHash: networkHashColumn(connection, 'source'),
      replicate: replicatesTable(connection, 'replicate', 'source'),
      race: replicatesTable(connection, 'race', 'source'),
      raceEnd: replicatesTable(connection, 'race_end', 'source'),
    }),
  )
  if (hasDataCards(connection, 'source')) takeDataCards(connection)
  for (const { from, number, explanation, annotation, networkProblem } of trials) {
    // Damage must not be sealed as if it were whole.
    if (source?.look('trial', from) === 'damaged') throw damagedTrial(from)
    writer.seals.change('trial', number, () => undefined)
    if (annotation !== null) writer.annotate(number, annotation)
    if (networkProblem !== undefined) writer.networkProblem(number, networkProblem)
    writer.seals.append(nowMs, 'copied', number, JSON.stringify(explanation))
  }
}
