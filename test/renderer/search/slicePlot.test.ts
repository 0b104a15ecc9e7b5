import { describe, expect, it } from 'vitest'
import { categoryAxis, linearAxis } from '../../../src-renderer/charts/axes.ts'
import { squareSize } from '../../../src-renderer/charts/drawMark.ts'
import { MarkBuilder, markKind } from '../../../src-renderer/charts/marks.ts'
import { shapesAtMost, sliceColumns, SliceMarks, slicePlot } from '../../../src-renderer/search/slicePlot.ts'
import type { TrialAxis } from '../../../src-renderer/search/trialAxes.ts'
import { complete, stopped } from '../../core/progress/fixtures.ts'

const rate: TrialAxis = { field: 'rate', kind: 'hyperparameter', axis: linearAxis('rate', 0, 200), threshold: null }
const coding: TrialAxis = {
  field: 'coding',
  kind: 'hyperparameter',
  axis: categoryAxis('coding', ['rate', 'latency']),
  threshold: null,
}
const objective: TrialAxis = {
  field: 'objective',
  kind: 'accuracy',
  axis: linearAxis('accuracy', 0, 1),
  threshold: null,
}
const share: TrialAxis = {
  field: 'silence:excitatory',
  kind: 'constraint',
  axis: linearAxis('silence:excitatory', 0, 1, (value) => `${value * 100} %`),
  threshold: 0.05,
}
const none = new MarkBuilder(0).build()

describe('a slice', () => {
  it('has the trials at their values, categories at their places; one without a value is not drawn', () => {
    const rows = [
      { ...complete(0, 0.8), configuration: { rate: 100, coding: 'latency' } },
      { ...stopped(1, 0.9), configuration: { coding: 'rate' } },
    ]
    const marks = new SliceMarks(objective, [])
    const [onRate, onCoding] = marks.of(rows, [rate, coding])
    expect([...(onRate?.x ?? [])]).toEqual([100, NaN])
    expect([...(onCoding?.x ?? [])]).toEqual([1, 0])
    expect([...(onCoding?.y ?? [])]).toEqual([0.8, 0.9])
    expect([...(onRate?.numbers ?? [])]).toEqual([0, 1])
    expect([...(onRate?.kinds ?? [])].map(markKind)).toEqual(['feasible', 'stopped'])
    const more = { ...complete(2, 0.7), configuration: { rate: 50, coding: 'rate' } }
    const [later] = marks.of([...rows, more], [rate, coding])
    expect([...(later?.x ?? [])]).toEqual([100, NaN, 50])
    expect([...(onRate?.x ?? [])]).toEqual([100, NaN])
  })

  it('names its axes and its limit where it stands alone; one of several has its name in its head', () => {
    const alone = slicePlot({ x: rate, y: share }, none, 1)
    expect([alone.x.title, alone.y.title]).toEqual(['rate', 'silence:excitatory'])
    expect(alone.guides).toEqual([{ kind: 'line', axis: 'y', at: 0.05, text: 'limit 5 %' }])
    const small = slicePlot({ x: rate, y: share }, none, 3)
    expect([small.x.title, small.y.title]).toEqual(['', ''])
    expect(small.guides).toEqual([{ kind: 'line', axis: 'y', at: 0.05, text: '' }])
    expect(slicePlot({ x: rate, y: objective }, none, 1).guides).toEqual([])
  })

  it('has squares where all its plots hold too many trials for shapes', () => {
    const marks = { ...none, count: shapesAtMost / 2 }
    expect(slicePlot({ x: rate, y: objective }, marks, 2).markSize).toBeGreaterThan(squareSize)
    expect(slicePlot({ x: rate, y: objective }, marks, 3).markSize).toBe(squareSize)
  })

  it('stands in rows of as many as are wide enough', () => {
    expect([0, 100, 300, 1000].map((width) => sliceColumns(3, width))).toEqual([1, 1, 2, 3])
  })
})
