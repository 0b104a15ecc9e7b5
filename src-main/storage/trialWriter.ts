import type { Annotation } from '../../src-core/progress/readModel.ts'
import { totalViolation } from '../../src-core/progress/trialRow.ts'
import type { Measurement, TrialStop } from '../../src-core/trial/measurement.ts'
import type { Trial, WaitingTrial } from '../../src-core/trial/trial.ts'
import { Seals } from './seals.ts'
import type { Connection, Statement } from './sqlite.ts'

/** The statements that put trials into the tables. Every method belongs inside a transaction. */
export class TrialWriter {
  readonly #run: (sql: string, ...values: unknown[]) => void
  readonly seals: Seals

  constructor(connection: Connection) {
    this.seals = new Seals(connection)
    const statements = new Map<string, Statement>()
    this.#run = (sql, ...values) => {
      let statement = statements.get(sql)
      if (statement === undefined) statements.set(sql, (statement = connection.prepare<unknown[]>(sql)))
      statement.run(...values)
    }
  }

  insert(trial: WaitingTrial): void {
    this.seals.change('trial', trial.number, () => {
      this.#run(
        `INSERT INTO trial (number, state, attempt, seed, configuration, explanation, created_at_ms)
         VALUES (?, 'waiting', ?, ?, ?, ?, ?)`,
        trial.number,
        trial.attempt,
        trial.seed,
        JSON.stringify(trial.configuration),
        JSON.stringify(trial.explanation),
        trial.createdAtMs,
      )
    })
  }

  update(trial: Trial): void {
    this.seals.change('trial', trial.number, () => {
      this.#updateRows(trial)
    })
  }

  #updateRows(trial: Trial): void {
    const begun = trial.state === 'waiting' ? null : trial
    const ended = begun === null || begun.state === 'running' ? null : begun
    const failure = trial.state === 'failed' ? trial.failure : null
    this.#run(
      `UPDATE trial SET state = ?, attempt = ?, worker = ?, started_at_ms = ?, ended_at_ms = ?, duration_ms = ?, told_order = ?,
         failure_reason = ?, failure_message = ?, failure_details = ? WHERE number = ?`,
      trial.state,
      trial.attempt,
      begun?.worker ?? null,
      begun?.startedAtMs ?? null,
      ended?.endedAtMs ?? null,
      ended?.durationMs ?? null,
      ended?.toldOrder ?? null,
      failure?.reason ?? null,
      failure?.message ?? null,
      failure?.details ?? null,
      trial.number,
    )
    if (trial.incumbent !== undefined) {
      this.#run('INSERT OR IGNORE INTO race VALUES (?, ?)', trial.number, trial.incumbent)
    }
    if (trial.state === 'complete' || trial.state === 'stopped')
      this.#insertMeasurement(trial.number, trial.measurement)
    if (trial.state === 'stopped') this.#insertStop(trial.number, trial.stop)
  }

  /** Why the network of this trial is not on disk. */
  networkProblem(number: number, problem: string): void {
    this.seals.change('trial', number, () => {
      this.#insertNetworkProblem(number, problem)
    })
  }

  #insertNetworkProblem(number: number, problem: string): void {
    this.#run('INSERT OR REPLACE INTO network_problem VALUES (?, ?)', number, problem)
  }

  /** The trained network of this trial is no longer kept. */
  forgetNetwork(number: number): void {
    this.#run('UPDATE measurement SET network_file = NULL WHERE trial = ?', number)
  }

  annotate(trial: number, { note, tags, pinned, excluded, damage }: Annotation): void {
    this.seals.change('annotation', trial, () => {
      this.#run(
        `INSERT INTO annotation (trial, note, tags, pinned, excluded, damage) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (trial) DO UPDATE SET note = excluded.note, tags = excluded.tags, pinned = excluded.pinned,
           excluded = excluded.excluded, damage = excluded.damage`,
        trial,
        note,
        JSON.stringify(tags),
        Number(pinned),
        Number(excluded),
        damage ?? null,
      )
    })
  }

  #insertMeasurement(trial: number, measurement: Measurement): void {
    this.#run(
      `INSERT INTO measurement (trial, objective, violation, train_duration_ms, test_duration_ms, samples_trained,
         samples_planned, confusion, network_file, dataset_sha256, network_sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      trial,
      measurement.objective,
      totalViolation(measurement.constraints),
      measurement.trainDurationMs,
      measurement.testDurationMs,
      measurement.samplesTrained,
      measurement.samplesPlanned,
      JSON.stringify(measurement.confusion),
      measurement.networkFile,
      measurement.datasetSha256,
      measurement.networkSha256 ?? null,
    )
    if (measurement.networkProblem !== undefined) this.#insertNetworkProblem(trial, measurement.networkProblem)
    for (const [position, { name, value }] of measurement.constraints.entries()) {
      this.#run('INSERT INTO constraint_value VALUES (?, ?, ?, ?)', trial, position, name, value)
    }
    for (const [name, value] of Object.entries(measurement.metrics)) {
      this.#run('INSERT INTO metric VALUES (?, ?, ?)', trial, name, value)
    }
    this.#insertReplicates(trial, measurement)
    for (const [position, { epoch, sample, trainAccuracy, nonSpiking }] of measurement.intervals.entries()) {
      const counts = JSON.stringify(nonSpiking)
      this.#run('INSERT INTO interval VALUES (?, ?, ?, ?, ?, ?)', trial, position, epoch, sample, trainAccuracy, counts)
    }
    for (const { layer, epoch, samples, deflated } of measurement.spikeCounts) {
      this.#run('INSERT INTO spike_count VALUES (?, ?, ?, ?, ?)', trial, layer, epoch, samples, deflated)
    }
  }

  #insertReplicates(trial: number, { replicates = [], raceEnd }: Measurement): void {
    for (const [position, one] of replicates.entries()) {
      this.#run(
        'INSERT INTO replicate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        trial,
        position,
        one.seed,
        one.objective,
        JSON.stringify(one.constraints),
        one.stop === null ? null : JSON.stringify(one.stop),
        one.trainDurationMs,
        one.testDurationMs,
        one.samplesTrained,
      )
    }
    if (raceEnd === undefined) return
    const { planned, by, bound, limit } = raceEnd
    this.#run('INSERT INTO race_end VALUES (?, ?, ?, ?, ?)', trial, planned, by, bound, limit)
  }

  #insertStop(trial: number, stop: TrialStop): void {
    if (stop.kind === 'pruned') {
      const { rule, epoch, accuracy, threshold, trials } = stop
      this.#run('INSERT INTO pruned_stop VALUES (?, ?, ?, ?, ?, ?)', trial, rule, epoch, accuracy, threshold, trials)
      return
    }
    const { layer, epoch, sample, nonSpiking, trainSamples, alpha, beta } = stop
    this.#run(
      'INSERT INTO silence_stop VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      trial,
      layer,
      epoch,
      sample,
      nonSpiking,
      trainSamples,
      alpha,
      beta,
    )
  }
}
