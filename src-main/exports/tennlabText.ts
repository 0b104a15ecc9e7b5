import { readFile } from 'node:fs/promises'
import { readEvolvedNetwork } from '../../src-core/networkFile/evolvedNetwork.ts'
import { decodeSafetensors } from '../../src-core/networkFile/safetensors.ts'
import { processorRanges } from '../../src-core/neuroprocessor/networkProblem.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { neuroprocessorValues } from '../../src-core/study/neuroprocessorValues.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import { neuroprocessorParts } from '../../src-core/study/studyKinds.ts'
import { associatedDataOf } from '../../src-core/tennlab/associatedData.ts'
import { createNetworkFile, exportNetwork, networkFileText } from '../../src-core/tennlab/exportNetwork.ts'
import type { MeasuredTrial } from './bestConfiguration.ts'

/**
 * The evolved network of a trial as TENNLab's JSON.
 * @param networkPath of the file that the trial left
 * @throws {MalformedNetworkFile | RangeError} when that holds no such network
 */
export const tennlabText = async (
  definition: StudyDefinition,
  { configuration, seed }: MeasuredTrial,
  networkPath: string,
): Promise<string> => {
  const { network, ranges } = readEvolvedNetwork(decodeSafetensors(await readFile(networkPath)))
  const hyperparameters = resolveHyperparameters(definition, configuration)
  const { processor } = neuroprocessorValues(hyperparameters, neuroprocessorParts(definition).training)
  const outputs = network.outputs.length
  const data = associatedDataOf({ definition, hyperparameters, seed, ranges, outputs })
  return networkFileText(exportNetwork(network, createNetworkFile(processorRanges(processor), data)))
}
