import type {
  InspectedNetwork,
  InspectedTest,
  InspectedWeights,
  SampleRecording,
} from '../../../src-core/contracts/inspection.ts'
import { outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'
import type { NetworkFile } from '../../networkFile/safetensors.ts'
import { describeEvolvedNetwork } from '../../training/eons/networkFile.ts'
import { type InspectedSubject, notInNetwork } from '../inspectedSubject.ts'
import { type ActingSubjectParts, describeRun, evolvedOf, type EvolvedRun, requireNeurons } from './evolvedParts.ts'
import { noProjections } from './tableSubject.ts'

/** A look into a network that evolved to act in a control task. */
export class InspectedActor implements InspectedSubject {
  readonly #parts: ActingSubjectParts
  readonly #run: EvolvedRun

  /** @throws {MalformedNetworkFile} when it is no network of the trial */
  constructor(parts: ActingSubjectParts, run: EvolvedRun) {
    const { observations, actions } = parts.studied.task
    const outputs = outputsFor({ decoder: run.outputDecoder, answers: actions.length })
    requireNeurons(run.evolved.network, observations.length * run.encoding.neuronsPerInput, outputs)
    this.#parts = parts
    this.#run = run
  }

  describe(origin: InspectedNetwork['origin']): InspectedNetwork {
    const { task, episodes } = this.#parts.studied
    const { name, stateNames, actions, stepLimit } = task
    return {
      ...describeRun(this.#run),
      origin,
      classes: actions.length,
      samples: { training: 0, objective: 0, test: 0 },
      evolved: evolvedOf(this.#run, {
        task: name,
        stateNames: [...stateNames],
        actions: [...actions],
        stepLimit,
        episodes,
      }),
    }
  }

  weights(): InspectedWeights {
    throw noProjections()
  }

  record(): SampleRecording {
    throw noSamples(this.#parts)
  }

  test(): Promise<InspectedTest> {
    return Promise.reject(noSamples(this.#parts))
  }

  replay(): Promise<void> {
    return Promise.reject(noProjections())
  }

  file(application: string): NetworkFile {
    return describeEvolvedNetwork({ ...this.#parts, ...this.#run.evolved }, application)
  }
}

const noSamples = ({ studied }: ActingSubjectParts) =>
  notInNetwork(`A network that acts in ${studied.task.name} is shown no samples: it plays episodes.`)
