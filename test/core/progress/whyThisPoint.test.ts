import { describe, expect, it } from 'vitest'
import type { ScboExplanation } from '../../../src-core/optimiser/scbo/explanation.ts'
import { whyThisPoint } from '../../../src-core/progress/whyThisPoint.ts'

const region = {
  optimiser: 'scbo',
  phase: 'region',
  told: 1037,
  life: 0,
  generation: 1,
  length: 0.4,
  successes: 1,
  failures: 0,
  centre: 12,
  centreFeasible: true,
  candidates: 3600,
  feasible: true,
  sampled: { objective: 1.23456, constraints: { 'silence:excitatory': -0.5, 'silence:inhibitory': 0.01234 } },
  source: 'polished',
  fit: {
    told: 36,
    models: {
      objective: { lengthscales: [3.14159, 0.5, 0.25, 8], outputScale: 1, noiseVariance: 0.01 },
      'silence:excitatory': { lengthscales: [2, 1], outputScale: 1, noiseVariance: 0.01 },
    },
  },
} as const satisfies ScboExplanation

const parameters = ['mapSize', 'weightNorm', 'decoder', 'epochs']
const lines = (explanation: Readonly<Record<string, unknown>>): string[] =>
  whyThisPoint(explanation, parameters).map(({ term, words }) => `${term}: ${words}`)

describe('whyThisPoint', () => {
  it('tells what SCBO knew and expected in its trust region', () => {
    expect(lines(region)).toEqual([
      'phase: SCBO, trust region 1, 1,037 trials known',
      'centre: trial 12, the best feasible',
      'side length: 0.4, changed 1 time',
      'counters: 1 success, 0 failures in a row',
      'sampled objective: 1.23 standard deviations above the mean',
      'feasible: every sampled constraint held',
      'sampled excitatory non-spiking share: -0.5, held',
      'sampled inhibitory non-spiking share: 0.0123, violated',
      'taken from: the best of 3,600 candidates, moved along the gradient',
      'models: fitted on 36 trials; shortest lengthscales:',
      'objective: decoder 0.25, weightNorm 0.5, mapSize 3.14',
      'excitatory non-spiking share: weightNorm 1, mapSize 2',
    ])
  })

  it('says when nothing was feasible, neither at the centre nor in the sample', () => {
    const words = lines({ ...region, centreFeasible: false, feasible: false, source: 'candidate' })
    expect(words).toContain('centre: trial 12, of least violation: none was feasible')
    expect(words).toContain('feasible: not every sampled constraint held')
    expect(words).toContain('taken from: the best of 3,600 candidates')
  })

  it('has no sampled values of a point that was drawn at random', () => {
    const words = lines({ ...region, source: 'random', feasible: false })
    expect(words).toContain('taken from: random: all of 3,600 candidates had been tried')
    expect(words.filter((line) => line.startsWith('sampled') || line.startsWith('feasible'))).toEqual([])
  })

  it('tells an initial design from that of a later trust region', () => {
    const initial = { optimiser: 'scbo', phase: 'initial', told: 1, life: 0, point: 3 } as const
    expect(lines(initial)).toEqual(['phase: SCBO, initial design: Sobol point 3, 1 trial known'])
    expect(lines({ ...initial, life: 1 })[0]).toContain('SCBO, initial design of trust region 2: Sobol point 3')
  })

  it('shows what any other optimiser left, as it is', () => {
    expect(lines({ optimiser: 'tpe', phase: 'model', good: 4, logDensityRatio: 1.23456 })).toEqual([
      'optimiser: tpe',
      'phase: model',
      'good: 4',
      'logDensityRatio: 1.23',
    ])
    expect(lines({})).toEqual([])
  })
})
