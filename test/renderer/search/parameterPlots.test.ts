import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Estimate, OutputImportance } from '../../../src-core/diagnostics/importance.ts'
import type { LengthscaleRow } from '../../../src-core/diagnostics/lengthscaleTable.ts'
import type { RegionTrial } from '../../../src-core/diagnostics/trustRegionHistory.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { type ChartColours, withTheme } from '../../../src-renderer/charts/colours.ts'
import { drawAxes, frameOf } from '../../../src-renderer/charts/drawAxes.ts'
import { noEmphasis, type Plot } from '../../../src-renderer/charts/plot.ts'
import { plotFigure } from '../../../src-renderer/charts/plotFigure.ts'
import { paintPlot } from '../../../src-renderer/charts/plotPainting.ts'
import { neighbourOf, PlotPointer } from '../../../src-renderer/charts/plotPointer.ts'
import {
  importanceData,
  importanceGist,
  importanceOrder,
  importancePlot,
  importanceWords,
} from '../../../src-renderer/search/importance.ts'
import { lengthscaleGist, lengthscaleLines, lengthscalePlot } from '../../../src-renderer/search/lengthscalePlot.ts'
import { extraLeft, parameterRows, rowAt } from '../../../src-renderer/search/parameterRows.ts'
import {
  boxAxes,
  boxData,
  boxGist,
  boxGround,
  boxWords,
  regionBoxPlot,
} from '../../../src-renderer/search/regionBoxPlot.ts'
import { complete, running } from '../../core/progress/fixtures.ts'
import { notingContext, type Written } from '../charts/notingContext.ts'

const colours = { font: 'sans', text: 'black', series: { feasible: 'blue' } } as unknown as ChartColours

/** What is drawn of a plot: all that is written, and where it lies. */
const drawn = (plot: Plot, width = 400) => {
  const written: Written[] = []
  const filled: { x: number; y: number; width: number; height: number; colour: string }[] = []
  const context = notingContext(written)
  context.fillRect = (x, y, wide, high) => {
    filled.push({ x, y, width: wide, height: high, colour: String(context.fillStyle) })
  }
  const state = { plot, zoom: null, colours, emphasis: noEmphasis }
  const size = { width, height: 240 }
  const frame = frameOf(context, size, state, { pixelRatio: 1, exported: true })
  plot.ground?.(context, frame, noEmphasis)
  drawAxes(context, size, frame, state)
  const { marks: _, ...withoutMarks } = plot
  paintPlot(context, frame, withoutMarks, { emphasis: noEmphasis, layer: null })
  return { frame, filled, words: written.map(({ text }) => text), written }
}

const estimate = (value: number): Estimate => ({ value, standardError: 0.01, pointError: 0.01, modelError: null })
const output = (name: string, variance: number, totals: Record<string, number>): OutputImportance => ({
  output: name,
  variance,
  groups: [],
  parameters: Object.entries(totals).map(([parameter, total]) => ({
    parameter,
    firstOrder: estimate(total / 2),
    total: estimate(total),
  })),
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the importance of hyperparameters', () => {
  const accuracy = output('objective', 2, { mapSize: 0.2, epochs: 0.8, decoder: 1.3 })
  const flat = output('silence:excitatory', 0, { mapSize: 0, epochs: 0, decoder: 0 })
  const order = importanceOrder([flat, accuracy])
  const plotAt = (place: number, shown = accuracy) =>
    importancePlot(shown, order, parameterRows(order, place, 800), 200)

  it('goes from the most to the least important for the first output that is not flat', () => {
    expect(order).toEqual(['decoder', 'epochs', 'mapSize'])
  })

  it('names the rows beside the first plot for all, whose axes are as wide, the most important on top', () => {
    const [first, second] = [drawn(plotAt(0), 400 + extraLeft(0, 800)), drawn(plotAt(1))]
    expect(first.words).toEqual(expect.arrayContaining(order))
    expect(second.words).not.toEqual(expect.arrayContaining(order))
    expect(first.frame.area.right - first.frame.area.left).toBe(second.frame.area.right - second.frame.area.left)
    const height = (name: string): number => first.written.find(({ text }) => text === name)?.y ?? NaN
    expect(height('decoder')).toBeLessThan(height('mapSize'))
    expect(rowAt(first.frame, first.frame.x(0.5), first.frame.y(2))).toBe(2)
    expect(rowAt(first.frame, first.frame.area.left - 3, first.frame.y(2))).toBe(-1)
  })

  it('is a file of plots as wide as each other, whose titles stand above their axes', () => {
    vi.stubGlobal('document', { styleSheets: [] })
    const figure = plotFigure(
      'importance',
      (_, width) =>
        [accuracy, flat].map((shown, place) => ({
          plot: importancePlot(shown, order, parameterRows(order, place, width), 200),
          zoom: null,
          title: shown.output,
          extraLeft: extraLeft(place, width),
        })),
      () => importanceData([accuracy, flat]),
    )
    const written: Written[] = []
    withTheme('light', () => figure.draw(notingContext(written), { width: 800, height: 300 }))
    const places = (word: string): number[] => written.filter(({ text }) => text === word).map(({ x }) => x)
    const [ends, begins] = [places('100'), places('0')]
    expect(ends).toHaveLength(2)
    expect((ends[0] ?? 0) - (begins[0] ?? 0)).toBeCloseTo((ends[1] ?? 0) - (begins[1] ?? 0))
    expect(begins[0]).toBeGreaterThan(6 * 'decoder'.length)
    for (const [place, title] of ['objective', 'silence:excitatory'].entries()) {
      expect(Math.abs((places(title)[0] ?? 0) - (begins[place] ?? 0))).toBeLessThan(4)
    }
  })

  it('has a bar for what each explains alone within that with all interactions, which ends at the whole variance', () => {
    const { filled, frame } = drawn(plotAt(0))
    const bars = filled.filter(({ colour }) => colour === 'blue')
    expect(bars.map(({ width }) => Math.round((100 * width) / (frame.x(1) - frame.x(0))))).toEqual([
      20, 10, 80, 40, 100, 65,
    ])
  })

  it('says so where the model is flat', () => {
    const { words, filled } = drawn(plotAt(0, flat))
    expect(words).toContain('the model is flat')
    expect(filled.filter(({ colour }) => colour === 'blue')).toEqual([])
  })

  it('is told of a row, of an output, and of all for a file', () => {
    expect(importanceWords(accuracy, 'epochs')).toEqual([
      'epochs',
      'alone: 40.0\u00a0% ± 1.0\u00a0% of the variance',
      'with interactions: 80.0\u00a0% ± 1.0\u00a0% of the variance',
    ])
    expect(importanceWords(accuracy, '')).toEqual([])
    expect(importanceGist(accuracy, 'accuracy')).toBe('accuracy: most by decoder, 130\u00a0% of the variance in total')
    expect(importanceData([accuracy]).rows[0]).toEqual(['objective', 'mapSize', 0.1, 0.01, 0.2, 0.01])
  })
})

describe('lengthscales', () => {
  const row = (parameter: string, lengthscale: number, reading: 'local' | 'flat'): LengthscaleRow => ({
    parameter,
    outputs: [{ output: 'objective', lengthscale, acrossRange: 0.125, reading }],
  })
  const rows = [row('mapSize', 0.25, 'local'), row('epochs', 4000, 'flat')]

  it('stand below the words for them, and those beyond the axis at its end', () => {
    const dots: number[] = []
    const plot = lengthscalePlot(rows, 0, 600)
    const { words, frame } = drawn(plot, 600)
    const context = notingContext([])
    context.arc = (x) => dots.push(x)
    plot.under?.(context, frame, noEmphasis)
    expect(words).toEqual(expect.arrayContaining(['local', 'gradual', 'flat', 'mapSize', 'epochs', '0.1', '100']))
    expect(dots).toEqual([frame.x(0.25), frame.x(100)])
    expect(frame.x(100)).toBeLessThan(frame.area.right)
  })

  it('are told of a row, and of an output', () => {
    expect(lengthscaleLines(rows[0], 0)).toEqual([
      'mapSize',
      'lengthscale 0.25: short, matters locally',
      'correlation from one end of the range to the other 0.13',
    ])
    expect(lengthscaleLines(undefined, 0)).toEqual([])
    expect(lengthscaleGist(rows, 0, 'accuracy')).toMatch(/of 2 hyperparameters.*, accuracy\. Local: mapSize\.$/)
  })
})

describe('the box of the trust region', () => {
  const space = {
    rate: { type: 'real', low: 1e-3, high: 1e-1, sampler: 'log-uniform' },
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
  } as const satisfies SearchSpace
  const axes = boxAxes(space)
  const box = { centre: [0.5, 0.75], low: [0.25, 0], high: [0.5, 1] }
  const trials = [
    { ...complete(3, 0.8), configuration: { rate: 1e-3, decoder: 'all' } },
    { ...complete(5, 0.9), configuration: { rate: 1e-2, decoder: 'vote' } },
    { ...running(8, 0, 0.5), configuration: { rate: 1e-1, decoder: 'vote' } },
  ]
  const ground = boxGround(axes, box)
  const plot = regionBoxPlot(axes, ground, trials, { sought: 8, width: 400 })

  it('says what it spans: values, or the category around which it lies', () => {
    expect(axes.map((axis, row) => boxWords(axis, box, row))).toEqual(['0.003162 to 0.01', 'vote'])
    const { words } = drawn(plot)
    expect(words).toEqual(expect.arrayContaining(['rate', 'decoder', '0.003162 to 0.01', 'vote', 'low', 'high']))
    expect(boxData(axes, box).rows[1]).toEqual(['decoder', 'all', 'vote', 'vote', 0, 1])
    expect(boxGist(axes, box, { trial: 8, length: 0.25, centre: 5 } as RegionTrial)).toMatch(
      /trial 8.*trial 5.*along rate/,
    )
  })

  it('shows each trial in every row, where it is pointed at and brushed', () => {
    const { frame } = drawn(plot)
    const pointer = new PlotPointer()
    expect(pointer.trialAt(plot, frame, frame.x(0), frame.y(0))).toBe(3)
    expect(pointer.trialAt(plot, frame, frame.x(0.25), frame.y(1))).toBe(3)
    expect(pointer.trialAt(plot, frame, frame.x(1), frame.y(0))).toBe(8)
    expect(pointer.trialAt(plot, frame, frame.x(0.75), frame.y(0))).toBeNull()
    const span = { fromX: frame.x(0.6), fromY: frame.y(-0.4), toX: frame.x(1), toY: frame.y(1.4) }
    const brushed = pointer.trialsIn(plot, frame, span)
    expect([...new Set(brushed)].sort()).toEqual([5, 8])
  })

  it('goes from trial to trial with the arrow keys, not from row to row', () => {
    if (plot.marks === undefined) throw new Error('there are marks')
    const { marks } = plot
    expect(marks.count).toBe(6)
    expect([null, 3, 5, 8].map((from) => neighbourOf(plot, from, 1))).toEqual([3, 5, 8, 8])
    expect(neighbourOf(plot, 8, -1)).toBe(5)
  })
})
