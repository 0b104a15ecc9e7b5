import type { TrainingSnapshot } from '../../../src-core/contracts/inspection.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { diehlCookParts } from '../../../src-core/study/studyKinds.ts'
import { CorrectCount } from '../../training/correctCount.ts'
import type { TrainingState } from '../../training/stdp/describeNetwork.ts'
import { decodeHyperparameters } from '../../training/stdp/hyperparameters.ts'
import { prunedAsBefore } from '../../training/judgeEpoch.ts'
import type { Pacer } from '../../training/pacer.ts'
import { StdpTraining } from '../../training/stdp/stdpTraining.ts'
import { createTrialSubject, type TrialSubject } from '../../training/stdp/trialSubject.ts'
import { FarEnough, snapshotPlaces, type SubjectParts } from '../inspectedSubject.ts'
import { weightsOf } from './stdpParts.ts'

interface Retraining extends SubjectParts {
  readonly kernel: WebAssembly.Module
  readonly pacer: Pacer
}

type Shown = (subject: TrialSubject, prediction: number | null, label: number) => void

/**
 * Trains the network of a trial again from its seed: the same network to the last bit, silence stopping it where it was
 * stopped.
 * @param shown called after every sample
 * @throws {Cancelled} when it was called off
 * @throws {NonFinite | ImpossibleNetwork | OutOfMemory} as the trial did, if it failed
 */
export const retrainSubject = async (
  { request, dataset, splits, kernel, pacer }: Retraining,
  shown: Shown = () => undefined,
): Promise<TrialSubject & { readonly state: TrainingState }> => {
  const { definition, seed } = request
  const hyperparameters = decodeHyperparameters(request.hyperparameters)
  const subject = createTrialSubject(request, hyperparameters, dataset, kernel)
  const { training } = splits
  const stdp = new StdpTraining({
    ...subject,
    seed,
    judge: prunedAsBefore(request.pruned),
    pacer,
    training,
    epochs: hyperparameters.epochs,
    updateInterval: diehlCookParts(definition).training.updateInterval,
    silence: silenceRule(definition, training.indices.length),
    shown: ([answer = null], [label = 0]) => {
      shown(subject, answer, label)
    },
  })
  await stdp.run()
  return { ...subject, state: stdp.state }
}

/**
 * Trains the network again, and looks at it the given number of times, evenly spaced, first before any sample and last after
 * `samplesTrained`; a single look is the last. Goes no further than that.
 * @throws what `retrainSubject` throws
 */
export const replayTraining = async (
  retraining: Retraining,
  snapshots: number,
  samplesTrained: number,
  take: (snapshot: TrainingSnapshot) => void,
): Promise<void> => {
  const { request, dataset, kernel } = retraining
  const due = snapshotPlaces(snapshots, samplesTrained)
  if (due.delete(0)) {
    const hyperparameters = decodeHyperparameters(request.hyperparameters)
    const { network, decoder } = createTrialSubject(request, hyperparameters, dataset, kernel)
    take({ samplesTrained: 0, weights: weightsOf(network, decoder), trainAccuracy: null })
  }
  const correct = new CorrectCount()
  let shownSamples = 0
  try {
    await retrainSubject(retraining, ({ network, decoder }, prediction, label) => {
      if (due.size === 0) throw new FarEnough()
      shownSamples++
      correct.add(prediction, label)
      if (!due.delete(shownSamples)) return
      take({ samplesTrained: shownSamples, weights: weightsOf(network, decoder), trainAccuracy: correct.take() })
    })
  } catch (error) {
    if (!(error instanceof FarEnough)) throw error
  }
}
