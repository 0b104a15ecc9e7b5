import type { Projection, TrainingSnapshot } from '../../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../../src-core/contracts/worker.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { CorrectCount } from '../../training/correctCount.ts'
import { prunedAsBefore } from '../../training/judgeEpoch.ts'
import type { Pacer } from '../../training/pacer.ts'
import { decodeHyperparameters } from '../../training/surrogate/hyperparameters.ts'
import { createLayeredSubject, type LayeredSubject } from '../../training/surrogate/layeredSubject.ts'
import { restoreLayeredNetwork } from '../../training/surrogate/networkFile.ts'
import { SurrogateTraining } from '../../training/surrogate/surrogateTraining.ts'
import type { TrainingDevices } from '../../training/trialTraining.ts'
import { FarEnough, type SubjectParts } from '../inspectedSubject.ts'
import { layeredWeights } from './layeredWeights.ts'

/** A layered network as training left it, which is shown one sample at a time. */
export interface LayeredParts extends SubjectParts, LayeredSubject {
  readonly samplesTrained: number
}

interface LayeredRetraining extends SubjectParts {
  readonly devices: TrainingDevices
  readonly pacer: Pacer
}

/** A network of the trial that is shown one sample at a time: it answers as in batches, and needs less memory. */
const subjectOfOne = (request: EvaluationRequest, dataset: Dataset, devices: TrainingDevices): LayeredSubject =>
  createLayeredSubject({ ...request, hyperparameters: { ...request.hyperparameters, batchSize: 1 } }, dataset, devices)

/**
 * Puts the network of a trial together again from its file.
 * @throws {MalformedNetworkFile | RangeError} when the file holds another network
 */
export const restoreLayered = (
  { request, dataset }: SubjectParts,
  file: NetworkFile,
  devices: TrainingDevices,
): LayeredSubject & Pick<LayeredParts, 'samplesTrained'> => {
  const subject = subjectOfOne(request, dataset, devices)
  return { ...subject, samplesTrained: restoreLayeredNetwork(subject.network, file) }
}

/**
 * Trains the network of a trial again from its seed: the same network to the last bit, silence or pruning stopping it
 * where it was stopped.
 * @throws {Cancelled} when it was called off
 * @throws {NonFinite | ImpossibleNetwork | OutOfMemory} as the trial did, if it failed
 */
export const retrainLayered = async (
  retraining: LayeredRetraining,
): Promise<LayeredSubject & Pick<LayeredParts, 'samplesTrained'>> => {
  const { request, dataset, devices } = retraining
  const trained = await trainAgain(retraining, () => undefined)
  const subject = subjectOfOne(request, dataset, devices)
  subject.network.restore(trained.parameters)
  return { ...subject, samplesTrained: trained.samplesTrained }
}

/**
 * As `replay` of `InspectedSubject` says; a look waits for the end of a batch.
 * @param places samples trained at each look
 */
export const replayLayered = async (
  retraining: LayeredRetraining,
  places: Iterable<number>,
  projection: Projection,
  take: (snapshot: TrainingSnapshot) => void,
): Promise<void> => {
  const due = [...places].sort((a, b) => a - b)
  const correct = new CorrectCount()
  const lookAt = ({ network }: LayeredSubject, samples: number): void => {
    if (due[0] === undefined) throw new FarEnough()
    if (samples < due[0]) return
    while (due[0] !== undefined && due[0] <= samples) due.shift()
    const weights = layeredWeights(network.plan, network.parameters(), projection)
    take({ samplesTrained: samples, weights, trainAccuracy: correct.take() })
  }
  try {
    await trainAgain(retraining, (subject, samples, answers, labels) => {
      for (const [place, label] of labels.entries()) correct.add(answers[place] ?? null, label)
      lookAt(subject, samples)
    })
  } catch (error) {
    if (!(error instanceof FarEnough)) throw error
  }
}

/** Told before the first batch and after every one, with the answers before the update. */
type Shown = (
  subject: LayeredSubject,
  samples: number,
  answers: readonly (number | null)[],
  labels: readonly number[],
) => void

const trainAgain = async ({ request, dataset, splits, devices, pacer }: LayeredRetraining, shown: Shown) => {
  const { definition, seed } = request
  const hyperparameters = decodeHyperparameters(request.hyperparameters)
  const { training } = splits
  const subject = createLayeredSubject(request, dataset, devices)
  try {
    let samples = 0
    shown(subject, samples, [], [])
    const again = new SurrogateTraining({
      ...subject,
      training,
      hyperparameters,
      algorithm: layeredParts(definition).training,
      seed,
      silence: silenceRule(definition, training.indices.length, hyperparameters.batchSize),
      judge: prunedAsBefore(request.pruned),
      pacer,
      shown: (answers, labels) => {
        samples += labels.length
        shown(subject, samples, answers, labels)
      },
    })
    const { samplesTrained } = await again.run()
    return { parameters: subject.network.parameters(), samplesTrained }
  } finally {
    subject.network.dispose()
  }
}
