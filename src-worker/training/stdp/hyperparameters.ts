import type { z } from 'zod'
import { presentationOf } from '../../../src-core/encoding/presentation.ts'
import type { RateEncoding } from '../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters, OneSpikeRule } from '../../../src-core/diehlCook/diehlCookParameters.ts'
import type { Configuration } from '../../../src-core/space/parameter.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { distanceHyperparameters, networkNumbers } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { valuesSchema } from '../../../src-core/study/hyperparameter.ts'
import type { DiehlCookDefinition } from '../../../src-core/study/networkSchema.ts'
import { diehlCookParts } from '../../../src-core/study/studyKinds.ts'

const networkNumbersSchema = valuesSchema(networkNumbers)
/** Not every network has all of them. */
const hyperparametersSchema = valuesSchema(distanceHyperparameters).partial({ resetInterval: true }).strict()
export type StdpHyperparameters = z.infer<typeof hyperparametersSchema>

/** @throws {z.ZodError} when one is missing, unknown or of another type: the host merges and checks them */
export const decodeHyperparameters = (configuration: Configuration): StdpHyperparameters =>
  hyperparametersSchema.parse(configuration)

const oneSpikeRules: Readonly<Record<DiehlCookDefinition['oneSpike'], OneSpikeRule>> = {
  random: 'random',
  'lowest-index': 'lowestIndex',
  off: 'off',
}

export const networkParameters = (
  hyperparameters: StdpHyperparameters,
  definition: Pick<StudyDefinition, 'encoding' | 'network' | 'training'>,
  inputSize: number,
): DiehlCookParameters => {
  const { network } = diehlCookParts(definition)
  const neurons = networkNumbersSchema.parse(hyperparameters)
  return {
    ...neurons,
    strengthInhibitory: network.lateral === 'exciting' ? -neurons.strengthInhibitory : neurons.strengthInhibitory,
    inputSize,
    neurons: hyperparameters.mapSize,
    dtMs: presentationOf(definition.encoding).dtMs,
    weightMinimum: 0,
    weightMaximum: 1,
    oneSpike: oneSpikeRules[network.oneSpike],
    inhibition: network.inhibition,
    resetIntervalSteps: hyperparameters.resetInterval ?? 0,
  }
}

/** How the network itself makes spikes of images; with any other encoding than by rates it makes none. */
export const rateEncoding = (encoding: StudyDefinition['encoding']): RateEncoding =>
  encoding.type === 'poisson' || encoding.type === 'bernoulli'
    ? { kind: encoding.type, maximumRateHz: encoding.maximumRateHz, steps: encoding.steps }
    : { kind: 'bernoulli', maximumRateHz: 0, steps: encoding.steps }
