import { StdpTrial } from './stdp/stdpTrial.ts'
import type { TrialParts, TrialTraining } from './trialTraining.ts'

/** What networks compute with. */
export interface TrainingDevices {
  /** The compiled kernel `stdp`. */
  readonly kernel: WebAssembly.Module
}

/**
 * The network of a trial before any training.
 * @throws {ImpossibleNetwork | OutOfMemory}
 */
export const createTrialTraining = (parts: TrialParts, { kernel }: TrainingDevices): TrialTraining =>
  new StdpTrial(parts, kernel)
