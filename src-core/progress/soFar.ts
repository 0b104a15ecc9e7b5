/**
 * What the training of a running trial has measured so far. It is no result: views draw it hollow and say what it is, and before
 * the first measurement they do not draw it at all.
 */
import type { TrialRow } from './readModel.ts'

export const soFarWords = 'training, so far'

/** Accuracy on the samples of training since the look before; null: nothing is measured yet. */
export const accuracySoFar = ({ state, progress }: Pick<TrialRow, 'state' | 'progress'>): number | null =>
  state === 'running' ? (progress?.lastInterval?.trainAccuracy ?? null) : null

/**
 * The share of non-spiking samples of its epoch in a watched layer; null: nothing is measured yet.
 * @param layer its place in the definition, which is that of its constraint
 */
export const shareSoFar = ({ progress }: Pick<TrialRow, 'progress'>, layer: number): number | null => {
  const nonSpiking = progress?.lastInterval?.nonSpiking[layer]
  const samples = progress?.epochSamples ?? 0
  return nonSpiking === undefined || samples === 0 ? null : nonSpiking / samples
}
