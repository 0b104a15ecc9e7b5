import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { networkRanges } from '../../../src-core/neuroprocessor/processor.ts'
import { createNetworkFile, exportNetwork, networkFileText } from '../../../src-core/tennlab/exportNetwork.ts'
import { classifyCase } from '../../oracles/neuroprocessor/goldenNetworks.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { emptyLibrary } from '../library/emptyLibrary.ts'

const { network, settings } = classifyCase('Iris')
const text = networkFileText(exportNetwork(network, createNetworkFile(networkRanges(settings), undefined)))

const written = (content: string, name = 'network.json'): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

describe('a network that is imported', () => {
  it.each(['network.json', 'network.csv', 'network'])('is known by what it holds, as %s', async (name) => {
    const { study, notes } = await emptyLibrary().importLog(written(`\uFEFF \n${text}`, name), { dataset: 'iris' })
    try {
      expect(study.snapshot().summary).toMatchObject({ state: { kind: 'new' }, trialBudget: 1, best: null })
      expect(study.definition).toMatchObject({ dataset: { name: 'iris' }, fixed: { populationSize: 1, resolution: 7 } })
      expect(notes.length).toBeGreaterThan(0)
    } finally {
      await study.close()
    }
  })

  it.each<[string, string, string, string]>([
    [
      'no JSON',
      'x,y',
      'a.json',
      'a.json is no network that can be run here; nothing was imported:\nThe file: is no JSON',
    ],
    [
      'too large',
      `{${' '.repeat(4 * 2 ** 20)}}`,
      'a.csv',
      'a.csv has 4194306 bytes, more than the 4194304 that are read of a network',
    ],
    ['of another dataset', text, 'a.json', 'Inputs: are 8, which the 13 values of wine cannot share'],
  ])('is refused, and nothing is left: %s', async (_, content, name, message) => {
    const library = emptyLibrary()
    await expect(library.importLog(written(content, name), { dataset: 'wine' })).rejects.toMatchObject({
      code: 'network-invalid',
      message: expect.stringContaining(message) as string,
    })
    expect(existsSync(library.folder)).toBe(false)
  })

  it('has to be tried on something', async () => {
    await expect(emptyLibrary().importLog(written(text), null)).rejects.toMatchObject({
      code: 'network-dataset-unclear',
    })
  })
})
