import type { DiehlCookParameters } from '../../../../src-core/diehlCook/diehlCookParameters.ts'
import { type NetworkNumber, networkNumbers } from '../../../../src-core/study/diehlCookHyperparameters.ts'

const numbers = Object.fromEntries(
  Object.entries(networkNumbers).map(([name, { default: value }]) => [name, value]),
) as Record<NetworkNumber, number>

/** The defaults of BindsNET's DiehlAndCook2015, for MNIST and 100 neurons. */
export const defaultDiehlCookParameters: DiehlCookParameters = Object.freeze({
  ...numbers,
  inputSize: 784,
  neurons: 100,
  dtMs: 1,
  weightMinimum: 0,
  weightMaximum: 1,
  oneSpike: 'random',
  inhibition: 'all',
  resetIntervalSteps: 0,
})
