import { describe, expect, it } from 'vitest'
import {
  countByNeuron,
  joinRecordings,
  placeAt,
  rateWithin,
  spikesBefore,
} from '../../../src-core/activity/activity.ts'
import {
  interSpikeIntervals,
  intervalHistogram,
  populationRate,
  roundBin,
  spikesByClass,
} from '../../../src-core/activity/rates.ts'
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

  it('of several networks begin together where each has room for the longest', () => {
    const slotted = joinRecordings(layers, recordings, [15, 12])
    expect(slotted.places.map(({ from, to }) => [from, to])).toEqual([
      [0, 15],
      [15, 27],
    ])
    expect([...(slotted.layers[1]?.steps ?? [])]).toEqual([3, 8, 17, 19, 24])
    expect(joinRecordings(layers, recordings, [4, 10]).steps).toBe(20)
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

  it('within a range are spikes of a neuron in a second', () => {
    // 3 spikes of 3 neurons in 10 steps of 0.5 ms.
    expect(rateWithin(excitatory, activity.places, { from: 10, to: 20 }, 0.5)).toBeCloseTo(3 / (3 * 0.005), 9)
    expect(rateWithin(excitatory, activity.places, { from: 10, to: 20 }, 1)).toBeCloseTo(100, 9)
    expect(rateWithin(excitatory, activity.places, { from: 10, to: 10 }, 1)).toBe(0)
    // Rest between two samples is not counted.
    const { layers: slotted, places } = joinRecordings(layers, recordings, [15, 12])
    const [, own = excitatory] = slotted
    expect(rateWithin(own, places, { from: 0, to: 27 }, 1)).toBeCloseTo(5000 / (3 * 20), 9)
    expect(rateWithin(own, places, { from: 5, to: 15 }, 1)).toBeCloseTo(1000 / (3 * 5), 9)
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
