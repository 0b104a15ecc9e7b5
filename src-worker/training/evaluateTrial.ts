import { basename } from 'node:path'
import { controlTaskOf } from '../../src-core/control/controlDataset.ts'
import type { EvaluationRequest, TrialProgress } from '../../src-core/contracts/worker.ts'
import type { DataCard } from '../../src-core/datasets/dataCard.ts'
import { trainShareOf } from '../../src-core/datasets/trainShare.ts'
import { metricConstraintValues, objectiveValue } from '../../src-core/stopping/constraints.ts'
import type { Measurement, Outcome } from '../../src-core/trial/measurement.ts'
import { fingerprintOf } from '../checkpoint/checkpointFile.ts'
import { type CheckpointNews, Checkpoints, problemOf } from '../checkpoint/checkpoints.ts'
import type { TrialState } from '../checkpoint/trialState.ts'
import { UnfitCheckpoint } from '../checkpoint/unfitCheckpoint.ts'
import { checkProvenance, type LoadDataset } from '../datasets/loadDataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import { DeviceLost } from '../engines/layered/tensorflow/deviceErrors.ts'
import type { NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import { writeNetworkFile } from '../networkFile/writeNetworkFile.ts'
import { createTrialTraining } from './createTrialTraining.ts'
import { taskSha256 } from './eons/taskSha256.ts'
import { NonFinite, Paused, toFailure } from './failure.ts'
import { restoreTraining, savedTrial, TrainingClock } from './interruptedTraining.ts'
import { type JudgeEpoch, prunedAsBefore } from './judgeEpoch.ts'
import { Pacer, untrained } from './pacer.ts'
import { type Trained, trainReplicates } from './trainReplicates.ts'
import type { ActingParts, TrainingDevices, TrialParts, TrialTraining } from './trialTraining.ts'

/**
 * A measurement with a number that is none can be neither ranked nor sent: the trial has failed, and its worker has not.
 * @throws {NonFinite} naming the first such number
 */
export const checkFinite = ({
  objective,
  metrics,
  constraints,
}: Pick<Measurement, 'objective' | 'metrics' | 'constraints'>): void => {
  const measured: readonly (readonly [string, number])[] = [
    ['objective', objective],
    ...Object.entries(metrics),
    ...constraints.map(({ name, value }) => [name, value] as const),
  ]
  for (const [name, value] of measured) {
    if (!Number.isFinite(value)) throw new NonFinite(`The measured value of ${name} is not a finite number (${value}).`)
  }
}

/** What evaluating needs of the world. */
export interface EvaluationEnvironment extends TrainingDevices {
  readonly loadDataset: LoadDataset
  /** Told of the dataset before it is trained on. */
  readonly datasetRead?: (card: DataCard) => void
  readonly nowMs: () => number
  /** Version of the application, for the network's file. */
  readonly version: string
  /** Calls the evaluation off. */
  readonly signal: AbortSignal
  readonly report: (progress: TrialProgress) => void
  /** Asked at the end of each epoch but the last, where the request says so; absent: nothing is pruned. */
  readonly judge?: JudgeEpoch
  /** Aborted when the evaluation is to end where it can go on later; absent: it never is. */
  readonly pause?: AbortSignal
  readonly checkpointNews?: CheckpointNews
  /** Told how to describe the network as it is, from when training begins. To be called between two samples. */
  readonly training?: (describe: () => NetworkFile) => void
}

/**
 * Trains and tests the network of one trial. The result depends on the request and the dataset alone; the durations are
 * measured and enter nothing.
 * @returns the outcome; whatever is thrown on the way makes a failed one
 * @throws {DeviceLost} when this process can compute no more, which is no fault of the trial
 * @throws {Paused} when it is to go on later; then there is a checkpoint, where one could be written
 */
export const evaluateTrial = async (
  request: EvaluationRequest,
  environment: EvaluationEnvironment,
): Promise<Outcome> => {
  try {
    return await evaluate(request, environment)
  } catch (error) {
    if (error instanceof DeviceLost || error instanceof Paused) throw error
    return { kind: 'failed', failure: toFailure(error) }
  }
}

const evaluate = async (request: EvaluationRequest, environment: EvaluationEnvironment): Promise<Outcome> => {
  const { definition } = request
  const { nowMs, signal, report, pause, checkpointNews: news, version } = environment
  const checkpoints = new Checkpoints({ file: request.checkpoint, nowMs, pause, news })
  const pacer = new Pacer({ nowMs, signal, report, safePoint: checkpoints })
  const epochs = epochsOf(request)
  const loading = (phase: 'loading' | 'waiting', samplesDone: number, samplesPlanned: number): Promise<void> =>
    pacer.turn({ ...untrained, epochs, phase, samplesDone, samplesPlanned })
  await loading('loading', 0, 0)
  const subject = await subjectOf(request, environment, async (done, planned, isWaiting) => {
    if (pacer.isDue()) await loading(isWaiting ? 'waiting' : 'loading', done, planned)
  })
  const datasetSha256 = subject.dataset.sha256
  if (definition.provenance !== undefined) checkProvenance(subject.dataset, definition.provenance.datasetSha256)
  const owner = { application: version, trial: request.trial, fingerprint: fingerprintOf(request), datasetSha256 }
  const from = await checkpoints.read(owner)
  const evaluation = { request, environment, subject, epochs, pacer, checkpoints }
  const { trained, network } = await trainAll(evaluation, from).catch((error: unknown) => {
    if (!(error instanceof UnfitCheckpoint)) throw error
    news?.beginsAnew(problemOf(error))
    return trainAll(evaluation, null)
  })
  const { measurement, stop } = trained
  const measured = { ...measurement, ...(await keepNetwork(request, network)) }
  return stop === null ? { kind: 'complete', measurement: measured } : { kind: 'stopped', measurement: measured, stop }
}

interface Evaluation {
  readonly request: EvaluationRequest
  readonly environment: EvaluationEnvironment
  readonly subject: Subject
  readonly epochs: number
  readonly pacer: Pacer
  readonly checkpoints: Checkpoints
}

/**
 * Trains and tests all replicates, but for those that a checkpoint has.
 * @throws {UnfitCheckpoint} when the state is of no use
 */
const trainAll = async (evaluation: Evaluation, from: TrialState | null) => {
  const { request, environment, subject, pacer, checkpoints } = evaluation
  const { version, training } = environment
  const { replicates = 1, networkPath } = request
  const judge = (request.judged === true ? environment.judge : undefined) ?? prunedAsBefore(request.pruned)
  const done = [...(from?.done ?? [])]
  const known = from?.firstNetwork ?? null
  let network = (): NetworkFile => {
    if (known === null) throw new Error('no network was trained')
    return known
  }
  if (done.length > 0) training?.(network)
  const trained = await trainReplicates(request, done, async (seed, index) => {
    pacer.beginReplicate(index + 1, replicates)
    const parts = { ...subject, request: { ...request, seed }, judge, pacer, safePoint: checkpoints }
    const trial = createTrialTraining(parts, environment)
    const describe = (): NetworkFile => trial.describe(version)
    if (index === 0) training?.(describe)
    try {
      const resumed = from !== null && index === from.done.length ? from : null
      if (resumed !== null) restoreTraining(trial, resumed.training)
      const clock = new TrainingClock(environment.nowMs, resumed?.trainedMs ?? 0)
      const save = () => savedTrial(trial, { done, replicates, trainedMs: clock.trainedMs, firstNetwork: network })
      checkpoints.watch(save)
      if (resumed !== null) environment.checkpointNews?.resumed(save().place, trial.judgedAccuracies)
      const trained = await trainAndTest(trial, evaluation, clock)
      // Looked at or written later, it is the first one's still.
      if (index === 0 && (replicates > 1 || networkPath !== null)) network = described(describe)
      if (index === 0 && replicates > 1) training?.(network)
      return trained
    } finally {
      trial.dispose()
    }
  })
  return { trained, network }
}

/** What a trial learns from: samples, or a task that it acts in. */
type Subject = Pick<TrialParts, 'dataset' | 'split'> | Pick<ActingParts, 'dataset' | 'studied'>

const subjectOf = async (
  { definition, hyperparameters }: EvaluationRequest,
  { loadDataset, datasetRead }: EvaluationEnvironment,
  loading: (done: number, planned: number, isWaiting: boolean) => Promise<void>,
): Promise<Subject> => {
  const studied = controlTaskOf(definition.dataset)
  if (studied !== null) return { studied, dataset: { sha256: taskSha256(studied) } }
  const dataset = await loadDataset(definition.dataset, (done, planned, isWaiting = false) =>
    loading(done, planned, isWaiting),
  )
  datasetRead?.(dataset.card)
  return { dataset, split: splitDataset(dataset, definition, trainShareOf(hyperparameters)) }
}

/** A network as it is now; what stands in the way of that is told to whoever asks for it. */
const described = (describe: () => NetworkFile): (() => NetworkFile) => {
  try {
    const file = describe()
    return () => file
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** A generation is the epoch of networks that evolve. */
const epochsOf = ({ definition, hyperparameters }: EvaluationRequest): number =>
  Number(hyperparameters[definition.network.type === 'neuroprocessor' ? 'generations' : 'epochs'])

/** Writes the network where it is to be kept. What was measured is worth as much without it: whatever fails is told beside it. */
const keepNetwork = async (
  { networkPath }: EvaluationRequest,
  describe: () => NetworkFile,
): Promise<Pick<Measurement, 'networkFile' | 'networkSha256' | 'networkProblem'>> => {
  if (networkPath === null) return { networkFile: null }
  try {
    const networkSha256 = await writeNetworkFile(networkPath, describe())
    return { networkFile: basename(networkPath), networkSha256 }
  } catch (error) {
    return { networkFile: null, networkProblem: error instanceof Error ? error.message : String(error) }
  }
}

const trainAndTest = async (trial: TrialTraining, evaluation: Evaluation, clock: TrainingClock): Promise<Trained> => {
  const { request, environment, epochs, subject } = evaluation
  const trained = await trial.train()
  clock.stop()
  const testStartMs = environment.nowMs()
  const lastInterval = trained.intervals.at(-1) ?? null
  const epochSamples = trained.samplesPlanned / epochs
  const tested = await trial.test({ epoch: lastInterval?.epoch ?? 0, epochs, epochSamples, lastInterval })
  const testEndMs = environment.nowMs()

  const { definition } = request
  const { stop, metrics, constraints, ...record } = trained
  const measured = {
    ...record,
    objective: objectiveValue(definition.objective, tested.metrics),
    metrics: { ...tested.metrics, ...metrics },
    constraints: [...constraints, ...metricConstraintValues(definition.constraints, tested.metrics)],
    trainDurationMs: clock.trainedMs,
    testDurationMs: testEndMs - testStartMs,
    confusion: tested.confusion,
    datasetSha256: subject.dataset.sha256,
  }
  checkFinite(measured)
  return { measurement: { ...measured, networkFile: null }, stop }
}
