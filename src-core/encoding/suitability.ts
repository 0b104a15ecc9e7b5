import type { EncodingType } from './presentation.ts'

/** What the samples of a dataset are: grey values from 0 to 255, events of a sensor, or real numbers. */
export type SampleKind = 'images' | 'events' | 'values'

const still: readonly EncodingType[] = ['poisson', 'bernoulli', 'latency', 'rank-order', 'population']

/** The encodings that take samples of a kind: stills, or several frames in time. */
export const suitableEncodings = (kind: SampleKind, frames: number): readonly EncodingType[] => {
  if (kind === 'events') return ['binning']
  return frames > 1 ? ['delta', 'direct-current'] : [...still, 'direct-current']
}
