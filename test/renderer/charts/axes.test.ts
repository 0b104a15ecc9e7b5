import { describe, expect, it } from 'vitest'
import {
  categoryAxis,
  linearAxis,
  numberOn,
  parameterAxis,
  placeOn,
  roundNumbers,
  tickLabel,
  ticksApart,
  ticksOf,
  unitAtPlace,
  valueAtPlace,
  valuesBetween,
  wholeAxis,
} from '../../../src-renderer/charts/axes.ts'
import { axesKey, drawAxes, frameOf } from '../../../src-renderer/charts/drawAxes.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { noEmphasis, type Plot, type PlotAxis } from '../../../src-renderer/charts/plot.ts'
import { notingContext, type Written } from './notingContext.ts'

const logAxis: PlotAxis = { title: '', scale: 'log', min: 1e-4, max: 1, label: String }

describe('what lies between two places of an axis', () => {
  it('is whole numbers within, where there are no others', () => {
    const axis = parameterAxis('size', { type: 'integer', low: 1, high: 4, sampler: 'uniform' })
    const between = (low: number, high: number) => valuesBetween(axis, unitAtPlace(axis, low), unitAtPlace(axis, high))
    // 1, 2, 3 and 4 stand at 1/8, 3/8, 5/8 and 7/8.
    expect(between(0, 1)).toEqual({ low: 1, high: 4 })
    expect(between(0.2, 0.6)).toEqual({ low: 2, high: 2 })
    expect(between(3 / 8, 5 / 8)).toEqual({ low: 2, high: 3 })
    expect(between(0.4, 0.6)).toEqual({ low: 3, high: 2 })
  })

  it('is the ends on the scale of a hyperparameter, or the categories within', () => {
    const rate = parameterAxis('rate', { type: 'real', low: 1e-4, high: 1, sampler: 'log-uniform' })
    const held = valuesBetween(rate, unitAtPlace(rate, 0.25), unitAtPlace(rate, 0.5))
    expect(held).toEqual({ low: expect.closeTo(1e-3, 12) as number, high: expect.closeTo(1e-2, 12) as number })
    const kinds = categoryAxis('kind', ['a', 'b', 'c'])
    expect(valuesBetween(kinds, unitAtPlace(kinds, 0.4), unitAtPlace(kinds, 1))).toEqual(['b', 'c'])
    expect(valuesBetween(kinds, unitAtPlace(kinds, 0.2), unitAtPlace(kinds, 0.4))).toEqual([])
  })
})

describe('axes of plots', () => {
  it('have round numbers at their places', () => {
    expect(roundNumbers(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(roundNumbers(-70, -50)).toEqual([-70, -65, -60, -55, -50])
    // One number alone, as 500 would be, says nothing of the scale.
    expect(roundNumbers(60, 600, 2)).toEqual([200, 400, 600])
    expect(roundNumbers(9, 11, 1)).toEqual([9, 10, 11])
    const [even, logs] = [linearAxis('x', 0, 10), logAxis]
    expect(ticksOf(even, wholeAxis(even)).map((value) => placeOn(even, value))).toContain(0.4)
    expect(ticksOf(logs, wholeAxis(logs)).map((value) => Number(placeOn(logs, value).toFixed(9)))).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ])
  })

  it('have those of the part that is shown, in its units', () => {
    expect(ticksOf(logAxis, { min: -3, max: -1 })).toEqual([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1])
    expect(ticksOf(categoryAxis('', ['a', 'b', 'c']), { min: 0.5, max: 2.5 })).toEqual([1, 2])
  })

  it('are on the scale of the model, and go back to the value', () => {
    const rate = parameterAxis('rate', { type: 'real', low: 1e-4, high: 1e-2, sampler: 'log-uniform' })
    expect(placeOn(rate, 1e-3)).toBeCloseTo(0.5)
    expect(valueAtPlace(rate, 0.5)).toBeCloseTo(1e-3)
    const reversed = parameterAxis('strength', { type: 'real', low: 1, high: 100, sampler: 'reversed-log-uniform' })
    expect(placeOn(reversed, 91)).toBeCloseTo(0.5)
  })

  it('of integers have no fractions beside them', () => {
    const epochs = parameterAxis('epochs', { type: 'integer', low: 1, high: 3, sampler: 'uniform' })
    expect(ticksOf(epochs, wholeAxis(epochs))).toEqual([1, 2, 3])
  })

  it('whose numbers bunch at an end have few of them there', () => {
    const reversed = parameterAxis('strength', { type: 'real', low: 1, high: 100, sampler: 'reversed-log-uniform' })
    const places = ticksApart(reversed, wholeAxis(reversed), 5, 0.09).map((value) => placeOn(reversed, value))
    expect(places.length).toBeGreaterThan(1)
    for (const [index, at] of places.slice(1).entries()) expect(at - (places[index] ?? 0)).toBeGreaterThanOrEqual(0.09)
  })

  it('give categories the same width each, and no place to what is none of them', () => {
    const decoder = parameterAxis('decoder', { type: 'categorical', choices: ['all', 'vote'] })
    expect(placeOn(decoder, 'all')).toBe(0.25)
    expect(placeOn(decoder, 'other')).toBeNaN()
    expect(valueAtPlace(decoder, 0.6)).toBe('vote')
    expect(ticksOf(decoder, wholeAxis(decoder)).map((value) => tickLabel(decoder, value))).toEqual(['all', 'vote'])
  })

  it('have no place for a missing value or one without a logarithm', () => {
    expect(placeOn(linearAxis('x', 0, 1), null)).toBeNaN()
    expect(numberOn(linearAxis('x', 0, 1), Infinity)).toBeNaN()
    expect(placeOn(logAxis, 0)).toBeNaN()
  })
})

describe('the painter of axes', () => {
  const draw = (plot: Plot, size = { width: 300, height: 200 }) => {
    const written: Written[] = []
    const context = notingContext(written)
    const state = { plot, zoom: null, colours: { font: 'x' } as ChartColours, emphasis: noEmphasis }
    const frame = frameOf(context, size, state, { pixelRatio: 1, exported: false })
    drawAxes(context, size, frame, state)
    return { frame, written }
  }

  it('leaves room for the widest number and the titles, and goes from values to pixels and back', () => {
    const plot = { x: linearAxis('Trial', 0, 10), y: linearAxis('Cost', 0, 100_000, (cost) => cost.toFixed(0)) }
    const { frame, written } = draw(plot)
    expect(frame.area.left).toBeGreaterThanOrEqual(6 * '100000'.length)
    expect(frame.xAt(frame.x(4))).toBeCloseTo(4)
    expect(frame.units.yAt(frame.y(50_000))).toBeCloseTo(50_000)
    expect(written.map(({ text }) => text)).toEqual(expect.arrayContaining(['Trial', 'Cost', '0', '100000']))
  })

  it('lets no two numbers touch, and keeps each within the picture', () => {
    const x = linearAxis('', 0, 1, (value) => `about ${value.toFixed(3)} of all`)
    const { written } = draw({ x, y: { ...linearAxis('', 0, 1), label: () => '' } })
    const row = written.filter(({ text }) => text.startsWith('about'))
    expect(row.length).toBeGreaterThan(1)
    for (const [at, { text, x: middle }] of row.entries()) {
      expect(middle + 3 * text.length).toBeLessThanOrEqual(300)
      const before = row[at - 1]
      if (before !== undefined) expect(middle - 3 * text.length).toBeGreaterThan(before.x + 3 * before.text.length)
    }
  })

  it('keeps the room that a plot of many wants', () => {
    const { frame } = draw({ x: linearAxis('x', 0, 1), y: linearAxis('y', 0, 1), room: { left: 34, bottom: 20 } })
    expect([frame.area.left, frame.area.bottom]).toEqual([34, 180])
  })

  it('draws them anew where what they show has changed, categories and what numbers are called too', () => {
    const key = (categories: readonly string[], label: (value: number) => string = String) => {
      const plot = { x: categoryAxis('', categories), y: linearAxis('', 0, 1, label) }
      return axesKey({ plot, zoom: null, colours: {} as ChartColours, emphasis: noEmphasis })
    }
    expect(key(['a', 'b'])).toBe(key(['a', 'b']))
    expect(key(['a', 'b'])).not.toBe(key(['a', 'c']))
    expect(key(['a', 'b'])).not.toBe(key(['a', 'b'], (value) => `${value * 100} %`))
  })
})
