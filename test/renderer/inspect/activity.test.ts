import { describe, expect, it } from 'vitest'
import {
  countByNeuron,
  joinRecordings,
  placeAt,
  spikesBefore,
} from '../../../src-renderer/inspect/activity/activity.ts'
import { intervalsPlot, intervalWords } from '../../../src-renderer/inspect/activity/intervalsPlot.ts'
import { orderNeurons, rowsOf } from '../../../src-renderer/inspect/activity/neuronOrder.ts'
import {
  interSpikeIntervals,
  intervalHistogram,
  populationRate,
  roundBin,
  spikesByClass,
} from '../../../src-renderer/inspect/activity/rates.ts'
import { ticksOf } from '../../../src-renderer/charts/axes.ts'
import type { PlotFrame } from '../../../src-renderer/charts/plot.ts'
import { layersOf, recordingOf } from './recordings.ts'

const layers = layersOf({ input: 4, excitatory: 3 })
const recordings = [
  recordingOf({
    place: 1,
    steps: 10,
    spikes: {
      input: [[1, 0]],
      excitatory: [
        [2, 1],
        [4, 1],
        [9, 2],
      ],
    },
  }),
  recordingOf({
    place: 0,
    steps: 10,
    spikes: {
      input: [
        [0, 3],
        [9, 0],
      ],
      excitatory: [
        [3, 1],
        [8, 1],
      ],
    },
  }),
]
const activity = joinRecordings(layers, recordings)
const [input, excitatory] = activity.layers
if (input === undefined || excitatory === undefined) throw new Error('two layers')

describe('recordings on one axis of time', () => {
  it('follow one another in the order of the request', () => {
    expect(activity.steps).toBe(20)
    expect(activity.places.map(({ recording, from, to }) => [recording.place, from, to])).toEqual([
      [0, 0, 10],
      [1, 10, 20],
    ])
    expect([...input.steps]).toEqual([0, 9, 11])
    expect([...input.neurons]).toEqual([3, 0, 0])
    expect([...excitatory.steps]).toEqual([3, 8, 12, 14, 19])
    expect(placeAt(activity, 10)?.recording.place).toBe(1)
    expect(placeAt(activity, 20)).toBeNull()
  })

  it('count spikes in any interval', () => {
    expect([0, 3, 4, 9, 20, 99].map((step) => spikesBefore(excitatory, step))).toEqual([0, 0, 1, 2, 5, 5])
    expect([...countByNeuron(excitatory, { from: 8, to: 15 })]).toEqual([0, 3, 0])
  })
})

describe('rates', () => {
  it('are per neuron and second, in bins that stay in place', () => {
    // 2 spikes of 3 neurons in 10 steps of 0.5 ms: 2 / (3 * 0.005 s)
    const series = populationRate(excitatory.before, 3, { from: 4, to: 18 }, { binSteps: 10, dtMs: 0.5 })
    expect(series.from).toBe(0)
    expect([...series.rates].map((rate) => Number(rate.toFixed(2)))).toEqual([133.33, 200])
  })

  it('measure the last bin by the steps it has', () => {
    expect([...populationRate(excitatory.before, 3, { from: 16, to: 20 }, { binSteps: 8, dtMs: 1 }).rates]).toEqual([
      Math.fround(1000 / (3 * 4)),
    ])
  })

  it('are known by class, without the unassigned', () => {
    const { neurons, before } = spikesByClass(excitatory, Int16Array.of(-1, 1, 0), 2)
    expect(neurons).toEqual([1, 1])
    expect(before.map((own) => own.at(-1))).toEqual([1, 4])
    expect(before[1]?.[9]).toBe(2)
  })

  it('use bins that people can read', () => {
    expect([0.2, 1, 1.5, 3, 7, 11, 60].map(roundBin)).toEqual([1, 1, 2, 5, 10, 20, 100])
  })
})

describe('inter-spike intervals', () => {
  it('do not cross from one sample to the next', () => {
    expect([...interSpikeIntervals(excitatory, activity.places, { from: 0, to: 20 })]).toEqual([5, 2])
    expect([...interSpikeIntervals(excitatory, activity.places, { from: 4, to: 20 })]).toEqual([2])
  })

  it.each([true, false])('fall into the bin that holds them (logarithmic: %s)', (logarithmic) => {
    const intervals = Uint32Array.of(1, 2, 3, 50, 100)
    const { edgesMs, counts } = intervalHistogram(intervals, 0.5, { bins: 20, logarithmic, longest: 100 })
    const expected = Array.from(
      counts,
      (_, bin) =>
        [...intervals].filter((steps) => steps * 0.5 >= (edgesMs[bin] ?? 0) && steps * 0.5 < (edgesMs[bin + 1] ?? 0))
          .length,
    )
    expect([...counts]).toEqual(expected)
    expect(counts.reduce((sum, count) => sum + count)).toBe(5)
  })

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

  it('tell mean and coefficient of variation', () => {
    const { meanMs, coefficientOfVariation } = intervalHistogram(Uint32Array.of(2, 4), 0.5, {
      bins: 4,
      logarithmic: false,
      longest: 10,
    })
    expect(meanMs).toBe(1.5)
    expect(coefficientOfVariation).toBeCloseTo(1 / 3, 12)
    expect(intervalHistogram(new Uint32Array(0), 1, { bins: 4, logarithmic: true, longest: 9 }).meanMs).toBeNull()
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
