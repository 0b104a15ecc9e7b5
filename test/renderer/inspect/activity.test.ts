import { describe, expect, it } from 'vitest'
import { intervalHistogram } from '../../../src-core/activity/rates.ts'
import { intervalsPlot, intervalWords } from '../../../src-renderer/inspect/activity/intervalsPlot.ts'
import { orderNeurons, rowsOf } from '../../../src-renderer/inspect/activity/neuronOrder.ts'
import { ticksOf } from '../../../src-renderer/charts/axes.ts'
import type { PlotFrame } from '../../../src-renderer/charts/plot.ts'

describe('inter-spike intervals', () => {
  it('are drawn from the first to the last, with whole numbers beside them, and told of by bin', () => {
    const found = intervalHistogram(Uint32Array.of(1, 2, 2), 1, { bins: 2, logarithmic: false, longest: 2 })
    const plot = intervalsPlot(found, false, 'blue')
    expect([plot.x.min, plot.x.max, plot.x.scale]).toEqual([0.5, 2.5, 'linear'])
    expect(intervalsPlot(found, true, 'blue').x.scale).toBe('log')
    expect(ticksOf(plot.y, plot.y)).toEqual([0, 1, 2])
    const frame = { area: { left: 0, right: 3, top: 0, bottom: 10 }, xAt: (pixel: number) => pixel } as PlotFrame
    const words = (x: number, y = 5) => intervalWords(found, frame, x, y).map((text) => text.replaceAll('\u00a0', ' '))
    expect(words(1)).toEqual(['0.5 to 1.5 ms', '1 interval'])
    expect(words(2)).toEqual(['1.5 to 2.5 ms', '2 intervals'])
    expect([words(0.2), words(2.7), words(2, 11)]).toEqual([[], [], []])
  })
})

describe('the order of neurons', () => {
  const facts = { neurons: 5, spikes: [3, 9, 3, 0, 5], classes: Int16Array.of(1, -1, 0, 0, 1) }

  it('is by index, by spikes, or by class with the unassigned last', () => {
    expect([...orderNeurons(facts, 'index')]).toEqual([0, 1, 2, 3, 4])
    expect([...orderNeurons(facts, 'rate')]).toEqual([1, 4, 0, 2, 3])
    expect([...orderNeurons(facts, 'class')]).toEqual([2, 3, 4, 0, 1])
    expect([...orderNeurons({ ...facts, classes: null }, 'class')]).toEqual([1, 4, 0, 2, 3])
  })

  it('turns into the row of each neuron', () => {
    expect([...rowsOf(Uint32Array.of(2, 3, 4, 0, 1))]).toEqual([3, 4, 0, 1, 2])
  })
})
