import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../src-core/diagnostics/importance.ts'
import type { ModelReport } from '../../../src-core/diagnostics/studyModels.ts'
import { sensitivityOf } from '../../../src-renderer/search/sensitivity.ts'

const estimate = (value: number): Estimate => ({ value, standardError: 0.01, pointError: 0.01, modelError: null })
const share = (value: number) => ({ value, standardError: null })
const report: ModelReport = {
  trials: 24,
  models: [],
  lengthscales: [],
  pair: null,
  importance: [
    {
      output: 'objective',
      variance: 1,
      parameters: [],
      groups: [
        { group: 'encoding', parameters: ['code', 'spikes'], firstOrder: estimate(0.6), total: estimate(0.7) },
        { group: 'training', parameters: ['elites'], firstOrder: estimate(0.1), total: estimate(0.2) },
      ],
    },
  ],
  variance: [
    {
      output: 'objective',
      trials: 24,
      variance: 2,
      effects: [
        { parameter: 'code', levels: 4, share: share(0.5) },
        { parameter: 'spikes', levels: 3, share: share(0.1) },
        { parameter: 'elites', levels: 2, share: share(0.05) },
      ],
      interactions: [
        { parameters: ['code', 'spikes'], share: share(0.2) },
        { parameters: ['code', 'elites'], share: share(0.01) },
      ],
      groups: [
        { group: 'encoding', share: share(0.8) },
        { group: 'training', share: share(0.05) },
      ],
      rest: share(0.14),
    },
  ],
}

describe('sensitivity by group', () => {
  it('has the groups that the models were asked for', () => {
    const { order, outputs } = sensitivityOf(report, 'models')
    expect(order).toEqual(['encoding', 'training'])
    expect(outputs[0]?.parameters.map(({ total }) => total.value)).toEqual([0.7, 0.2])
  })

  it('has groups, single hyperparameters, pairs and the rest of a grid', () => {
    const { order, outputs } = sensitivityOf(report, 'grid')
    const names = ['encoding (group)', 'training (group)', 'code', 'spikes', 'elites']
    expect(order).toEqual([...names, 'code × spikes', 'code × elites', 'the rest'])
    expect(outputs[0]?.parameters.at(-1)?.total.value).toBe(0.14)
  })

  it('is empty where there is one group, and no grid', () => {
    const alone = report.importance.map((output) => ({ ...output, groups: [] }))
    expect(sensitivityOf({ ...report, importance: alone }, 'models').order).toEqual([])
    expect(sensitivityOf({ ...report, variance: [] }, 'grid').order).toEqual([])
  })
})
