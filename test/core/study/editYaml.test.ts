import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { editYaml, type KeyOrder, typedValue, typeIntoYaml } from '../../../src-core/study/editYaml.ts'

const preset = readFileSync(new URL('../../../resources/presets/mnist-stdp.yaml', import.meta.url), 'utf8')
const order: KeyOrder = (path) =>
  path.length === 0
    ? ['version', 'name', 'dataset', 'encoding', 'network', 'training', 'space', 'fixed', 'budget', 'workers']
    : []
const lines = (text: string | null): string[] => (text ?? '').split('\n')
const changed = (text: string | null): string[] => {
  const before = lines(preset)
  return lines(text).filter((line) => !before.includes(line))
}

describe('an edit of a definition in YAML', () => {
  it('changes one number, and not a character elsewhere', () => {
    expect(editYaml(preset, ['space', 'mapSize', 'high'], 500, order)).toBe(
      preset.replace('low: 10, high: 1000', 'low: 10, high: 500'),
    )
  })

  it('keeps a number as it was typed', () => {
    expect(typeIntoYaml(preset, ['space', 'learningRatePre', 'low'], '2.50e-5', order)).toBe(
      preset.replace('low: 1e-4, high: 1e-3', 'low: 2.50e-5, high: 1e-3'),
    )
    expect(changed(typeIntoYaml(preset, ['fixed', 'thetaPlusMv'], '5e-2', order))).toEqual(['  thetaPlusMv: 5e-2'])
  })

  it('adds a key in the order of the schema, and keeps every comment', () => {
    const text = editYaml(preset, ['workers'], 2, order) ?? ''
    expect(changed(text)).toEqual(['workers: 2'])
    expect(text.match(/#.*/g)).toEqual(preset.match(/#.*/g))
    const early = editYaml('version: 2\nspace: {}\n', ['dataset', 'name'], 'mnist', order)
    expect(early).toBe('version: 2\ndataset: { name: mnist }\nspace: {}\n')
    expect(editYaml('version: 2', ['name'], 'x', order)).toBe('version: 2\nname: x\n')
    expect(editYaml('name: x', ['version'], 2, order)).toBe('version: 2\nname: x')
    expect(editYaml('name:\nworkers: 1\n', ['name'], 'x', order)).toBe('name: x\nworkers: 1\n')
    expect(editYaml('# nothing\n', ['version'], 2, order)).toBe('# nothing\nversion: 2\n')
  })

  it('adds a parameter to the space on a line of its own', () => {
    const parameter = { type: 'real', low: 1, high: 5 }
    expect(changed(editYaml(preset, ['space', 'tauTraceMs'], parameter, order))).toEqual([
      '  tauTraceMs: { type: real, low: 1, high: 5 }',
    ])
    expect(editYaml('version: 2\nspace: {}\n', ['space', 'tauTraceMs'], parameter, order)).toBe(
      'version: 2\nspace:\n  tauTraceMs: { type: real, low: 1, high: 5 }\n',
    )
  })

  it('takes a key out with the maps that become empty', () => {
    expect(editYaml('version: 2\nbudget: { trials: 3 }\n', ['budget', 'trials'], undefined, order)).toBe('version: 2\n')
    expect(editYaml('version: 2\n', ['budget', 'trials'], undefined, order)).toBe('version: 2\n')
    expect(editYaml('a: { b: 1, c: 2, d: 3 }\n', ['a', 'b'], undefined, order)).toBe('a: { c: 2, d: 3 }\n')
    expect(editYaml('a: { b: 1, c: 2, d: 3 }\n', ['a', 'd'], undefined, order)).toBe('a: { b: 1, c: 2 }\n')
    expect(editYaml(preset, ['space', 'mapSize'], undefined, order)).toBe(preset.replace(/^ {2}mapSize:.*\n/m, ''))
    expect(editYaml(preset, ['description'], undefined, order)).toBe(preset.replace(/^description:.*\n.*\n.*\n/m, ''))
  })

  it('adds to a list and takes from it', () => {
    const layer = { layer: 'inhibitory', alpha: 1, beta: 0.05 }
    const without = editYaml(preset, ['silence', 'layers', 1], undefined, order) ?? ''
    expect(without).toBe(preset.replace(/^ {4}- { layer: inhibitory.*\n/m, ''))
    expect(editYaml(without, ['silence', 'layers', 1], layer, order)).toBe(preset)
    expect(editYaml('a: [1, 2]\n', ['a', 2], 3, order)).toBe('a: [1, 2, 3]\n')
    expect(editYaml('a: [1, 2]\n', ['a', 0], undefined, order)).toBe('a: [2]\n')
  })

  it('writes what a person typed so that it reads back the same', () => {
    for (const typed of ['abc', '-', ': {', 'true', 'null', '1e', '# no', '"', '']) {
      const text = typeIntoYaml('version: 2\nname: here\n', ['name'], typed, order) ?? ''
      expect(parse(text) as unknown).toEqual(typed === '' ? { version: 2 } : { version: 2, name: typed })
    }
    expect(typedValue('0x10')).toBe('0x10')
    expect(typedValue(' 12 ')).toBe(12)
  })

  it('leaves a definition that decodes', () => {
    const text = editYaml(preset, ['silence', 'layers', 0, 'alpha'], 3, order) ?? ''
    expect(decodeDefinition(text, 'test').silence.layers[0]?.alpha).toBe(3)
  })

  it('refuses what is no map', () => {
    expect(editYaml('- 1\n', ['name'], 'x', order)).toBeNull()
    expect(editYaml('a: [', ['name'], 'x', order)).toBeNull()
  })
})
