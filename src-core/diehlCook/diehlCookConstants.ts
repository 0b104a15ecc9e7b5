/**
 * The constants of one step, rounded to single precision: what the plain model and the kernel both compute with, so
 * that they agree to the last bit.
 */
import { ImpossibleNetwork } from './networkFailure.ts'
import type { DiehlCookParameters } from './diehlCookParameters.ts'

const round = Math.fround

/** Of a leaky integrate-and-fire neuron with a refractory period. */
export interface LifParameters {
  readonly restMv: number
  readonly resetMv: number
  readonly thresholdMv: number
  readonly refractoryMs: number
  /** exp(-dt / tau), from `decayFactor`. */
  readonly membraneDecay: number
  readonly dtMs: number
}

/** Of one whose threshold rises at every spike. */
export interface AdaptiveLifParameters extends LifParameters {
  readonly thetaPlusMv: number
  /** exp(-dt / tau_theta). */
  readonly thetaDecay: number
}

export interface PostPreParameters {
  readonly learningRatePre: number
  readonly learningRatePost: number
  readonly weightMinimum: number
  readonly weightMaximum: number
}

export interface DiehlCookConstants {
  readonly excitatory: AdaptiveLifParameters
  readonly inhibitory: LifParameters
  readonly plasticity: PostPreParameters
  readonly traceDecay: number
  readonly strengthExcitatory: number
  readonly strengthInhibitory: number
  /** Of a synapse from an inhibitory neuron to one that is one place away, in double precision: `distanceInhibition`. */
  readonly inhibitionPerPlace: number
  readonly weightNorm: number
}

/** What an exponential decay of time constant `tauMs` leaves after one step: exp(-dt / tau). */
export const decayFactor = (dtMs: number, tauMs: number): number => round(Math.exp(round(-dtMs / tauMs)))

/**
 * Checks the parameters and rounds them.
 * @throws {ImpossibleNetwork} naming the parameter that no network can have
 */
export const diehlCookConstants = (parameters: DiehlCookParameters): DiehlCookConstants => {
  checkParameters(parameters)
  const dtMs = round(parameters.dtMs)
  return {
    excitatory: {
      restMv: round(parameters.restExcitatoryMv),
      resetMv: round(parameters.resetExcitatoryMv),
      thresholdMv: round(parameters.thresholdExcitatoryMv),
      refractoryMs: round(parameters.refractoryExcitatoryMs),
      membraneDecay: decayFactor(parameters.dtMs, parameters.tauMembraneExcitatoryMs),
      dtMs,
      thetaPlusMv: round(parameters.thetaPlusMv),
      thetaDecay: decayFactor(parameters.dtMs, parameters.tauThetaDecayMs),
    },
    inhibitory: {
      restMv: round(parameters.restInhibitoryMv),
      resetMv: round(parameters.resetInhibitoryMv),
      thresholdMv: round(parameters.thresholdInhibitoryMv),
      refractoryMs: round(parameters.refractoryInhibitoryMs),
      membraneDecay: decayFactor(parameters.dtMs, parameters.tauMembraneInhibitoryMs),
      dtMs,
    },
    plasticity: {
      learningRatePre: round(parameters.learningRatePre),
      learningRatePost: round(parameters.learningRatePost),
      weightMinimum: round(parameters.weightMinimum),
      weightMaximum: round(parameters.weightMaximum),
    },
    traceDecay: decayFactor(parameters.dtMs, parameters.tauTraceMs),
    strengthExcitatory: round(parameters.strengthExcitatory),
    strengthInhibitory: round(parameters.strengthInhibitory),
    inhibitionPerPlace: round(parameters.strengthInhibitory) / Math.max(1, parameters.neurons - 1),
    weightNorm: round(parameters.weightNorm),
  }
}

const checkParameters = (parameters: DiehlCookParameters): void => {
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new ImpossibleNetwork(`${name} is ${value}: it must be a finite number`)
    }
  }
  for (const name of ['inputSize', 'neurons'] as const) {
    const value = parameters[name]
    if (!Number.isInteger(value) || value < 1) {
      throw new ImpossibleNetwork(`${name} is ${value}: it must be a whole number from 1`)
    }
  }
  if (!Number.isInteger(parameters.resetIntervalSteps) || parameters.resetIntervalSteps < 0) {
    throw new ImpossibleNetwork(
      `resetIntervalSteps is ${parameters.resetIntervalSteps}: it must be a whole number from 0`,
    )
  }
  for (const name of [
    'dtMs',
    'tauMembraneExcitatoryMs',
    'tauMembraneInhibitoryMs',
    'tauThetaDecayMs',
    'tauTraceMs',
  ] as const) {
    if (!(parameters[name] > 0)) throw new ImpossibleNetwork(`${name} is ${parameters[name]}: it must be above 0`)
  }
  if (parameters.weightMinimum > parameters.weightMaximum) {
    throw new ImpossibleNetwork(
      `weightMinimum is ${parameters.weightMinimum}: it must not exceed weightMaximum, ${parameters.weightMaximum}`,
    )
  }
}
