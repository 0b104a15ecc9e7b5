/**
 * The constants of one step, rounded to single precision: what the plain model and the kernel both compute with, so
 * that they agree to the last bit.
 */
import { type NetworkNumber, networkNumberNames } from '../study/diehlCookHyperparameters.ts'
import { ImpossibleNetwork } from './networkFailure.ts'
import type { DiehlCookParameters } from './diehlCookParameters.ts'

const round = Math.fround

/** What is left of a state after one step, by the time constant that it follows from. */
const decays = {
  membraneDecayExcitatory: 'tauMembraneExcitatoryMs',
  membraneDecayInhibitory: 'tauMembraneInhibitoryMs',
  thetaDecay: 'tauThetaDecayMs',
  traceDecay: 'tauTraceMs',
} as const satisfies Readonly<Record<string, NetworkNumber>>
type Decay = keyof typeof decays
type TimeConstant = (typeof decays)[Decay]
const decayNames = Object.keys(decays) as Decay[]
const timeConstants: readonly NetworkNumber[] = Object.values(decays)

/** What a step computes with as it is. */
const roundedNames = [
  ...networkNumberNames.filter((name): name is Exclude<NetworkNumber, TimeConstant> => !timeConstants.includes(name)),
  'dtMs',
  'weightMinimum',
  'weightMaximum',
] as const

/** `inhibitionPerPlace`: of a synapse from an inhibitory neuron to one that is one place away, in double precision (`InhibitionRule`). */
export const constantNames = [...roundedNames, ...decayNames, 'inhibitionPerPlace'] as const
export type DiehlCookConstants = Readonly<Record<(typeof constantNames)[number], number>>

/** What an exponential decay of time constant `tauMs` leaves after one step: exp(-dt / tau). */
export const decayFactor = (dtMs: number, tauMs: number): number => round(Math.exp(round(-dtMs / tauMs)))

/**
 * Checks the parameters and rounds them.
 * @throws {ImpossibleNetwork} naming the parameter that no network can have
 */
export const diehlCookConstants = (parameters: DiehlCookParameters): DiehlCookConstants => {
  checkParameters(parameters)
  return Object.fromEntries([
    ...roundedNames.map((name) => [name, round(parameters[name])]),
    ...decayNames.map((name) => [name, decayFactor(parameters.dtMs, parameters[decays[name]])]),
    ['inhibitionPerPlace', round(parameters.strengthInhibitory) / Math.max(1, parameters.neurons - 1)],
  ]) as DiehlCookConstants
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
  for (const name of ['dtMs', ...timeConstants] as const) {
    if (!(parameters[name] > 0)) throw new ImpossibleNetwork(`${name} is ${parameters[name]}: it must be above 0`)
  }
  if (parameters.weightMinimum > parameters.weightMaximum) {
    throw new ImpossibleNetwork(
      `weightMinimum is ${parameters.weightMinimum}: it must not exceed weightMaximum, ${parameters.weightMaximum}`,
    )
  }
}
