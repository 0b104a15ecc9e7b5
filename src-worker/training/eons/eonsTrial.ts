import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import { createTemplate, templateOf } from '../../../src-core/evolution/template.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { networkRanges } from '../../../src-core/neuroprocessor/processor.ts'
import { silenceRule } from '../../../src-core/stopping/silenceRule.ts'
import { neuroprocessorValues } from '../../../src-core/study/neuroprocessorValues.ts'
import { startingNetworks } from '../../../src-core/study/startingNetworks.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
import { Neuroprocessor } from '../../engines/neuroprocessor/neuroprocessor.ts'
import type { NetworkFile } from '../../../src-core/networkFile/safetensors.ts'
import type { SavedState, SavedTraining } from '../../checkpoint/savedState.ts'
import type { TrainedState } from '../pacer.ts'
import type { TestResult } from '../testing.ts'
import type { ActingParts, TrainingDevices, TrainingResult, TrialParts, TrialTraining } from '../trialTraining.ts'
import { ControlProblem } from './controlProblem.ts'
import { EonsTraining } from './eonsTraining.ts'
import { describeEvolvedNetwork } from './networkFile.ts'
import type { Problem } from './problem.ts'
import { TableProblem } from './tableProblem.ts'

/** What a trial's hyperparameters make of its samples or its task. @throws {ImpossibleNetwork} */
const createProblem = (
  parts: Pick<TrialParts, 'request' | 'dataset' | 'split'> | Pick<ActingParts, 'request' | 'dataset' | 'studied'>,
  kernel: WebAssembly.Module,
): Problem => {
  const { definition, hyperparameters } = parts.request
  const { network, training } = neuroprocessorParts(definition)
  const { encoding, outputDecoder, processor } = neuroprocessorValues(hyperparameters, training)
  const coding = { definition, encoding, outputDecoder, silentSamples: training.silentSamples }
  const createProcessor = (): Neuroprocessor => new Neuroprocessor(kernel, processor)
  return 'studied' in parts
    ? new ControlProblem({
        ...coding,
        studied: parts.studied,
        activity: network.activity,
        processor: createProcessor(),
      })
    : new TableProblem({ ...coding, dataset: parts.dataset, split: parts.split, createProcessor })
}

/**
 * What evolution begins with.
 * @throws {ImpossibleNetwork} when the networks of the study do not fit samples whose size nobody knew before
 */
const beginning = ({ inputs, outputs }: Problem, starts: readonly NeuroNetwork[]) => {
  const [first] = starts
  if (first === undefined) return { template: createTemplate(inputs, outputs) }
  if (first.inputs.length !== inputs || first.outputs.length !== outputs) {
    throw new ImpossibleNetwork(
      `training.networks[0] has ${first.inputs.length} inputs and ${first.outputs.length} outputs, but these samples, code and ` +
        `decoder need ${inputs} and ${outputs}`,
    )
  }
  return { template: templateOf(first), starts }
}

/** A population of networks of a neuromorphic processor, of which the fittest is what the trial comes to. */
export class EonsTrial implements TrialTraining {
  readonly #parts: TrialParts | ActingParts
  readonly #problem: Problem
  readonly #training: EonsTraining

  /** @throws {ImpossibleNetwork | OutOfMemory} */
  constructor(parts: TrialParts | ActingParts, { neuroprocessorKernel }: TrainingDevices) {
    const { request, judge, pacer, safePoint } = parts
    const { training } = neuroprocessorParts(request.definition)
    const { evolution, generations, processor } = neuroprocessorValues(request.hyperparameters, training)
    this.#parts = parts
    this.#problem = createProblem(parts, neuroprocessorKernel)
    this.#training = new EonsTraining({
      evolution: {
        ...beginning(this.#problem, startingNetworks(training)),
        ranges: networkRanges(processor),
        parameters: evolution,
        seed: request.seed,
      },
      generations,
      problem: this.#problem,
      silence: silenceRule(request.definition, evolution.populationSize),
      judge,
      pacer,
      safePoint,
    })
  }

  train(): Promise<TrainingResult> {
    return this.#training.run()
  }

  test(progress: TrainedState): Promise<TestResult> {
    const { pacer } = this.#parts
    return this.#problem.test(this.#training.best, (samplesDone, samplesPlanned) =>
      pacer.turn({ ...progress, phase: 'testing', samplesDone, samplesPlanned }),
    )
  }

  save(): SavedTraining {
    return this.#training.save()
  }

  restore(saved: SavedState): void {
    this.#training.restore(saved)
  }

  get judgedAccuracies(): readonly (number | null)[] {
    return this.#training.judgedAccuracies
  }

  describe(application: string): NetworkFile {
    const { best, records, samplesTrained } = this.#training
    const { ranges } = this.#problem
    return describeEvolvedNetwork({ ...this.#parts, network: best, ranges, records, samplesTrained }, application)
  }

  dispose(): void {
    // The garbage collector has it all.
  }
}
