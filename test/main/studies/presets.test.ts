import { mkdtempSync, mkdirSync, rmSync, copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { presetGroups, smallerPreset } from '../../../src-core/progress/presetOrder.ts'
import { createDefinitionSources } from '../../../src-main/studies/definitionSources.ts'

const presets = new URL('../../../resources/presets/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'spiketune-presets-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the list of presets', () => {
  it('says how long each takes, as its description does', async () => {
    const listed = await createDefinitionSources(presets).listPresets()
    const named = (lasts: string) => listed.filter((one) => one.lasts === lasts).map(({ name }) => name)
    expect(named('demo')).toEqual(['mnist-stdp-small'])
    expect(named('hours')).toEqual(['mnist-stdp'])
    expect(named('minutes').length).toBeGreaterThan(10)
    for (const { lasts, description } of listed) {
      const word = /\b(?:Takes (days|hours)|(minute|hour))/i.exec(description)
      const expected = word?.[1] === undefined ? ['demo', 'minutes'] : [word[1]]
      expect(word, description).not.toBeNull()
      expect(expected, description).toContain(lasts)
    }
  })

  it('says which data are not here and where to get them, until their folder is there', async () => {
    for (const name of ['nmnist-slayer-small', 'mnist-stdp', 'iris-eons']) {
      copyFileSync(new URL(`${name}.yaml`, presets), join(folder, `${name}.yaml`))
    }
    const definitions = createDefinitionSources(pathToFileURL(`${folder}/`))
    const missing = async () => (await definitions.listPresets()).map((preset) => [preset.name, preset.missing])
    expect(await missing()).toEqual([
      ['iris-eons', null],
      ['mnist-stdp', null],
      [
        'nmnist-slayer-small',
        'Its data are not here: N-MNIST, MNIST before an event camera, 34 x 34 x 2. Get them from Garrick Orchard: https://www.garrickorchard.com/datasets/n-mnist',
      ],
    ])
    mkdirSync(join(folder, 'nmnist'))
    expect((await missing())[2]).toEqual(['nmnist-slayer-small', null])
  })
})

describe('a smaller preset', () => {
  it('is the small one of the same kind whose data are here', () => {
    const preset = { description: '', trials: null, missing: null, lasts: 'minutes' as const }
    const presets = [
      { ...preset, name: 'mnist-slayer-small' },
      { ...preset, name: 'nmnist-slayer-small', missing: 'Its data are not here.' },
    ]
    expect(smallerPreset(presets, 'mnist-slayer')?.name).toBe('mnist-slayer-small')
    expect(smallerPreset(presets, 'nmnist-slayer')).toBeNull()
    expect(smallerPreset(presets, 'mnist-slayer-small')).toBeNull()
  })
})

describe('groups of presets', () => {
  it('come by how long they take, what has its data first', () => {
    const preset = { description: '', trials: null, missing: null }
    const groups = presetGroups([
      { ...preset, name: 'long', lasts: 'days' },
      { ...preset, name: 'away', lasts: 'minutes', missing: 'Its data are not here.' },
      { ...preset, name: 'short', lasts: 'minutes' },
      { ...preset, name: 'first', lasts: 'demo' },
    ])
    expect(groups.map((group) => group.presets.map(({ name }) => name))).toEqual([
      ['first'],
      ['short', 'away'],
      ['long'],
    ])
    expect(groups.map(({ heading }) => heading)).toEqual([
      'The demo, some minutes',
      'Minutes, or an hour at most',
      'Days',
    ])
  })
})
