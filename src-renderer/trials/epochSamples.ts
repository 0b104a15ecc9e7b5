import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** Training samples of an epoch of a trial, as far as its row says; null: it does not. */
export const epochSamplesOf = ({ stop, progress }: Pick<TrialRow, 'stop' | 'progress'>): number | null =>
  stop?.kind === 'silence' ? stop.trainSamples : (progress?.epochSamples ?? null)
