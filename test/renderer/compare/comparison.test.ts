import { describe, expect, it } from 'vitest'
import { differingHyperparameters, learningCurves, resultRows } from '../../../src-renderer/compare/comparison.ts'
import { measurement, row } from '../../core/progress/fixtures.ts'

const constraint = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const first = row(1, {
  state: 'complete',
  objective: 0.8,
  configuration: { epochs: 2, thetaPlusMv: 0.05, decoder: 'all' },
  constraints: [{ name: constraint.name, value: -0.05 }],
  startedAtMs: 0,
  endedAtMs: 4000,
})
const second = row(2, {
  state: 'stopped',
  objective: 0.9,
  configuration: { epochs: 2, thetaPlusMv: 0.1, mapSize: 100 },
  constraints: [{ name: constraint.name, value: 0.01 }],
  startedAtMs: 0,
  endedAtMs: 2000,
})

describe('trials side by side', () => {
  it('show the hyperparameters that differ, a dash where a trial has none', () => {
    const rows = differingHyperparameters([first, second])
    expect(rows.map(({ name }) => name).sort()).toEqual(['decoder', 'mapSize', 'thetaPlusMv'])
    expect(rows.find(({ name }) => name === 'mapSize')?.values).toEqual(['–', '100'])
    expect(differingHyperparameters([first, first])).toEqual([])
  })

  it('mark the best of each result, and none where all are the same', () => {
    const rows = resultRows([first, second], [constraint])
    expect(rows.map(({ name, best }) => [name, best])).toEqual([
      ['state', null],
      ['accuracy', 1],
      ['non-spiking, excitatory', 0],
      ['duration', 1],
    ])
    expect(resultRows([first, first], []).every(({ best }) => best === null)).toBe(true)
  })

  it('have one curve each, over samples since the start', () => {
    const intervals = [
      { epoch: 0, sample: 100, trainAccuracy: null, nonSpiking: [0] },
      { epoch: 1, sample: 50, trainAccuracy: 0.6, nonSpiking: [0] },
    ]
    const record = {
      row: first,
      hyperparameters: {},
      measured: { ...measurement({ intervals }), spikeCounts: [] },
      events: [],
    }
    const chart = learningCurves(
      [
        { number: 1, record },
        { number: 2, record: null },
      ],
      100,
    )
    expect(chart.lines.map(({ points }) => points)).toEqual([
      [
        { x: 100, y: null },
        { x: 150, y: 0.6 },
      ],
      [],
    ])
    expect(chart.x).toEqual({ from: 0, to: 150 })
  })
})
