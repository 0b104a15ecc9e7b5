import { describe, expect, it } from 'vitest'
import {
  colourOfCompared,
  differingHyperparameters,
  learningCurves,
  resultRows,
} from '../../../src-renderer/compare/comparison.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { wordsOf } from '../../../src-core/study/studyWords.ts'
import { measurement, row } from '../../core/progress/fixtures.ts'

const colours = {
  palette: Array.from({ length: 16 }, (_, place) => `colour ${place}`),
} as unknown as ChartColours
const constraint = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const first = row(1, {
  state: 'complete',
  objective: 0.8,
  violation: 0,
  configuration: { epochs: 2, thetaPlusMv: 0.05, decoder: 'all' },
  constraints: [{ name: constraint.name, value: -0.05 }],
  startedAtMs: 0,
  endedAtMs: 4000,
  durationMs: 4000,
})
const second = row(2, {
  state: 'stopped',
  objective: 0.9,
  violation: 0.01,
  configuration: { epochs: 2, thetaPlusMv: 0.1, mapSize: 100 },
  constraints: [{ name: constraint.name, value: 0.01 }],
  startedAtMs: 0,
  endedAtMs: 2000,
  durationMs: 2000,
})
const study = { constraints: [constraint], limits: [], objective: 'accuracy', summary: { network: 'layered' } } as const

describe('trials side by side', () => {
  it('show the hyperparameters that differ, a dash where a trial has none', () => {
    const rows = differingHyperparameters([first, second])
    expect(rows.map(({ name }) => name).sort()).toEqual(['decoder', 'mapSize', 'thetaPlusMv'])
    expect(rows.find(({ name }) => name === 'mapSize')?.values).toEqual(['–', '100'])
    expect(differingHyperparameters([first, first])).toEqual([])
  })

  it('mark the best of each merit, which no stopped or infeasible trial has, and none where all are the same', () => {
    const other = { ...first, objective: 0.7, startedAtMs: 0, durationMs: 100 }
    const rows = resultRows([other, first, second], study)
    expect(rows.map(({ name, best }) => [name, best])).toEqual([
      ['state', null],
      ['accuracy', 1],
      ['excitatory non-spiking share', null],
      ['duration', null],
    ])
    expect(resultRows([first, first], { ...study, constraints: [] }).every(({ best }) => best === null)).toBe(true)
  })

  it('show how sure means of replicates are, and the words of networks that act', () => {
    const replicates = { trained: 5, objectiveStandardError: 0.004, constraintStandardErrors: [0.0123] }
    const population = { name: 'silence:population', layer: 'population', alpha: 1, beta: 0.9 }
    const trials = [
      { ...first, constraints: [{ name: population.name, value: -0.4 }], replicates },
      { ...second, constraints: [{ name: population.name, value: -0.5 }] },
    ]
    const rows = resultRows(trials, {
      constraints: [population],
      limits: [],
      objective: 'score',
      summary: { network: 'neuroprocessor' },
    })
    expect(
      rows.slice(1, 3).map(({ name, values }) => [name, ...values.map((value) => value.replaceAll('\u00a0', ' '))]),
    ).toEqual([
      ['score', '0.8000 ± 0.0040', '0.9000'],
      ['population non-spiking share', '50.00 ± 1.23 %', '40.00 %'],
    ])
    expect(rows[1]?.description).toBe('Share of the best score')
  })

  it('show costs as they are, of which the least is best, and limits of other costs', () => {
    const trials = [-1204.46, -900].map((objective, number) => ({
      ...row(number, { state: 'complete', objective, violation: 0 }),
      metrics: { spikesPerSample: -objective, synapticOperationsPerSample: 20_000 + number },
    }))
    const limits = (['spikesPerSample', 'synapticOperationsPerSample'] as const).map((metric) => ({
      name: `metric:${metric}`,
      metric,
      side: 'atMost' as const,
      limit: 30_000,
    }))
    const rows = resultRows(trials, { ...study, constraints: [], limits, objective: 'spikesPerSample' })
    expect(rows.slice(1, 3).map(({ name, values, best }) => [name, values, best])).toEqual([
      ['spikes per sample', ['1,204.5', '900.00'], 1],
      ['synaptic operations per sample', ['20,000', '20,001'], 0],
    ])
  })

  it('have one curve each, over samples since the start', () => {
    const intervals = [
      { epoch: 0, sample: 100, trainAccuracy: null, nonSpiking: [0] },
      { epoch: 1, sample: 50, trainAccuracy: 0.6, nonSpiking: [0] },
    ]
    const record = {
      row: first,
      hyperparameters: { epochs: 2 },
      measured: { ...measurement({ intervals, samplesPlanned: 200 }), dataset: null, spikeCounts: [] },
      events: [],
    }
    const records = [
      { number: 1, record },
      { number: 2, record: null },
    ]
    const { x, lines = [] } = learningCurves(records, colours, wordsOf('layered'))
    expect(lines.map((line) => [Array.from(line.x), Array.from(line.y)])).toEqual([
      [
        [100, 150],
        [NaN, 0.6],
      ],
      [[], []],
    ])
    expect([x.min, x.max]).toEqual([0, 150])
    // The key is made of these lines; the table asks for the same colours, none of which is that of "no class".
    expect(lines.map(({ name, number, colour }) => [name, number, colour])).toEqual(
      records.map(({ number }, index) => [`Trial ${number}`, number, colourOfCompared(index, colours)]),
    )
    expect(lines.map(({ colour }) => colour)).toEqual(['colour 6', 'colour 7'])
  })
})
