import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { createExperimentSources } from '../../../src-main/experiments/experimentSources.ts'
import { createDefinitionSources } from '../../../src-main/studies/definitionSources.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const resources = new URL('../../../resources/', import.meta.url)
const sources = createExperimentSources(
  new URL('experiments/', resources),
  createDefinitionSources(new URL('presets/', resources)),
)

const study = {
  version: 2,
  name: 'table',
  dataset: { name: 'csv', file: 'own.csv' },
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons' },
  budget: { trials: 1 },
  hooks: { onEnd: ['./notify.sh'] },
}

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(join(folder, 'studies'))
})

const write = (name: string, content: object): string => {
  const path = join(folder, name)
  writeFileSync(path, stringify(content))
  return path
}

const experiment = { version: 1, name: 'pair', study: 'studies/table.yaml', variants: [{ name: 'a' }], seeds: [1] }

describe('where experiments come from', () => {
  it('presets are listed with what they compare and how many studies they are', async () => {
    expect((await sources.listPresets()).map(({ name, studies }) => [name, studies])).toEqual([
      ['grid-against-search', 11],
      ['optimisers-on-mnist-stdp-small', 20],
    ])
    await expect(sources.presetFile('none')).rejects.toThrow(/Presets of experiments: grid-against-search, /)
  })

  it('files of a definition count from its own folder, those that a variant changes from the experiment', async () => {
    write('studies/table.yaml', study)
    const change = { 'dataset.file': 'other.csv', hooks: { onEnd: ['./mail.sh'] } }
    const { plan } = await sources.readFile(
      write('pair.yaml', { ...experiment, variants: [{ name: 'a' }, { name: 'b', change }] }),
    )
    expect(plan.variants.map(({ definition }) => [definition.dataset.file, definition.hooks?.onEnd])).toEqual([
      [join(folder, 'studies', 'own.csv'), [join(folder, 'studies', 'notify.sh')]],
      [join(folder, 'other.csv'), [join(folder, 'mail.sh')]],
    ])
  })

  it('those that name nothing that is there are refused, by what they name', async () => {
    await expect(sources.readFile(write('pair.yaml', experiment))).rejects.toThrow(
      /studies\/table\.yaml does not exist/,
    )
    await expect(sources.readFile(write('pair.yaml', { ...experiment, study: 'no-preset' }))).rejects.toThrow(
      /There is no preset "no-preset"/,
    )
    await expect(sources.readFile(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'definition-not-found' })
  })
})
