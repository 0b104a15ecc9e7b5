import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { predictions } from '../../../../src-core/layered/losses.ts'
import { deriveSeed } from '../../../../src-core/random/seed.ts'
import { splitDataset } from '../../../../src-worker/datasets/splitDataset.ts'
import { decodeSafetensors, type NetworkFile } from '../../../../src-core/networkFile/safetensors.ts'
import { evaluateTrial } from '../../../../src-worker/training/evaluateTrial.ts'
import { createLayeredSubject } from '../../../../src-worker/training/surrogate/layeredSubject.ts'
import { restoreLayeredNetwork } from '../../../../src-worker/training/surrogate/networkFile.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { environmentOf, measurementOf } from '../trialRequests.ts'
import { layeredDefinition, layeredRequest, learningPoint } from './layeredRequests.ts'

const definition = layeredDefinition({ dataset: { trainSamples: 1000, testSamples: 200 } })

const trained = async (): Promise<{ file: NetworkFile; accuracy: number }> => {
  const path = join(temporaryFolder(), '0.safetensors')
  const request = layeredRequest(definition, learningPoint, { networkPath: path })
  const { objective } = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
  return { file: decodeSafetensors(readFileSync(path)), accuracy: objective }
}

const subjectOf = async (point = learningPoint) => {
  const { loadDataset, ...devices } = environmentOf()
  const dataset = await loadDataset(definition.dataset)
  return { dataset, ...createLayeredSubject(layeredRequest(definition, point), dataset, devices) }
}

describe('a layered network from its file', () => {
  it('answers the test of its trial as it did', async () => {
    const { file, accuracy } = await trained()
    const { dataset, network, encoder } = await subjectOf()
    const { part, indices } = splitDataset(dataset, definition).evaluation
    const test = (): number => {
      let correct = 0
      for (const [sample, index] of indices.entries()) {
        network.forward([encoder.encode(part, index, deriveSeed(7, 'test', sample))], null)
        const [answer] = predictions(network.outputRates(), dataset.classes)
        correct += Number(answer === part.labels[index])
      }
      return correct / indices.length
    }
    expect(test()).toBeLessThan(accuracy - 0.2)
    expect(restoreLayeredNetwork(network, file)).toBe(1000)
    expect(test()).toBe(accuracy)
  })

  it('is refused where it is of another network', async () => {
    const { file } = await trained()
    const { network } = await subjectOf({ ...learningPoint, 'hidden.neurons': 32 })
    expect(() => restoreLayeredNetwork(network, file)).toThrow(RangeError)
    const { networkType: _, ...metadata } = file.metadata
    expect(() => restoreLayeredNetwork(network, { ...file, metadata })).toThrow('it holds no layered network')
    const untold = { ...file, metadata: { ...file.metadata, samplesTrained: 'many' } }
    const { network: fitting } = await subjectOf()
    expect(() => restoreLayeredNetwork(fitting, untold)).toThrow('how many samples')
  })
})
