import type { Episode, EpisodeUse } from '../../../src-core/contracts/evolvedInspection.ts'
import type {
  InspectedNetwork,
  InspectedTest,
  InspectedWeights,
  SampleRecording,
} from '../../../src-core/contracts/inspection.ts'
import { episodeSeed, playEpisode, scoreShare } from '../../../src-core/control/episode.ts'
import { decodeAnswer, outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'
import { createInputEncoder } from '../../../src-core/neuroprocessor/inputSpikes.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import { startsOf } from '../../training/eons/controlProblem.ts'
import { describeEvolvedNetwork } from '../../training/eons/networkFile.ts'
import { type InspectedSubject, notInNetwork } from '../inspectedSubject.ts'
import {
  type ActingSubjectParts,
  describeRun,
  evolvedOf,
  type EvolvedRun,
  requireNeurons,
  spikesByLayer,
} from './evolvedParts.ts'
import { noProjections } from './tableSubject.ts'

/** A look into a network that evolved to act in a control task. */
export class InspectedActor implements InspectedSubject {
  readonly #parts: ActingSubjectParts
  readonly #run: EvolvedRun
  readonly #encode: ReturnType<typeof createInputEncoder>['encode']

  /** @throws {MalformedNetworkFile} when it is no network of the trial */
  constructor(parts: ActingSubjectParts, run: EvolvedRun) {
    const { observations, actions } = parts.studied.task
    const outputs = outputsFor({ decoder: run.outputDecoder, answers: actions.length })
    const { neurons, encode } = createInputEncoder(run.encoding, observations)
    requireNeurons(run.evolved.network, neurons, outputs)
    this.#encode = encode
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

  play(use: EpisodeUse, episode: number): Episode {
    const { request, studied } = this.#parts
    const { neuroprocessor, layers, steps } = this.#run
    const { task, episodes } = studied
    if (episode >= episodes) {
      throw notInNetwork(`There is no episode ${episode}: networks of this study play ${episodes}, from 0.`)
    }
    const { definition } = request
    const starts = startsOf(definition, use === 'training' ? use : definition.objective.split)
    const states: number[] = []
    const actions: number[] = []
    const [spikeNeurons, spikeSteps]: [number[], number[]] = [[], []]
    neuroprocessor.clear()
    const played = playEpisode(
      task,
      episodeSeed(starts, episode),
      (observations) => {
        const run = this.#decide(observations)
        for (const [spike, step] of run.spikeSteps.entries()) {
          spikeNeurons.push(run.spikeNeurons[spike] ?? 0)
          spikeSteps.push(actions.length * steps + step)
        }
        actions.push(run.action)
        return run.action
      },
      (state) => {
        states.push(...state)
      },
    )
    return {
      use,
      episode,
      states: Float64Array.from(states),
      actions: Uint32Array.from(actions),
      score: played.score,
      share: scoreShare(task, played.score),
      cut: played.cut,
      spikes: spikesByLayer(layers, {
        spikeNeurons: Uint32Array.from(spikeNeurons),
        spikeSteps: Uint32Array.from(spikeSteps),
      }),
    }
  }

  /** As in training, with all that happens. */
  #decide(observations: readonly number[]) {
    const { request, studied } = this.#parts
    const { neuroprocessor, encoding, outputDecoder: decoder } = this.#run
    if (neuroprocessorParts(request.definition).network.activity === 'cleared') neuroprocessor.clear()
    const { steps, inputs, values } = this.#encode(observations)
    for (const [spike, step] of steps.entries()) neuroprocessor.apply(inputs[spike] ?? 0, step, values[spike] ?? 0)
    const run = neuroprocessor.record(encoding.runSteps, [])
    const reading = { decoder, answers: studied.task.actions.length, runSteps: encoding.runSteps }
    const fires = { fires: neuroprocessor.outputCounts(), firstSteps: neuroprocessor.outputFirsts() }
    return { ...run, action: decodeAnswer(reading, fires) }
  }

  file(application: string): NetworkFile {
    const ranges = this.#parts.studied.task.observations
    return describeEvolvedNetwork({ ...this.#parts, ...this.#run.evolved, ranges }, application)
  }
}

const noSamples = ({ studied }: ActingSubjectParts) =>
  notInNetwork(`A network that acts in ${studied.task.name} is shown no samples: it plays episodes.`)
