import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { editYaml } from '../../../src-core/study/editYaml.ts'
import { emptyDefinition } from '../../../src-renderer/editor/draft.ts'
import { draftLayers } from '../../../src-renderer/editor/draftNetwork.ts'
import { fieldsAt, schemaOrder } from '../../../src-renderer/editor/formFields.ts'
import {
  changesTo,
  freeName,
  kindOf,
  layerChanges,
  layersIn,
  moved,
  withLayer,
} from '../../../src-renderer/editor/networkKinds.ts'

const changed = (text: string, kind: 'diehl-cook' | 'layered'): string =>
  changesTo(kind, parse(text)).reduce((before, [path, value]) => editYaml(before, path, value, schemaOrder) ?? '', text)

describe('the network of a draft', () => {
  it('becomes one of another kind that decodes, and back', () => {
    const silent = `${emptyDefinition}silence: { layers: [{ layer: excitatory, alpha: 5, beta: 0.1 }] }\nfixed: { mapSize: 5 }\n`
    const layered = changed(silent, 'layered')
    expect(kindOf(parse(layered))).toBe('layered')
    expect(decodeDefinition(layered, 'layered')).toMatchObject({ silence: { layers: [] }, fixed: {} })
    expect(draftLayers(parse(layered))).toEqual(['hidden', 'output'])
    expect(decodeDefinition(changed(layered, 'diehl-cook'), 'back').network).toEqual(
      decodeDefinition(emptyDefinition, 'before').network,
    )
  })

  it('gets layers before the output, with names of their own', () => {
    const layers = [
      { name: 'conv1', type: 'conv' },
      { name: 'output', type: 'dense' },
    ]
    expect(freeName('conv', layers)).toBe('conv2')
    expect(withLayer('pool', layers).map(({ name }) => name)).toEqual(['conv1', 'pool1', 'output'])
    expect(withLayer('dense', []).map(({ name }) => name)).toEqual(['dense1'])
    expect(moved(withLayer('pool', layers), 0, 1).map(({ name }) => name)).toEqual(['pool1', 'conv1', 'output'])
    expect(moved(layers, 5, 1)).toBe(layers)
  })

  it('loses the switches of a layer that its new neuron or type gives no meaning', () => {
    const text = `network:
  type: layered
  layers:
    - { name: a, type: dense, neuron: lif, subtract: true, weightNormalisation: true, dropout: true }
    - { name: output, type: dense }
`
    const after = (key: 'type' | 'neuron', value: string | undefined) => {
      const changes = layerChanges(layersIn(parse(text)), 0, key, value)
      const edited = changes.reduce((before, [path, to]) => editYaml(before, path, to, schemaOrder) ?? '', text)
      return layersIn(parse(edited))[0]
    }
    const kept = { name: 'a', dropout: true }
    expect(after('neuron', undefined)).toEqual({ ...kept, type: 'dense', weightNormalisation: true })
    expect(after('type', 'pool')).toEqual({ ...kept, type: 'pool', neuron: 'lif', subtract: true })
    const all = { type: 'dense', neuron: 'cuba', subtract: true, weightNormalisation: true }
    expect(after('neuron', 'cuba')).toEqual({ ...kept, ...all })
  })

  it('has fields of its own, and a limit that may be left out', () => {
    const names = (path: string, value: unknown) => fieldsAt([path], value).map(({ path: at }) => at.at(-1))
    expect(names('network', { network: { type: 'layered' } })).toEqual([
      'type',
      'quantised',
      'decays',
      'decayGradient',
      'convolutionGradient',
      'dropoutOf',
      'surrogate',
    ])
    const training = fieldsAt(['training'], { training: { algorithm: 'surrogate-gradient' } })
    expect(training.map(({ kind }) => kind)).toEqual(['choice', 'choice', 'choice', 'number'])
    expect(training.at(-1)).toMatchObject({ default: null, placeholder: 'no limit' })
    expect(training[0]).toMatchObject({ isVariant: true, choices: ['post-pre', 'surrogate-gradient', 'eons'] })
  })
})
