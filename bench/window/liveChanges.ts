import type { StudyChange, StudySummary, TrialRow } from '../../src-core/progress/readModel.ts'

const workers = 16

/** What a live study of that many trials tells the window: 16 trials that train, of which now and then one ends. */
export type LiveChanges = (step: number, summary: StudySummary) => StudyChange

/**
 * @param trials numbers of the new trials begin here
 * @param trial a complete one, which the new ones resemble
 */
export const liveChanges = (trials: number, trial: TrialRow): LiveChanges => {
  let next = trials
  const running = new Map<number, TrialRow>()
  return (step, summary) => {
    const changed: TrialRow[] = []
    const begin = (worker: number): void => {
      const row: TrialRow = {
        ...trial,
        number: next++,
        state: 'running',
        worker: `cpu-${worker}`,
        startedAtMs: (trial.endedAtMs ?? 0) + step * 1000,
        endedAtMs: null,
        durationMs: 0,
        objective: null,
        constraints: [],
        violation: null,
        metrics: {},
        stop: null,
        timeSavedMs: 0,
        networkFile: null,
      }
      running.set(worker, row)
    }
    for (let worker = 0; worker < workers; worker++) {
      const row = running.get(worker)
      // Every fourth update ends a trial, and the worker begins the next.
      if (row !== undefined && step % 4 === 0 && (step / 4) % workers === worker) {
        changed.push({
          ...trial,
          number: row.number,
          worker: row.worker,
          startedAtMs: row.startedAtMs,
          endedAtMs: (row.startedAtMs ?? 0) + 600_000,
          durationMs: 600_000,
          objective: 0.4 + 0.1 * Math.sin(step),
        })
        begin(worker)
      } else if (row === undefined) begin(worker)
      const now = running.get(worker)
      if (now === undefined) continue
      const samplesDone = (step * 400) % 48_000
      const lastInterval = {
        epoch: 0,
        sample: samplesDone,
        trainAccuracy: 0.3 + 0.2 * Math.sin(step + worker),
        nonSpiking: [step % 400, step % 90],
      }
      const progress = {
        phase: 'training' as const,
        epoch: 0,
        epochs: 1,
        epochSamples: 48_000,
        samplesDone,
        samplesPlanned: 48_000,
        samplesPerSecond: 8,
        lastInterval,
        spikes: {
          latest: 9 + Math.sin(step + worker),
          // As long as it can be, and another with every update.
          history: Array.from({ length: 48 }, (_, at) => 9 + Math.sin(step + worker + at)),
        },
      }
      const told: TrialRow = { ...now, progress }
      running.set(worker, told)
      changed.push(told)
    }
    const counts = { ...summary.counts, running: workers, complete: summary.counts.complete + Math.floor(step / 4) }
    const state = { kind: 'running' as const }
    return {
      summary: { ...summary, state, counts, workers, elapsedMs: summary.elapsedMs + 1000 * step },
      trials: changed,
    }
  }
}
