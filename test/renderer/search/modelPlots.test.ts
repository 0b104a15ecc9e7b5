import { describe, expect, it } from 'vitest'
import type { ModelMap } from '../../../src-core/diagnostics/studyModels.ts'
import type { RegionTrial } from '../../../src-core/diagnostics/trustRegionHistory.ts'
import { linearAxis, numberOn } from '../../../src-renderer/charts/axes.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import type { Plot, PlotFrame } from '../../../src-renderer/charts/plot.ts'
import { PlotPointer, valuesAt } from '../../../src-renderer/charts/plotPointer.ts'
import { TrialMarks } from '../../../src-renderer/charts/trialColumn.ts'
import { mapAxes, type ShownMap } from '../../../src-renderer/search/mapPlot.ts'
import { mapTip } from '../../../src-renderer/search/mapWords.ts'
import { counterPlot, sidePlot } from '../../../src-renderer/search/trustRegionPlots.ts'
import { complete, running } from '../../core/progress/fixtures.ts'

/** A pixel for each value, upwards. */
const frame = {
  area: { left: 0, top: -100, right: 100, bottom: 0 },
  x: (value: number) => value,
  y: (value: number) => -value,
  xAt: (pixel: number) => pixel,
  yAt: (pixel: number) => -pixel,
} as PlotFrame

describe('a map of the models', () => {
  const map = {
    x: { parameter: 'decoder', coordinates: [0.25, 0.75], values: ['all', 'vote'] },
    y: { parameter: 'rate', coordinates: [0, 1], values: [0.001, 0.1] },
  } as unknown as ModelMap
  const space = {
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
    rate: { type: 'real', low: 1e-3, high: 1e-1, sampler: 'log-uniform' },
  } as const

  it('has axes on the scale of the model, and says what is at a place of it', () => {
    const axes = mapAxes(map, space)
    if (axes === null) throw new Error('there are axes')
    const cells = [
      [0.1, 0.2],
      [0.3, null],
    ]
    const shown = { of: 'feasibility', metric: 'accuracy', map, cells, range: { low: 0, high: 1 }, ...axes } as ShownMap
    expect(mapTip(shown, '', 1, 0.002)).toEqual(['decoder vote', 'rate 0.002', 'P(all hold) 20\u00a0%'])
    expect(mapTip(shown, '', 1, 0.09).at(-1)).toBe('does not apply here')
    expect(mapAxes(map, { decoder: space.decoder })).toBeNull()
  })

  it('has the trials that have a value on both axes, in their order', () => {
    const axis = linearAxis('mapSize', 0, 500)
    const marks = new TrialMarks(
      (trial) => numberOn(axis, trial.configuration['mapSize']),
      ({ objective }) => objective ?? NaN,
    )
    const rows = [
      { ...complete(0, 0.8), configuration: { mapSize: 100 } },
      { ...complete(1, 0.9), configuration: {} },
      { ...complete(2, 0.7), configuration: { mapSize: 300 } },
      { ...running(3, 0, 0.5), configuration: { mapSize: 200 } },
    ]
    const { numbers, x } = marks.of(rows)
    expect([...numbers]).toEqual([0, 2])
    expect([...x]).toEqual([100, 300])
  })
})

describe('the trust region', () => {
  const region = (trial: number, life: number, length: number): RegionTrial => ({
    phase: 'region',
    trial,
    told: trial,
    life,
    generation: 0,
    length,
    successes: 1,
    failures: 0,
    centre: 0,
    centreFeasible: true,
    feasible: true,
  })
  const regions = [region(10, 0, 0.5), region(12, 0, 0.25), region(20, 1, 0.5)]
  const colours = { series: { feasible: 'blue' } } as unknown as ChartColours

  it('is a line with a gap where a new region begins', () => {
    const { lines } = sidePlot(regions, [], () => 'feasible', colours)
    expect(lines?.[0]?.x).toEqual([10, 12, 20, 20])
    expect(lines?.[0]?.y).toEqual([0.5, 0.25, NaN, 0.5])
  })

  it('is pointed at and brushed by its trials, wherever the pointer is above them', () => {
    const plot = counterPlot(regions, { successesToGrow: 3, failuresToShrink: 4 })
    const pointer = new PlotPointer()
    expect([9, 11.5, 19, 90].map((x) => pointer.trialAt(plot, frame, x, -50))).toEqual([10, 12, 20, 20])
    expect(pointer.trialAt(plot, frame, 12, 5)).toBeNull()
    expect(pointer.trialsIn(plot, frame, { fromX: 15, fromY: -1, toX: 11, toY: -90 })).toEqual([12])
  })
})

describe('lines under the pointer', () => {
  const axis = { ...linearAxis('Samples', 0, 100), label: String }
  const line = { colour: '', width: 1 }
  const plot: Plot = {
    x: axis,
    y: { ...axis, title: '' },
    lines: [
      { ...line, name: 'one', x: [0, 50, 90], y: [1, 2, 3] },
      { ...line, name: 'steps', step: true, x: [0, 50, 90], y: [4, 5, NaN] },
      { ...line, number: 7, x: [0, 100], y: [50, 50] },
    ],
  }

  it('say what those with a name come to: the nearest point, of steps the last', () => {
    expect(valuesAt(plot, frame, 48, -20)).toEqual(['Samples 50', 'one: 2', 'steps: 4'])
    expect(valuesAt(plot, frame, 95, -20)).toEqual(['Samples 90', 'one: 3'])
    expect(valuesAt(plot, frame, 48, 20)).toEqual([])
  })

  it('are the trials that they stand for', () => {
    const pointer = new PlotPointer()
    expect(pointer.trialAt(plot, frame, 30, -52)).toBe(7)
    expect(pointer.trialAt(plot, frame, 30, -70)).toBeNull()
    expect(pointer.trialsIn(plot, frame, { fromX: -1, fromY: -60, toX: 1, toY: -40 })).toEqual([7])
  })
})
