import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { diehlCookHyperparameterNames } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { editYaml } from '../../../src-core/study/editYaml.ts'
import { parse } from 'yaml'
import { emptyDefinition } from '../../../src-renderer/editor/draft.ts'
import { schemaOrder } from '../../../src-renderer/editor/formFields.ts'
import { isWithin, problemsAt, sectionOf } from '../../../src-renderer/editor/sections.ts'
import { firstParameter, spaceRows } from '../../../src-renderer/editor/spaceRows.ts'
import { changeBetween } from '../../../src-renderer/editor/definitionText.svelte.ts'
import {
  classCounts,
  imagePixels,
  meanRateHz,
  type Preview,
  rasterPixels,
} from '../../../src-renderer/editor/previewModel.ts'
import { cardOf } from '../../core/datasets/cards.ts'

const layeredDraft = (): string => {
  const layers = [
    { name: 'conv1', type: 'conv', dropout: true },
    { name: 'pool1', type: 'pool', neuron: 'lif' },
    { name: 'output', type: 'dense', neuron: 'cuba' },
  ]
  return [
    [['network'], { type: 'layered', layers }] as const,
    [['training'], { algorithm: 'surrogate-gradient', optimiser: 'adamw' }] as const,
  ].reduce((text, [path, value]) => editYaml(text, path, value, schemaOrder) ?? '', emptyDefinition)
}

describe('the editor of a study', () => {
  it('begins with a definition that decodes', () => {
    expect(decodeDefinition(emptyDefinition, 'test').budget.trials).toBe(1)
  })

  it('proposes a range for every hyperparameter that decodes', () => {
    const layered = layeredDraft()
    const rows = [emptyDefinition, layered].flatMap((draft) => spaceRows(parse(draft)).map((row) => ({ draft, row })))
    expect(rows.length).toBeGreaterThan(50)
    for (const { draft, row } of rows) {
      const { name } = row
      // Where it has a meaning only with certain decoders or losses, these are there.
      const [first] = spaceRows(parse(draft)).filter(({ hyperparameter: { kind } }) => kind === 'categorical')
      const base = first === undefined ? '' : editYaml(draft, ['space', first.name], firstParameter(first), schemaOrder)
      const searched = editYaml(base ?? '', ['space', name], firstParameter(row), schemaOrder) ?? ''
      const text = editYaml(searched, ['budget', 'trials'], 5, schemaOrder) ?? ''
      expect(Object.keys(decodeDefinition(text, name).space)).toContain(name)
    }
  })

  it('tells searched from fixed and from default', () => {
    const rows = spaceRows(
      parse('space: { epochs: { type: integer, low: 1, high: 2 }, mapSize: 3 }\nfixed: { weightNorm: 80 }'),
    )
    const modes = Object.fromEntries(rows.map(({ name, mode, parameter }) => [name, [mode, parameter !== null]]))
    expect(modes).toMatchObject({
      epochs: ['searched', true],
      mapSize: ['searched', false],
      weightNorm: ['fixed', false],
      decoder: ['default', false],
    })
    expect(rows).toHaveLength(diehlCookHyperparameterNames.length)
  })

  it('finds the section and the field of a problem', () => {
    const at = (path: string) => ({ line: 1, column: 1, path, found: 'x', allowed: 'y' })
    expect(sectionOf('silence.layers[0].alpha')).toBe('constraints')
    expect(sectionOf('')).toBe('study')
    expect(isWithin('space.mapSizes', 'space.mapSize')).toBe(false)
    expect(isWithin('silence.layers[1]', 'silence.layers')).toBe(true)
    const problems = [at('space.mapSize.low'), at('space.other')]
    expect(problemsAt(problems, 'space', ['space.mapSize'])).toEqual([problems[1]])
  })

  it('changes only where two texts differ', () => {
    expect(changeBetween('low: 10, high', 'low: 100, high')).toEqual({ from: 7, to: 7, insert: '0' })
    expect(changeBetween('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' })
    expect(changeBetween('', 'x')).toEqual({ from: 0, to: 0, insert: 'x' })
  })
})

describe('the preview of a dataset', () => {
  const sample: Preview['samples'][number] = {
    sample: 0,
    label: 1,
    rows: 2,
    columns: 2,
    channels: 1,
    image: new Uint8Array([0, 50, 100, 255]),
    spikes: { layer: 'input', neurons: new Uint32Array([1, 3, 3]), steps: new Uint32Array([0, 0, 1]) },
  }
  const preview: Preview = {
    card: cardOf(),
    classes: 3,
    trainSamples: 5,
    objectiveSamples: 2,
    inputs: 4,
    shape: { channels: 1, rows: 2, columns: 2 },
    steps: 4,
    dtMs: 5,
    samples: [sample],
  }

  it('counts spikes as a rate and samples by class', () => {
    // 3 spikes of 4 inputs in 20 ms.
    expect(meanRateHz(sample, preview)).toBeCloseTo(37.5)
    expect(classCounts(preview)).toEqual([0, 1, 0])
  })

  it('puts each spike into the pixel of its input and step', () => {
    const alpha = [...rasterPixels(sample, preview, 2, [1, 2, 3])].filter((_, index) => index % 4 === 3)
    expect(alpha).toEqual([180, 0, 0, 0, 180, 180, 0, 0])
    expect([...imagePixels(sample).slice(4, 8)]).toEqual([50, 50, 50, 255])
  })

  it('paints off and on events in two colours, and colours as they are', () => {
    expect([...imagePixels({ channels: 2, image: Uint8Array.of(255, 0, 0, 255, 0, 0) })]).toEqual([
      80, 150, 255, 255, 255, 170, 60, 255, 0, 0, 0, 255,
    ])
    expect([...imagePixels({ channels: 3, image: Uint8Array.of(1, 2, 3) })]).toEqual([1, 2, 3, 255])
  })
})
