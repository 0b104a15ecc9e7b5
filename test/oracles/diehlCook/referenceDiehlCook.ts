/**
 * The Diehl & Cook network in its plain form: every neuron and every synapse in every step, composed of the pure step
 * functions of this folder. Slow, and what the WebAssembly kernel is measured against, bit by bit.
 *
 *   X (inputs) -> E plastic, dense, weights [input][neuron];  E -> I one to one;  I -> E by `lateralInhibition`
 *
 * Every synapse has a delay of one step: inputs of step t come from the spikes of step t - 1. Order within a step:
 * excitatory layer, inhibitory layer, plasticity. After the sample: normalisation.
 * Source: Diehl & Cook, Front. Comput. Neurosci. 9:99, 2015; step order of BindsNET's DiehlAndCook2015.
 */
import { diehlCookConstants } from '../../../src-core/diehlCook/diehlCookConstants.ts'
import type { DiehlCookParameters } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import { intervalTables } from '../../../src-core/diehlCook/encodingTables.ts'
import {
  checkLength,
  checkStimulus,
  type DiehlCookNetwork,
  initialWeights,
  type PresentationObserver,
  presentationSeeds,
  type RateEncoding,
  type Stimulus,
} from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import { createPcg32, type Pcg32 } from '../../../src-core/random/pcg32.ts'
import { keepSpikes, lateralInhibition } from './competition.ts'
import { encodeImage, inputsByStep } from './inputSpikes.ts'
import {
  type AdaptiveLifParameters,
  type AdaptiveLifState,
  type LifParameters,
  type LifState,
  stepAdaptiveLif,
  stepLif,
} from './neurons.ts'
import { normalisationFactor, stepPostPre, stepTrace } from './plasticity.ts'

const round = Math.fround

/** A synaptic sum in single precision, spike by spike: the kernel adds in the same order. */
const sumOf = (terms: readonly number[]): number => terms.reduce((sum, term) => round(sum + term), 0)

/**
 * Creates a network with weights from `initialWeightsSeed` and thresholds at rest.
 * @throws {ImpossibleNetwork} when no network can have these parameters
 */
export const createReferenceDiehlCook = (
  parameters: DiehlCookParameters,
  encoding: RateEncoding,
  initialWeightsSeed: number,
): DiehlCookNetwork => {
  const { inputSize, neurons } = parameters
  const constants = diehlCookConstants(parameters)
  const { dtMs, thetaPlusMv, thetaDecay } = constants
  const excitatoryNeuron: AdaptiveLifParameters = {
    restMv: constants.restExcitatoryMv,
    resetMv: constants.resetExcitatoryMv,
    thresholdMv: constants.thresholdExcitatoryMv,
    refractoryMs: constants.refractoryExcitatoryMs,
    membraneDecay: constants.membraneDecayExcitatory,
    dtMs,
    thetaPlusMv,
    thetaDecay,
  }
  const inhibitoryNeuron: LifParameters = {
    restMv: constants.restInhibitoryMv,
    resetMv: constants.resetInhibitoryMv,
    thresholdMv: constants.thresholdInhibitoryMv,
    refractoryMs: constants.refractoryInhibitoryMs,
    membraneDecay: constants.membraneDecayInhibitory,
    dtMs,
  }
  const tables = intervalTables(encoding, parameters.dtMs)
  const neuronIndices = Array.from({ length: neurons }, (_, neuron) => neuron)

  let weights = initialWeights(inputSize, neurons, initialWeightsSeed)
  let theta = new Float32Array(neurons)
  /**
   * Neurons whose weights may not be normalised: those that spiked while learning, and those with a changed weight.
   * Departure: BindsNET scales all; for the others that is the identity but for the last bits.
   */
  let unnormalised = new Set(neuronIndices)
  let excitatory: AdaptiveLifState[] = []
  let inhibitory: LifState[] = []
  const spikeNeurons = new Uint32Array(neurons * encoding.steps)
  const spikeSteps = new Uint32Array(neurons * encoding.steps)
  const excitatoryCounts = new Uint32Array(neurons)
  const totals = { input: 0, excitatory: 0, inhibitory: 0 }

  const learn = (inputSpikes: Set<number>, inputTraces: number[], spikes: Set<number>, traces: number[]): void => {
    for (const neuron of spikes) unnormalised.add(neuron)
    for (let input = 0; input < inputSize; input++) {
      for (let neuron = 0; neuron < neurons; neuron++) {
        const at = input * neurons + neuron
        const activity = {
          preSpiked: inputSpikes.has(input),
          preTrace: inputTraces[input] ?? 0,
          postSpiked: spikes.has(neuron),
          postTrace: traces[neuron] ?? 0,
        }
        const weight = weights[at] ?? NaN
        weights[at] = stepPostPre(weight, activity, constants)
        if (weights[at] !== weight) unnormalised.add(neuron)
      }
    }
  }

  const normalise = (): void => {
    for (const neuron of unnormalised) {
      const column = weights.filter((_, at) => at % neurons === neuron)
      const factor = normalisationFactor(column, constants.weightNorm)
      column.forEach((weight, input) => (weights[input * neurons + neuron] = round(weight * factor)))
    }
    unnormalised = new Set()
  }

  const run = (
    input: readonly number[][],
    oneSpike: Pcg32,
    learning: boolean,
    observer: PresentationObserver,
  ): void => {
    const { resetIntervalSteps } = parameters
    excitatory = Array.from(theta, (thetaMv) => ({ potentialMv: NaN, refractoryMs: NaN, thetaMv }))
    let inputTraces: number[] = []
    let traces: number[] = []
    let before = { input: new Set<number>(), excitatory: new Set<number>(), inhibitory: [] as number[] }
    const reset = (): void => {
      const { restMv } = excitatoryNeuron
      excitatory = excitatory.map(({ thetaMv }) => ({ potentialMv: restMv, refractoryMs: 0, thetaMv }))
      inhibitory = neuronIndices.map(() => ({ potentialMv: inhibitoryNeuron.restMv, refractoryMs: 0 }))
      inputTraces = new Array<number>(inputSize).fill(0)
      traces = new Array<number>(neurons).fill(0)
      before = { input: new Set(), excitatory: new Set(), inhibitory: [] }
    }
    reset()
    excitatoryCounts.fill(0)
    totals.input = totals.excitatory = totals.inhibitory = 0

    input.forEach((inputSpikes, step) => {
      if (step > 0 && resetIntervalSteps > 0 && step % resetIntervalSteps === 0) reset()
      const excited = excitatory.map((state, neuron) => {
        const synapses = [...before.input].map((channel) => weights[channel * neurons + neuron] ?? NaN)
        const inhibition = lateralInhibition(parameters.inhibition, before.inhibitory, neuron, constants)
        return stepAdaptiveLif(state, round(sumOf(synapses) + inhibition), excitatoryNeuron, learning)
      })
      const crossed = neuronIndices.filter((neuron) => excited[neuron]?.crossed)
      const spikes = keepSpikes(crossed, parameters.oneSpike, oneSpike)
      const inhibited = inhibitory.map((state, neuron) =>
        stepLif(state, before.excitatory.has(neuron) ? constants.strengthExcitatory : 0, inhibitoryNeuron),
      )
      before = {
        input: new Set(inputSpikes),
        excitatory: new Set(spikes),
        inhibitory: neuronIndices.filter((neuron) => inhibited[neuron]?.spiked),
      }
      excitatory = excited.map(({ state }) => state)
      inhibitory = inhibited.map(({ state }) => state)
      inputTraces = inputTraces.map((trace, channel) =>
        stepTrace(trace, before.input.has(channel), constants.traceDecay),
      )
      traces = traces.map((trace, neuron) => stepTrace(trace, before.excitatory.has(neuron), constants.traceDecay))
      if (learning) learn(before.input, inputTraces, before.excitatory, traces)

      for (const neuron of spikes) {
        spikeNeurons[totals.excitatory] = neuron
        spikeSteps[totals.excitatory] = step
        totals.excitatory++
        excitatoryCounts[neuron] = (excitatoryCounts[neuron] ?? 0) + 1
      }
      totals.input += inputSpikes.length
      totals.inhibitory += before.inhibitory.length
      observer.step?.({
        step,
        inputSpikes: Uint32Array.from(inputSpikes),
        excitatoryPotentialMv: Float32Array.from(excitatory, (state) => state.potentialMv),
        excitatoryThetaMv: Float32Array.from(excitatory, (state) => state.thetaMv),
        excitatoryRefractoryMs: Float32Array.from(excitatory, (state) => state.refractoryMs),
        excitatoryTrace: Float32Array.from(traces),
        excitatorySpikes: Uint32Array.from(spikes),
        inhibitoryPotentialMv: Float32Array.from(inhibitory, (state) => state.potentialMv),
        inhibitoryRefractoryMs: Float32Array.from(inhibitory, (state) => state.refractoryMs),
        inhibitorySpikes: Uint32Array.from(before.inhibitory),
      })
    })
    theta = Float32Array.from(excitatory, (state) => state.thetaMv)
    observer.beforeNormalisation?.(weights.slice())
    normalise()
  }

  const presentObserved = (
    stimulus: Stimulus,
    sampleSeed: number,
    learning: boolean,
    observer: PresentationObserver,
  ): void => {
    checkStimulus(stimulus, inputSize, encoding.steps)
    const seeds = presentationSeeds(sampleSeed)
    const spikes =
      stimulus.kind === 'spikes'
        ? inputsByStep(stimulus.spikes, encoding.steps)
        : encodeImage(stimulus.image, tables, createPcg32(...seeds.encoding))
    run(spikes, createPcg32(...seeds.oneSpike), learning, observer)
  }

  return {
    inputSize,
    neurons,
    steps: encoding.steps,
    present: (image, sampleSeed, learning) => presentObserved({ kind: 'image', image }, sampleSeed, learning, {}),
    presentSpikes: (spikes, sampleSeed, learning) =>
      presentObserved({ kind: 'spikes', spikes }, sampleSeed, learning, {}),
    presentObserved,
    excitatoryCounts,
    spikeNeurons,
    spikeSteps,
    get inputSpikeTotal() {
      return totals.input
    },
    get excitatorySpikeTotal() {
      return totals.excitatory
    },
    get inhibitorySpikeTotal() {
      return totals.inhibitory
    },
    weights: () => weights.slice(),
    theta: () => theta.slice(),
    setWeights: (next, normalised = false) => {
      checkLength('weights', next, inputSize * neurons)
      weights = next.slice()
      unnormalised = new Set(normalised ? [] : neuronIndices)
    },
    setTheta: (next) => {
      checkLength('theta', next, neurons)
      theta = next.slice()
    },
    isFinite: () =>
      weights.every(Number.isFinite) &&
      theta.every(Number.isFinite) &&
      [...excitatory, ...inhibitory].every((state) => Number.isFinite(state.potentialMv)),
  }
}
