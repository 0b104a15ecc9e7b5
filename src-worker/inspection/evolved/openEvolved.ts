import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { createTrialTraining } from '../../training/createTrialTraining.ts'
import { readEvolvedNetwork } from '../../../src-core/networkFile/evolvedNetwork.ts'
import { prunedAsBefore } from '../../training/judgeEpoch.ts'
import type { Pacer } from '../../training/pacer.ts'
import type { TrainingDevices } from '../../training/trialTraining.ts'
import type { InspectedSubject, SubjectParts } from '../inspectedSubject.ts'
import { InspectedActor } from './actingSubject.ts'
import { type ActingSubjectParts, loadEvolved } from './evolvedParts.ts'
import { InspectedTableNetwork } from './tableSubject.ts'

/** @throws {MalformedNetworkFile | RangeError} when the file holds no network of the trial */
export const restoreEvolved = (
  parts: SubjectParts | ActingSubjectParts,
  file: NetworkFile,
  devices: TrainingDevices,
): InspectedSubject => {
  const run = loadEvolved(parts, readEvolvedNetwork(file), devices)
  return 'studied' in parts ? new InspectedActor(parts, run) : new InspectedTableNetwork(parts, run)
}

interface EvolvedRetraining {
  readonly parts: SubjectParts | ActingSubjectParts
  readonly devices: TrainingDevices
  readonly pacer: Pacer
  /** Version of the application, for the network's file. */
  readonly version: string
}

/**
 * Evolves the network of a trial again from its seed: the same to the last bit, silence or pruning stopping it where it was.
 * @throws {Cancelled} when it was called off
 * @throws {ImpossibleNetwork | OutOfMemory} as the trial did, if it failed
 */
export const evolveAgain = async ({ parts, devices, pacer, version }: EvolvedRetraining): Promise<InspectedSubject> => {
  const as = { request: parts.request, judge: prunedAsBefore(parts.request.pruned), pacer }
  const trial = createTrialTraining(
    'studied' in parts
      ? { ...as, studied: parts.studied, dataset: parts.dataset }
      : {
          ...as,
          dataset: parts.dataset,
          split: { training: parts.splits.training, evaluation: parts.splits.objective },
        },
    devices,
  )
  try {
    await trial.train()
    return restoreEvolved(parts, trial.describe(version), devices)
  } finally {
    trial.dispose()
  }
}
