import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { renameLayer } from '../../../src-core/study/renameLayer.ts'

const text = `version: 2
name: layers
dataset: { name: mnist }
network:
  type: layered
  layers:
    - { name: conv1, type: conv } # the first
    - { name: conv10, type: conv }
    - { name: output, type: dense }
training: { algorithm: surrogate-gradient }
budget: { trials: 5 }
space:
  # Few are enough.
  conv1.filters: { type: integer, low: 2, high: 16 }
  "conv1.threshold": { type: real, low: 0.5, high: 2, when: { loss: [rate] } }
  loss: { type: categorical, choices: [rate, max] }
fixed: { conv1.kernel: 5, conv10.kernel: 3, conv10.filters: 4, output.threshold: 1.0 }
silence: { layers: [{ layer: conv1, alpha: 5, beta: 0.1 }, { layer: conv10, alpha: 1, beta: 0.2 }] }
`

describe('a layer with another name', () => {
  it('takes its hyperparameters and its watch along, and leaves everything else as it is written', () => {
    const renamed = renameLayer(text, 0, 'edges') ?? ''
    expect(renamed).toBe(text.replace('"conv1.threshold"', 'edges.threshold').replaceAll(/\bconv1(?=[.,])/g, 'edges'))
    expect(renamed).not.toMatch(/conv1\b/)
    const { space, fixed, silence } = decodeDefinition(renamed, 'renamed')
    expect(Object.keys(space)).toEqual(['edges.filters', 'edges.threshold', 'loss'])
    expect(Object.keys(fixed)).toContain('conv10.kernel')
    expect(silence.layers.map(({ layer }) => layer)).toEqual(['edges', 'conv10'])
    expect(renameLayer(renamed, 0, 'conv1')).toBe(text.replace('"conv1.threshold"', 'conv1.threshold'))
  })

  it('takes the conditions on its hyperparameters along', () => {
    const conditional = text.replace('when: { loss: [rate] }', 'when: { conv1.filters: [2] }')
    expect(renameLayer(conditional, 0, 'edges')).toContain('when: { edges.filters: [2] }')
  })

  it.each([
    ['a name that another layer has', text, 0, 'conv10'],
    ['what is no name', text, 0, 'Conv 1'],
    ['nothing', text, 0, ''],
    ['a layer that is not there', text, 7, 'edges'],
    ['a layer whose name is there twice', text.replace('name: conv10', 'name: conv1'), 0, 'edges'],
    ['a text that cannot be read', `${text}}`, 0, 'edges'],
  ])('does not go along with %s', (_, before, index, name) => {
    expect(renameLayer(before, index, name)).toBeNull()
  })
})
