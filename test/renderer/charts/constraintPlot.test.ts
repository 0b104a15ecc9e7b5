import { describe, expect, it } from 'vitest'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { constraintPlot, placeTrials as placeMarks } from '../../../src-renderer/charts/constraintPlot.ts'
import { markKind } from '../../../src-renderer/charts/marks.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

const excitatory: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const inhibitory: ConstraintInfo = { name: 'silence:inhibitory', layer: 'inhibitory', alpha: 1, beta: 0.1 }
const both = [excitatory, inhibitory]

const values = (atExcitatory: number, atInhibitory: number) => [
  { name: excitatory.name, value: atExcitatory },
  { name: inhibitory.name, value: atInhibitory },
]

const withInterval = (trial: TrialRow, trainAccuracy: number | null, nonSpiking: number[]): TrialRow => {
  if (trial.progress === null) throw new Error('a running trial has progress')
  return {
    ...trial,
    progress: { ...trial.progress, lastInterval: { epoch: 0, sample: 500, trainAccuracy, nonSpiking } },
  }
}

const placeTrials = (...parts: Parameters<typeof placeMarks>) => {
  const { marks, xMax } = placeMarks(...parts)
  const points = [...marks.numbers].map((number, at) => ({
    number,
    kind: markKind(marks.kinds[at] ?? -1),
    x: marks.x[at],
    y: marks.y[at],
  }))
  return { points, xMax }
}

describe('placeTrials', () => {
  it('places a measured trial at its share (value plus beta) and its accuracy, in each constraint', () => {
    const trial = { ...complete(3, 0.8), constraints: values(-0.03, -0.04) }
    expect(placeTrials([trial], excitatory, both).points).toEqual([
      { number: 3, kind: 'feasible', x: expect.closeTo(0.02) as number, y: 0.8 },
    ])
    expect(placeTrials([trial], inhibitory, both).points).toEqual([
      { number: 3, kind: 'feasible', x: expect.closeTo(0.06) as number, y: 0.8 },
    ])
  })

  it('draws a complete trial hollow in every chart when any constraint is broken', () => {
    const trial = { ...complete(0, 0.8, 0.01), constraints: values(0.01, -0.05) }
    expect(both.map((constraint) => placeTrials([trial], constraint, both).points[0]?.kind)).toEqual([
      'infeasible',
      'infeasible',
    ])
  })

  it('places a running trial at what it has so far, by the layer of the constraint', () => {
    const trial = withInterval(running(1, 0, 0.5), 0.42, [40, 8])
    expect(placeTrials([trial], excitatory, both).points).toEqual([{ number: 1, kind: 'running', x: 0.04, y: 0.42 }])
    expect(placeTrials([trial], inhibitory, both).points).toEqual([{ number: 1, kind: 'running', x: 0.008, y: 0.42 }])
  })

  it('does not place a running trial before its first look and before its first labels', () => {
    const started = running(1, 0, 0)
    const unlabelled = withInterval(running(2, 0, 0.1), null, [0, 0])
    expect(placeTrials([started, unlabelled], excitatory, both).points).toEqual([])
  })

  it('does not place a running trial on an axis of a cost, of which training says nothing', () => {
    const trial = withInterval(running(1, 0, 0.5), 0.42, [40, 8])
    expect(placeTrials([trial], excitatory, both, { floor: -500 }).points).toEqual([])
  })

  it('says what running trials are drawn by, as long as there are some', () => {
    const noteOf = (trials: readonly TrialRow[]) =>
      constraintPlot(placeMarks(trials, excitatory, both), excitatory).note
    expect(noteOf([complete(0, 0.8), withInterval(running(1, 0, 0.5), 0.42, [40, 8])])).toEqual({
      kind: 'running',
      text: 'training, so far',
    })
    expect(noteOf([complete(0, 0.8), running(1, 0, 0)])).toBeNull()
  })

  it('lays failed trials on the floor: at the share they had reached, else at the right end', () => {
    const reached = { ...withInterval(running(1, 0, 0.5), 0.6, [30, 0]), state: 'failed' as const }
    const atOnce = row(2, { state: 'failed' })
    const { points, xMax } = placeTrials([reached, atOnce], excitatory, both)
    expect(points).toEqual([
      { number: 1, kind: 'failed', x: 0.03, y: 0 },
      { number: 2, kind: 'failed', x: xMax, y: 0 },
    ])
  })

  it('does not place a measured trial of which this constraint was not measured', () => {
    const trial = { ...complete(0, 0.8), constraints: [{ name: excitatory.name, value: -0.03 }] }
    expect(placeTrials([trial], excitatory, both).points).toHaveLength(1)
    expect(placeTrials([trial], inhibitory, both).points).toEqual([])
  })

  it('leaves out trials that have not begun', () => {
    expect(placeTrials([row(0)], excitatory, both).points).toEqual([])
  })

  it('shows at least twice the threshold, and every share', () => {
    const far = { ...stopped(0, 0.3), constraints: values(0.25, 0) }
    expect(placeTrials([], excitatory, both).xMax).toBe(0.1)
    expect(placeTrials([far], excitatory, both).xMax).toBe(0.4)
    const silent = { ...stopped(0, 0.1), constraints: values(0.95, 0) }
    expect(placeTrials([silent], excitatory, both).xMax).toBe(1)
  })
})
