import type { InspectionProgress, SampleRecording, TrainingSnapshot } from '../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { Answer, NetworkSource, Question, QuestionName } from '../../src-core/contracts/inspector.ts'
import { controlTaskOf } from '../../src-core/control/controlDataset.ts'
import type { CacheContents, CacheRequest } from '../../src-core/datasets/cacheContents.ts'
import type { LoadingProgress } from '../datasets/converted/loadingProgress.ts'
import type { LoadDataset } from '../datasets/loadDataset.ts'
import { MalformedNetworkFile, type NetworkFile } from '../../src-core/networkFile/safetensors.ts'
import { takeTensor } from '../../src-core/networkFile/takeTensor.ts'
import { writeNetworkFile } from '../networkFile/writeNetworkFile.ts'
import { Pacer, untrained } from '../training/pacer.ts'
import type { TrainingState } from '../training/stdp/describeNetwork.ts'
import { decodeHyperparameters } from '../training/stdp/hyperparameters.ts'
import { createTrialSubject, type TrialSubject } from '../training/stdp/trialSubject.ts'
import { taskSha256 } from '../training/eons/taskSha256.ts'
import type { TrainingDevices } from '../training/trialTraining.ts'
import type { ActingSubjectParts } from './evolved/evolvedParts.ts'
import { evolveAgain, restoreEvolved } from './evolved/openEvolved.ts'
import { InspectedLayered } from './layered/layeredSubject.ts'
import { restoreLayered, retrainLayered } from './layered/retrainLayered.ts'
import { type InspectedSubject, networkSplits, notInNetwork, type SubjectParts } from './inspectedSubject.ts'
import { previewDataset } from './previewDataset.ts'
import { readNetworkFile } from './readNetworkFile.ts'
import { retrainSubject } from './stdp/retrainSubject.ts'
import { StdpSubject } from './stdp/stdpSubject.ts'

/**
 * Puts the network of a trial together again from its file, so that it answers as it did when that was written.
 * @param samplesTrained for files of version 1, which do not say
 * @throws {MalformedNetworkFile | RangeError} when the file holds another network
 */
const restoreSubject = (
  { request, dataset }: SubjectParts,
  file: NetworkFile,
  kernel: WebAssembly.Module,
  samplesTrained: number | null,
): TrialSubject & { readonly state: TrainingState } => {
  const kind = file.metadata['networkType'] ?? 'diehl-cook'
  if (kind !== 'diehl-cook') throw new MalformedNetworkFile(`it holds a network of the type ${kind}`)
  const subject = createTrialSubject(request, decodeHyperparameters(request.hyperparameters), dataset, kernel)
  const { network, decoder } = subject
  network.setWeights(takeTensor(file.tensors, 'weights', [Float32Array], [network.inputSize, network.neurons]), true)
  network.setTheta(takeTensor(file.tensors, 'theta', [Float32Array], [network.neurons]))
  decoder.restore(file.tensors)
  return { ...subject, state: stateOf(file, samplesTrained) }
}

const stateOf = ({ metadata }: NetworkFile, samplesTrained: number | null): TrainingState => {
  const stored = Number(metadata['samplesTrained'] ?? samplesTrained ?? 0)
  return {
    samplesTrained: Number.isSafeInteger(stored) && stored >= 0 ? stored : 0,
    decoderHasLearned: metadata['decoderHasLearned'] !== 'false',
  }
}

/**
 * The network of a trial from its file.
 * @throws {SpiketuneError} network-damaged; dataset-damaged when the files of the dataset are others now
 */
const restoredSubject = (
  parts: SubjectParts | ActingSubjectParts,
  { path, samplesTrained, sha256 }: Extract<NetworkSource, { readonly kind: 'file' }>,
  devices: TrainingDevices,
): Promise<InspectedSubject> => {
  const { request, dataset } = parts
  return readNetworkFile<InspectedSubject>({ path, sha256 }, request, dataset, (file) => {
    const { type } = request.definition.network
    if ('studied' in parts || type === 'neuroprocessor') return restoreEvolved(parts, file, devices)
    if (type === 'layered') {
      return new InspectedLayered({ ...parts, ...restoreLayered(parts, file, devices) }, devices)
    }
    const { kernel } = devices
    return new StdpSubject({ ...parts, ...restoreSubject(parts, file, kernel, samplesTrained) }, kernel)
  })
}

/**
 * The network of a trial, trained again from its seed.
 * @throws {Cancelled} when it was called off
 * @throws {NonFinite | ImpossibleNetwork | OutOfMemory} as the trial did, if it failed
 */
const retrainedSubject = async (
  parts: SubjectParts | ActingSubjectParts,
  devices: InspectorEnvironment,
  pacer: Pacer,
): Promise<InspectedSubject> => {
  const { type } = parts.request.definition.network
  if ('studied' in parts || type === 'neuroprocessor') {
    return evolveAgain({ parts, devices, pacer, version: devices.version })
  }
  if (type === 'layered') {
    return new InspectedLayered({ ...parts, ...(await retrainLayered({ ...parts, devices, pacer })) }, devices)
  }
  const { kernel } = devices
  return new StdpSubject({ ...parts, ...(await retrainSubject({ ...parts, kernel, pacer })) }, kernel)
}

/** What inspecting needs of the world. */
interface InspectorEnvironment extends TrainingDevices {
  readonly loadDataset: LoadDataset
  readonly cache: (request: CacheRequest) => Promise<CacheContents>
  readonly nowMs: () => number
  /** Version of the application, for the network's file. */
  readonly version: string
}

/** Where one question streams to, and what ends it. */
export interface QuestionContext {
  readonly signal: AbortSignal
  progress(progress: InspectionProgress): void
  recording(recording: SampleRecording): void
  snapshot(snapshot: TrainingSnapshot): void
}

type Handlers = {
  readonly [Name in QuestionName]: (request: Question<Name>, context: QuestionContext) => Promise<Answer<Name>>
}

/** Answers questions about one network; several may be under way, each gives way to the others between two samples. */
export class Inspector {
  readonly #environment: InspectorEnvironment
  #subject: InspectedSubject | null = null

  constructor(environment: InspectorEnvironment) {
    this.#environment = environment
  }

  /**
   * @throws {SpiketuneError} what a person can act on
   * @throws {Cancelled} when the context's signal called it off
   */
  async ask<Name extends QuestionName>(
    name: Name,
    request: Question<Name>,
    context: QuestionContext,
  ): Promise<Answer<Name>> {
    return await this.#handlers[name](request, context)
  }

  readonly #handlers: Handlers = {
    open: (request, context) => this.#open(request, context),
    weights: (projection) => Promise.resolve(this.#opened().weights(projection)),
    present: async ({ split, samples, traced }, context) => {
      const subject = this.#opened()
      const pace = this.#pace(context, 'presenting')
      for (const [place, sample] of samples.entries()) {
        context.recording(subject.record(split, sample, traced, place))
        await pace.always(place + 1, samples.length)
      }
      return null
    },
    test: ({ split, samples }, context) => {
      const pace = this.#pace(context, 'testing')
      return this.#opened().test(split, samples, (done, planned) => pace.whenDue(done, planned))
    },
    replay: async ({ snapshots, projection }, context) => {
      await this.#opened().replay(snapshots, projection, this.#pacerOf(context), (snapshot) => {
        context.snapshot(snapshot)
      })
      return null
    },
    play: ({ use, episode }) => {
      const subject = this.#opened()
      if (subject.play === undefined) throw notInNetwork('This network is shown samples: it acts in no control task.')
      return Promise.resolve(subject.play(use, episode))
    },
    dataset: async ({ settings, isAnew }, context) =>
      (await this.#environment.loadDataset(settings, this.#loading(context), isAnew)).card,
    cache: (request) => this.#environment.cache(request),
    preview: async ({ definition, samples }, context) => {
      const dataset = await this.#environment.loadDataset(definition.dataset, this.#loading(context))
      return previewDataset(dataset, definition, samples)
    },
  }

  async #open({ evaluation, source }: Question<'open'>, context: QuestionContext): Promise<Answer<'open'>> {
    const environment = this.#environment
    context.progress({ phase: 'loading', samplesDone: 0, samplesPlanned: 0 })
    const parts = await this.#partsOf(evaluation, context)
    if (source.kind === 'file') {
      this.#subject = await restoredSubject(parts, source, environment)
      return this.#subject.describe(source.origin)
    }
    this.#subject = await retrainedSubject(parts, environment, this.#pacerOf(context))
    if (source.keepAs !== null) {
      // Only to be quicker the next time: of a study that may not be written to it is trained again then.
      await writeNetworkFile(source.keepAs, this.#subject.file(environment.version)).catch(() => undefined)
    }
    return this.#subject.describe('retrained')
  }

  async #partsOf(request: EvaluationRequest, context: QuestionContext): Promise<SubjectParts | ActingSubjectParts> {
    const studied = controlTaskOf(request.definition.dataset)
    if (studied !== null) return { request, studied, dataset: { sha256: taskSha256(studied) } }
    const dataset = await this.#environment.loadDataset(request.definition.dataset, this.#loading(context))
    return { request, dataset, splits: networkSplits(dataset, request) }
  }

  #opened(): InspectedSubject {
    if (this.#subject === null) throw new Error('an inspector was asked about a network before it had one')
    return this.#subject
  }

  /** @param shownAs the phase that is reported, where it is none of a trial */
  #pacerOf({ signal, progress }: QuestionContext, shownAs?: InspectionProgress['phase']): Pacer {
    return new Pacer({
      nowMs: this.#environment.nowMs,
      signal,
      report: ({ phase, samplesDone, samplesPlanned }) => {
        progress({ phase: shownAs ?? phase, samplesDone, samplesPlanned })
      },
    })
  }

  /** Reports loading when it takes a while. */
  #loading(context: QuestionContext): LoadingProgress {
    const pacer = this.#pacerOf(context)
    return async (samplesDone, samplesPlanned, isWaiting = false) => {
      const phase = isWaiting ? 'waiting' : 'loading'
      if (pacer.isDue()) await pacer.turn({ ...untrained, phase, samplesDone, samplesPlanned })
    }
  }

  #pace(context: QuestionContext, phase: InspectionProgress['phase']) {
    const pacer = this.#pacerOf(context, phase)
    const always = (samplesDone: number, samplesPlanned: number): Promise<void> =>
      pacer.turn({ ...untrained, phase: 'testing', samplesDone, samplesPlanned })
    return {
      always,
      whenDue: async (done: number, planned: number): Promise<void> => {
        if (done === 0 || pacer.isDue()) await always(done, planned)
      },
    }
  }
}
