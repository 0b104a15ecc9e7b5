import type { ConstraintValue, SilenceStop } from '../../src-core/trial/measurement.ts'
import type { SpikeCountRecord } from '../../src-core/stopping/replayTable.ts'
import {
  constraintValues,
  initialSilence,
  look,
  nextEpoch,
  observe,
  samplesToNextLook,
  type SilenceRule,
} from '../../src-core/stopping/silenceRule.ts'

type Replay =
  | { readonly kind: 'stopped'; readonly stop: SilenceStop; readonly constraints: readonly ConstraintValue[] }
  | { readonly kind: 'complete'; readonly constraints: readonly ConstraintValue[] }
  /** The network was stopped before this rule would have stopped it: what it would have done is not known. */
  | { readonly kind: 'unknown'; readonly epoch: number; readonly sample: number }

/**
 * What a rule would have done with a network, by the spike counts that were stored of its training.
 * @param epochs planned for the network
 * @throws {Error} when the record lacks a layer that the rule watches
 */
export const replaySilence = (record: readonly SpikeCountRecord[], rule: SilenceRule, epochs: number): Replay => {
  const known = new Set(record.map(({ layer }) => layer))
  const lacking = rule.layers.find(({ layer }) => !known.has(layer))
  if (lacking) throw new Error(`no spike counts of the ${lacking.layer} layer are stored`)
  let state = initialSilence(rule)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const counts = rule.layers.map(({ layer }) =>
      Array.from(record.find((one) => one.layer === layer && one.epoch === epoch)?.counts ?? []),
    )
    for (let samples = samplesToNextLook(rule, state); samples > 0; samples = samplesToNextLook(rule, state)) {
      const until = state.sample + samples
      if (counts.some(({ length }) => length < until)) return { kind: 'unknown', epoch, sample: state.sample }
      const seen = counts.map((layer) => layer.slice(until - samples, until))
      state = observe(rule, state, seen, samples)
      const looked = look(rule, state)
      if (looked.kind === 'stop') {
        return { ...looked, kind: 'stopped', constraints: constraintValues(rule, state, looked.stop) }
      }
    }
    if (epoch < epochs - 1) state = nextEpoch(rule, state)
  }
  return { kind: 'complete', constraints: constraintValues(rule, state, null) }
}
