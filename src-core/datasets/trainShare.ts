import type { Configuration } from '../space/parameter.ts'

/** Share of the training samples that a trial learns from: its hyperparameter `trainShare`, where its network has one. */
export const trainShareOf = ({ trainShare }: Configuration): number => (typeof trainShare === 'number' ? trainShare : 1)

/** How many samples a share of them is: at least one of any. */
export const samplesOfShare = (samples: number, share: number): number =>
  Math.min(samples, Math.max(1, Math.round(samples * share)))
