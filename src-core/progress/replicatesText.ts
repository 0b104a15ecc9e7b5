/** What is said of the replicates of a trial, the same in the terminal and in the window. */
import type { TrialProgress } from '../contracts/worker.ts'

/** Which training of a trial is under way. */
export const replicateText = ({ number, of }: NonNullable<TrialProgress['replicate']>): string =>
  `replicate ${number} of ${of}`
