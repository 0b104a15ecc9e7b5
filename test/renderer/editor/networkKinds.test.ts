import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { editYaml } from '../../../src-core/study/editYaml.ts'
import { emptyDefinition } from '../../../src-renderer/editor/draft.ts'
import { draftLayers } from '../../../src-renderer/editor/draftNetwork.ts'
import { changedGoals, goalsIn, goalsLeft, goalWords } from '../../../src-renderer/editor/goalOrder.ts'
import { neuroprocessorParts } from '../../../src-core/study/studyKinds.ts'
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

describe('the goals of evolution', () => {
  const draft = [
    ...changesTo('neuroprocessor', parse(emptyDefinition)),
    [['dataset'], { name: 'iris' }] as const,
  ].reduce((before, [path, value]) => editYaml(before, path, value, schemaOrder) ?? '', emptyDefinition)
  const fields = fieldsAt(['training'], { training: { algorithm: 'eons' } }, ['algorithm'])
  const [field] = fields
  if (field === undefined) throw new Error('goals are the first')
  const after = (text: string, change: Parameters<typeof changedGoals>[1]): string =>
    editYaml(text, field.path, changedGoals(goalsIn(parse(text), field), change, field), schemaOrder) ?? ''
  const goalsOf = (text: string) => neuroprocessorParts(decodeDefinition(text, 'goals')).training.goals

  it('are a field of their own, beside those of single values, and hold where nothing is said', () => {
    expect(fields.map(({ path, kind }) => [path[1], kind])).toEqual([
      ['goals', 'order'],
      ['silentSamples', 'number'],
    ])
    expect(field.choices).toEqual(['margin', 'neurons', 'synapses', 'spikes'])
    expect(goalsIn(parse(draft), field)).toEqual(goalsOf(draft))
    expect(field.choices.map(goalWords)).toEqual(['larger margin', 'fewer neurons', 'fewer synapses', 'fewer spikes'])
  })

  it('are added, put into another order and taken out, in the text as in the form', () => {
    const two = after(draft, { kind: 'add', goal: 'synapses' })
    expect(goalsOf(two)).toEqual(['margin', 'synapses'])
    const turned = after(two, { kind: 'move', at: 1, by: -1 })
    expect(goalsOf(turned)).toEqual(['synapses', 'margin'])
    expect(goalsLeft(goalsIn(parse(turned), field), field)).toEqual(['neurons', 'spikes'])
    const none = after(after(turned, { kind: 'remove', at: 0 }), { kind: 'add', goal: 'spikes' })
    expect(goalsOf(none)).toEqual(['margin', 'spikes'])
    expect(goalsOf(after(draft, { kind: 'remove', at: 0 }))).toEqual([])
    // As where nothing is said, nothing stands there.
    expect(after(turned, { kind: 'remove', at: 0 })).toBe(draft)
  })

  it('are shown as they stand in the text, also where they are wrong', () => {
    expect(goalsIn(parse('training: { goals: [spikes, speed, 3] }'), field)).toEqual(['spikes', 'speed', '3'])
    expect(goalsIn(parse('training: { goals: spikes }'), field)).toEqual([])
  })
})
