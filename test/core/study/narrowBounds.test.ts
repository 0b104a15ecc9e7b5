import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { scaleOf, unitFromNumber } from '../../../src-core/space/scale.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { narrowBounds, type WantedBounds } from '../../../src-core/study/narrowBounds.ts'
import { narrowYaml } from '../../../src-core/study/narrowYaml.ts'
import { spaceChanges } from '../../../src-core/study/spaceChanges.ts'

const yaml = `version: 2
name: wide
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
space:
  mapSize: { type: integer, low: 10, high: 100 } # neurons
  weightNorm: { type: real, low: 50, high: 200 }
  learningRatePre: { type: real, low: 1e-5, high: 0.1, sampler: log-uniform }
  strengthExcitatory: { type: real, low: 50, high: 500, sampler: reversed-log-uniform }
  decoder: { type: categorical, choices: [all, vote, svm, log] }
  decoderRegularisation: { type: real, low: 0.01, high: 100, sampler: log-uniform }
  epochs: { type: integer, low: 1, high: 9, when: { decoder: [vote, svm] } }
budget: { trials: 5 }
`
const { space } = decodeDefinition(yaml, 'wide.yaml')
const wanted = (bounds: Partial<WantedBounds>): WantedBounds => ({ ranges: {}, categories: {}, ...bounds })
const rangesOf = (ranges: WantedBounds['ranges'], of: SearchSpace = space) => narrowBounds(of, wanted({ ranges }))
const narrowedTo = (ranges: WantedBounds['ranges']) =>
  rangesOf(ranges).bounds.map((one) =>
    one.kind === 'narrowed' && one.parameter.type !== 'categorical'
      ? [one.name, one.parameter.low, one.parameter.high]
      : [one.name, one.kind],
  )

describe('bounds are narrowed', () => {
  it('to whole numbers within the range, of several at once, in the order of the space', () => {
    expect(narrowedTo({ weightNorm: { low: 60, high: 70 }, mapSize: { low: 20.2, high: 60.9 } })).toEqual([
      ['mapSize', 21, 60],
      ['weightNorm', 60, 70],
    ])
  })

  it('to ends of few digits, a hundredth of the range wider at most on the scale of the models, and never narrower', () => {
    expect(narrowedTo({ weightNorm: { low: 61.23456, high: 149.87654 } })).toEqual([['weightNorm', 61, 150]])
    for (const [name, low, high] of [
      ['learningRatePre', 3.21987e-4, 5.4321e-3],
      ['learningRatePre', 1.2345e-5, 0.0987654],
      ['strengthExcitatory', 480.12345, 499.1],
      ['weightNorm', 100.01234, 100.0345],
    ] as const) {
      const parameter = space[name]
      const [[, lower, upper] = []] = narrowedTo({ [name]: { low, high } })
      if (parameter === undefined || parameter.type === 'categorical') throw new Error(name)
      const unit = (value: unknown) => unitFromNumber(parameter, scaleOf(parameter), Number(value))
      expect(lower).toBeLessThanOrEqual(low)
      expect(upper).toBeGreaterThanOrEqual(high)
      const slack = 0.010001 * (unit(high) - unit(low))
      expect(unit(low) - unit(lower)).toBeLessThanOrEqual(slack)
      expect(unit(upper) - unit(high)).toBeLessThanOrEqual(slack)
    }
    expect(narrowedTo({ learningRatePre: { low: 3.21987e-4, high: 5.4321e-3 } })).toEqual([
      ['learningRatePre', 3.2e-4, 0.0055],
    ])
  })

  it('within those that there were: what reaches beyond an end stays at it', () => {
    expect(narrowedTo({ weightNorm: { low: -10, high: 70 }, mapSize: { low: 90, high: 1e9 } })).toEqual([
      ['mapSize', 90, 100],
      ['weightNorm', 50, 70],
    ])
    expect(narrowedTo({ weightNorm: { low: 50, high: 200 }, mapSize: { low: 0, high: 1000 } })).toEqual([])
  })

  it('to one value, which is held; of what applies to some trials only not', () => {
    expect(rangesOf({ mapSize: { low: 20.2, high: 21.9 } })).toEqual({
      bounds: [{ kind: 'held', name: 'mapSize', value: 21 }],
      refused: [],
    })
    expect(rangesOf({ weightNorm: { low: 120, high: 120 } }).bounds).toEqual([
      { kind: 'held', name: 'weightNorm', value: 120 },
    ])
    expect(rangesOf({ epochs: { low: 3, high: 3 } })).toEqual({
      bounds: [],
      refused: ['epochs applies to some trials only, and needs two values at least.'],
    })
  })

  it('never to nothing, and says why not', () => {
    expect(rangesOf({ mapSize: { low: 20.2, high: 20.9 } }).refused).toEqual([
      'mapSize would have no whole number left.',
    ])
    expect(rangesOf({ weightNorm: { low: 201, high: 300 } }).refused).toEqual([
      'weightNorm would have no value left: it lies from 50 to 200.',
    ])
    expect(rangesOf({ weightNorm: { low: 70, high: 60 } }).bounds).toEqual([])
    expect(rangesOf({ objective: { low: 0, high: 1 } }).refused).toEqual([
      'objective is not searched, so it has no bounds.',
    ])
    expect(rangesOf({ decoder: { low: 0, high: 1 } }).refused).toEqual([
      'decoder has choices, not numbers: all, vote, svm, log.',
    ])
    expect(narrowBounds(space, wanted({ categories: { decoder: ['2gram'], mapSize: ['large'] } })).refused).toEqual([
      'decoder would have no choice left; it has all, vote, svm, log.',
      'mapSize has numbers, from 10 to 100, not choices.',
    ])
    expect(narrowBounds(space, wanted({ ranges: { toString: { low: 0, high: 1 } } })).refused).toHaveLength(1)
  })

  it('to choices in their order; what applies nowhere then is left out', () => {
    const { bounds } = narrowBounds(space, wanted({ categories: { decoder: ['all', 'vote'].reverse() } }))
    expect(bounds.map(({ name, kind }) => [name, kind])).toEqual([
      ['decoder', 'narrowed'],
      ['decoderRegularisation', 'left-out'],
    ])
    const [decoder] = bounds
    expect(decoder).toMatchObject({ parameter: { choices: ['all', 'vote'] } })
    const alone = narrowBounds(space, wanted({ categories: { decoder: ['all'] } })).bounds
    expect(alone.flatMap(({ name, kind }) => (kind === 'left-out' ? [name] : []))).toEqual([
      'decoderRegularisation',
      'epochs',
    ])
  })
})

describe('the text of a definition with narrower bounds', () => {
  const textOf = (bounds: WantedBounds): string => narrowYaml(yaml, narrowBounds(space, bounds).bounds) ?? ''

  it('is changed at these bounds alone, comments stay', () => {
    expect(textOf(wanted({ ranges: { mapSize: { low: 20, high: 60 } } }))).toBe(
      yaml.replace('low: 10, high: 100', 'low: 20, high: 60'),
    )
    const rate = textOf(wanted({ ranges: { learningRatePre: { low: 1e-4, high: 1e-3 } } }))
    expect(decodeDefinition(rate, 'narrow').space['learningRatePre']).toMatchObject({
      low: 1e-4,
      high: 1e-3,
      sampler: 'log-uniform',
    })
  })

  it('decodes whatever is narrowed: held values, choices that conditions name, what applies nowhere', () => {
    const all = wanted({
      ranges: { mapSize: { low: 30, high: 30 }, strengthExcitatory: { low: 400.5, high: 480 } },
      categories: { decoder: ['all', 'svm'] },
    })
    const narrow = decodeDefinition(textOf(all), 'narrow')
    expect(narrow.fixed).toEqual({ mapSize: 30 })
    expect(narrow.space['decoder']).toMatchObject({ choices: ['all', 'svm'] })
    expect(narrow.space['epochs']).toMatchObject({ when: { decoder: ['svm'] } })
    expect(Object.keys(decodeDefinition(textOf(wanted({ categories: { decoder: ['all'] } })), 'one').space)).toEqual([
      'mapSize',
      'weightNorm',
      'learningRatePre',
      'strengthExcitatory',
      'decoder',
    ])
  })
})

describe('changes of a space', () => {
  it('are said as before and after, and can be undone one by one', () => {
    const bounds = narrowBounds(
      space,
      wanted({
        ranges: { mapSize: { low: 30, high: 30 }, weightNorm: { low: 60, high: 70 } },
        categories: { decoder: ['all'] },
      }),
    ).bounds
    const after: unknown = parse(narrowYaml(yaml, bounds) ?? '')
    const changes = spaceChanges(parse(yaml), after)
    expect(changes.map(({ name, before, after: now }) => [name, before, now])).toEqual([
      ['mapSize', '10 to 100', 'held at 30'],
      ['weightNorm', '50 to 200', '60 to 70'],
      ['decoder', 'all, vote, svm, log', 'all'],
      ['decoderRegularisation', '0.01 to 100', 'not searched'],
      ['epochs', '1 to 9', 'not searched'],
    ])
    expect(changes[0]?.undo).toEqual([
      [['fixed', 'mapSize'], undefined],
      [['space', 'mapSize'], { type: 'integer', low: 10, high: 100 }],
    ])
  })

  it('are none where nothing differs, and say what is no range', () => {
    expect(spaceChanges(parse(yaml), parse(yaml))).toEqual([])
    expect(spaceChanges({ space: { a: { type: 'real', low: 0, high: 1 } } }, { space: { a: 7 } })).toMatchObject([
      { name: 'a', before: '0 to 1', after: 'what is no range' },
    ])
    const other = parse(yaml.replace('high: 0.1, sampler: log-uniform', 'high: 0.1')) as unknown
    expect(spaceChanges(parse(yaml), other)).toMatchObject([
      { name: 'learningRatePre', after: '0.00001 to 0.1, drawn or scaled otherwise' },
    ])
  })
})
