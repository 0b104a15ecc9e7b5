import { describe, expect, it } from 'vitest'
import { accuracyAxis } from '../../../src-renderer/charts/accuracyAxis.ts'
import { scatterData } from '../../../src-renderer/charts/constraintPlot.ts'
import { limitPlot, placeByCost } from '../../../src-renderer/charts/limitPlot.ts'
import { complete, row, running } from '../../core/progress/fixtures.ts'

const limit = { name: 'metric:spikesPerSample', metric: 'spikesPerSample', side: 'atMost', limit: 1000 } as const
const spiking = (number: number, accuracy: number, spikesPerSample: number) => ({
  ...complete(number, accuracy),
  metrics: { spikesPerSample },
})
const trials = [
  spiking(0, 0.8, 1204.46),
  spiking(1, 0.6, 400),
  row(2, { state: 'failed' }),
  row(3, { state: 'waiting' }),
]

describe('the scatter of a limited cost', () => {
  it('has what was measured along x, failed trials at the right end, and the line of the limit', () => {
    const placement = placeByCost(trials, limit, 0.5)
    expect(placement.marks.numbers).toHaveLength(3)
    expect([...placement.marks.x]).toEqual([1204.46, 400, placement.xMax])
    expect([...placement.marks.y]).toEqual([0.8, 0.6, 0.5])
    expect(placement.xMax).toBe(1500)
    const plot = limitPlot(placement, limit, accuracyAxis(Float64Array.of(0.6, 0.8)))
    expect(plot.x).toMatchObject({ title: 'Spikes per sample', min: 0, max: 1500 })
    expect(plot.guides).toContainEqual({ kind: 'line', axis: 'x', at: 1000, text: '≤ 1,000' })
  })

  it('does not draw a measured trial of which the cost was not', () => {
    expect([...placeByCost([...trials, complete(4, 0.9)], limit, 0.5).marks.numbers]).toEqual([0, 1, 2])
  })

  it('does not draw a running trial, whose cost is not measured', () => {
    expect([...placeByCost([...trials, running(4, 0, 0.5)], limit, 0.5).marks.numbers]).toEqual([0, 1, 2])
  })

  it('has what is allowed on the right of a lowest value, and failed trials on its left', () => {
    const least = { name: 'metric:accuracy', metric: 'accuracy', side: 'atLeast', limit: 0.9 } as const
    const measured = [{ ...complete(0, -40), metrics: { accuracy: 0.95 } }, row(1, { state: 'failed' })]
    const placement = placeByCost(measured, least, -100)
    expect([...placement.marks.x]).toEqual([0.95, 0])
    expect(placement.xMax).toBe(1)
    const plot = limitPlot(placement, least, accuracyAxis(Float64Array.of(-40), 'spikesPerSample'))
    expect(plot.x.title).toBe('Accuracy')
    expect(plot.guides).toEqual([
      { kind: 'area', axis: 'x', from: 0.9, to: Infinity, fill: 'feasible' },
      { kind: 'line', axis: 'x', at: 0.9, text: '≥ 0.9' },
    ])
  })

  it('has its cost in the data, once where it is the objective', () => {
    const study = { constraints: [], limits: [limit] }
    const [first] = scatterData(trials, { ...study, objective: 'accuracy' }).rows
    expect(first).toEqual([0, 'complete', 0.8, 1204.46, 0])
    const costs = scatterData([complete(0, -1204.46)], { ...study, objective: 'spikesPerSample' })
    expect(costs.columns).toEqual(['trial', 'state', 'spikesPerSample', 'violation'])
    expect(costs.rows).toEqual([[0, 'complete', 1204.46, 0]])
  })
})
