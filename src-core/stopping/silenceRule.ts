/**
 * Early stopping of silent networks, and the black-box constraints that their silence becomes.
 *
 *   nonSpiking(layer) = number of samples of this epoch with fewer than alpha spikes in the layer, so far
 *   stop when nonSpiking(layer) / trainSamples > beta for any watched layer, looked at after every `interval` samples
 *   and at the end of the epoch; constraint(layer) = nonSpiking(layer) / trainSamples - beta, feasible when <= 0
 *
 * `trainSamples` is the number of training samples of a whole epoch, however many have been shown; every epoch counts
 * afresh. Source: Firmin, Boulet & Talbi, arXiv 2403.00450, section on early stopping.
 */
import { z } from 'zod'
import type { WatchedLayer } from '../study/silenceSchema.ts'
import type { ConstraintValue, SilenceStop } from '../trial/measurement.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'

/** Spikes per sample, as an array or typed array. */
type Counts = ArrayLike<number> & Iterable<number>

export interface SilenceRule {
  readonly layers: readonly WatchedLayer[]
  readonly interval: number
  readonly stopEarly: boolean
  /** Training samples in an epoch. */
  readonly trainSamples: number
  /** Samples that a network is trained on at a time: a look waits for the end of a batch. */
  readonly batchSize: number
}

export const silenceStateSchema = z.strictObject({
  /** Counted from 0. */
  epoch: z.int().min(0),
  /** Samples of this epoch observed so far. */
  sample: z.int().min(0),
  /** Non-spiking samples of this epoch, for each watched layer in the definition's order. */
  nonSpiking: z.array(z.int().min(0)),
  /** The largest such counts at the end of the epochs before. */
  largestBefore: z.array(z.int().min(0)),
})
export type SilenceState = DeepReadonly<z.infer<typeof silenceStateSchema>>

type Look = { readonly kind: 'continue' } | { readonly kind: 'stop'; readonly stop: SilenceStop }

/** The rule of a study, for epochs of `trainSamples` samples in batches of `batchSize`. */
export const silenceRule = (
  { silence }: { readonly silence: Pick<SilenceRule, 'layers' | 'interval' | 'stopEarly'> },
  trainSamples: number,
  batchSize = 1,
): SilenceRule => {
  if (!Number.isInteger(trainSamples) || trainSamples < 1) throw new Error(`${trainSamples} training samples`)
  return { ...silence, trainSamples, batchSize }
}

/** The state before the first sample of the first epoch. */
export const initialSilence = (rule: SilenceRule): SilenceState => {
  const none = rule.layers.map(() => 0)
  return { epoch: 0, sample: 0, nonSpiking: none, largestBefore: none }
}

/** Samples to train on until the next look: to the first batch end at or after an interval; 0 at the end of an epoch. */
export const samplesToNextLook = (
  { interval, batchSize, trainSamples }: Pick<SilenceRule, 'interval' | 'batchSize' | 'trainSamples'>,
  { sample }: Pick<SilenceState, 'sample'>,
): number => {
  const intervalEnd = sample - (sample % interval) + interval
  const batchEnd = Math.ceil(intervalEnd / batchSize) * batchSize
  return Math.min(batchEnd, trainSamples) - sample
}

/**
 * The state after further samples of the same epoch.
 * @param spikeCounts [layer][sample]: spikes of each new sample in each watched layer, in the definition's order
 * @throws {Error} when the layers differ in length or the epoch is exceeded
 */
export const observe = (
  rule: SilenceRule,
  state: SilenceState,
  spikeCounts: readonly Counts[],
  samples: number = spikeCounts[0]?.length ?? 0,
): SilenceState => {
  if (spikeCounts.length !== rule.layers.length)
    throw new Error(`${spikeCounts.length} layers of ${rule.layers.length}`)
  if (spikeCounts.some(({ length }) => length !== samples)) throw new Error('layers of different numbers of samples')
  const sample = state.sample + samples
  if (sample > rule.trainSamples) throw new Error(`sample ${sample} of an epoch of ${rule.trainSamples}`)
  const nonSpiking = rule.layers.map(
    ({ alpha }, layer) => (state.nonSpiking[layer] ?? 0) + countBelow(spikeCounts[layer] ?? [], alpha),
  )
  return { ...state, sample, nonSpiking }
}

const countBelow = (counts: Counts, alpha: number): number => {
  let below = 0
  for (const count of counts) if (count < alpha) below++
  return below
}

/** Whether to go on; where several layers are too silent, the first of the definition is named. */
export const look = (rule: SilenceRule, state: SilenceState): Look => {
  const { trainSamples } = rule
  const { epoch, sample } = state
  if (!rule.stopEarly) return { kind: 'continue' }
  for (const [index, { layer, alpha, beta }] of rule.layers.entries()) {
    const nonSpiking = state.nonSpiking[index] ?? 0
    if (nonSpiking / trainSamples > beta) {
      return { kind: 'stop', stop: { kind: 'silence', layer, epoch, sample, nonSpiking, trainSamples, alpha, beta } }
    }
  }
  return { kind: 'continue' }
}

/** The state before the first sample of the next epoch. @throws {Error} in the middle of an epoch */
export const nextEpoch = (rule: SilenceRule, state: SilenceState): SilenceState => {
  if (state.sample !== rule.trainSamples) throw new Error(`epoch ${state.epoch} ends at sample ${state.sample}`)
  return {
    epoch: state.epoch + 1,
    sample: 0,
    nonSpiking: rule.layers.map(() => 0),
    largestBefore: largest(state),
  }
}

const prefix = 'silence:'

/** `silence:<layer>`; what optimisers and files of studies call the constraint, and people by its title (constraintTitle.ts). */
export const constraintName = (layer: WatchedLayer['layer']): string => `${prefix}${layer}`

/** The layer whose constraint has this name; null: it is no constraint of a layer. */
export const watchedLayerOf = (name: string): WatchedLayer['layer'] | null =>
  name.startsWith(prefix) ? name.slice(prefix.length) : null

/**
 * The constraint values of a network whose training ended in `state`, one for each watched layer in the definition's
 * order: those of the epoch that was stopped, otherwise the largest over the epochs.
 */
export const constraintValues = (
  rule: SilenceRule,
  state: SilenceState,
  stop: SilenceStop | null,
): readonly ConstraintValue[] => {
  const counts = stop === null ? largest(state) : state.nonSpiking
  return rule.layers.map(({ layer, beta }, index) => ({
    name: constraintName(layer),
    value: (counts[index] ?? 0) / rule.trainSamples - beta,
  }))
}

const largest = ({ nonSpiking, largestBefore }: SilenceState): readonly number[] =>
  nonSpiking.map((count, index) => Math.max(count, largestBefore[index] ?? 0))
