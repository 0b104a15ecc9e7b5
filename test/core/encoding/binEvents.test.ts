import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binEvents, binnedShape, type Binning, cropFits } from '../../../src-core/encoding/binEvents.ts'
import { indexAt, type LayerShape } from '../../../src-core/encoding/inputEvents.ts'

const sensor: LayerShape = { channels: 2, rows: 4, columns: 6 }
const binning = (settings: Partial<Binning> = {}): Binning => ({
  type: 'binning',
  windowStartMs: 0,
  windowMs: 10,
  steps: 10,
  bins: 'or',
  pooling: 1,
  denoiseMs: 0,
  ...settings,
})

type Event = readonly [timeUs: number, row: number, column: number, channel: number]
const sample = (events: readonly Event[], shape = sensor) => ({
  timesUs: Uint32Array.from(events, ([timeUs]) => timeUs),
  inputs: Uint16Array.from(events, ([, row, column, channel]) => indexAt(shape, channel, row, column)),
})
const binned = (events: readonly Event[], settings: Partial<Binning> = {}, shape = sensor) => {
  const { steps, inputs, values } = binEvents(sample(events, shape), binning(settings), shape)
  return { events: [...steps].map((step, event) => [step, inputs[event]]), values: values && [...values] }
}

describe('binEvents', () => {
  it('gathers the events of a bin in its step: a spike where there is any', () => {
    const events: Event[] = [
      [0, 1, 2, 1],
      [999, 1, 2, 1],
      [999, 0, 0, 0],
      [1000, 1, 2, 1],
    ]
    expect(binned(events)).toEqual({
      events: [
        [0, 0],
        [0, 17],
        [1, 17],
      ],
      values: null,
    })
    expect(binned(events, { bins: 'count' }).values).toEqual([1, 2, 1])
  })

  it('takes the events from the start of the window up to but not including its end', () => {
    const events: Event[] = [
      [1999, 0, 0, 0],
      [2000, 0, 0, 1],
      [6999, 0, 1, 0],
      [7000, 0, 1, 1],
    ]
    expect(binned(events, { windowStartMs: 2, windowMs: 5, steps: 5 }).events).toEqual([
      [0, 1],
      [4, 2],
    ])
  })

  it('begins each bin at its first microsecond, whatever the window and its steps', () => {
    const windowsMs = [10, 16.5, 100, 300, 700, 1000, 1200.5, 1400, 6000]
    const wrong = windowsMs.flatMap((windowMs) =>
      Array.from({ length: 299 }, (_, index) => index + 2).filter((steps) => {
        const windowUs = windowMs * 1000
        // The first whole microsecond of each bin, and the one before it.
        const starts = Array.from({ length: steps }, (_, step) =>
          Number((BigInt(step) * BigInt(windowUs) + BigInt(steps) - 1n) / BigInt(steps)),
        )
        const events = starts.flatMap((start): Event[] => [
          [start - 1, 0, 0, 0],
          [start, 0, 0, 1],
        ])
        const { events: found } = binned(events.slice(1), { windowMs, steps, bins: 'count' })
        const expected = starts.flatMap((_, step) => [...(step < steps - 1 ? [[step, 0]] : []), [step, 1]])
        return JSON.stringify(found) !== JSON.stringify(expected)
      }),
    )
    expect(wrong).toEqual([])
    expect(
      binned(
        [
          [1004, 0, 0, 0],
          [1005, 0, 0, 1],
        ],
        { windowStartMs: 1.005, windowMs: 1 },
      ).events,
    ).toEqual([[0, 1]])
  })

  it('makes one place of a square of them, a smaller one at the border', () => {
    expect(binnedShape(binning({ pooling: 4 }), sensor)).toEqual({ channels: 2, rows: 1, columns: 2 })
    const events: Event[] = [
      [0, 3, 3, 0],
      [0, 0, 0, 0],
      [0, 3, 5, 1],
    ]
    expect(binned(events, { pooling: 4, bins: 'count' })).toEqual({
      events: [
        [0, 0],
        [0, 3],
      ],
      values: [2, 1],
    })
  })

  it('crops', () => {
    const settings = { crop: { row: 1, column: 2, rows: 2, columns: 4 } }
    expect(binnedShape(binning(settings), sensor)).toEqual({ channels: 2, rows: 2, columns: 4 })
    const events: Event[] = [
      [0, 0, 2, 0],
      [0, 1, 2, 1],
      [0, 2, 5, 0],
      [0, 3, 3, 0],
      [0, 1, 1, 0],
    ]
    expect(binned(events, settings).events).toEqual([
      [0, 1],
      [0, 14],
    ])
  })

  it('knows a crop that leaves the sensor', () => {
    const fits = (row: number, column: number, rows: number, columns: number) =>
      cropFits(binning({ crop: { row, column, rows, columns } }), sensor)
    expect(cropFits(binning(), sensor)).toBe(true)
    expect([fits(0, 0, 4, 6), fits(3, 5, 1, 1), fits(1, 2, 3, 4)]).toEqual([true, true, true])
    expect([fits(4, 0, 1, 1), fits(0, 6, 1, 1), fits(2, 0, 3, 1), fits(0, 3, 1, 4)]).toEqual(Array(4).fill(false))
  })

  it('drops events that had no neighbour shortly before', () => {
    const events: Event[] = [
      [0, 1, 1, 0],
      [2000, 2, 2, 1],
      [4001, 2, 3, 0],
      [4001, 0, 0, 0],
      [5000, 2, 5, 0],
    ]
    expect(binned(events, { denoiseMs: 2 }).events).toEqual([[2, indexAt(sensor, 1, 2, 2)]])
  })

  it('takes the channels of a list for neighbours of one another', () => {
    const list = { channels: 700, rows: 1, columns: 1 }
    const events: Event[] = [
      [0, 0, 0, 10],
      [100, 0, 0, 11],
      [100, 0, 0, 13],
    ]
    expect(binned(events, { denoiseMs: 1 }, list).events).toEqual([[0, 11]])
  })

  it('loses no event and sorts them, whatever they are', () => {
    const event = fc.tuple(fc.nat({ max: 9999 }), fc.nat({ max: 3 }), fc.nat({ max: 5 }), fc.nat({ max: 1 }))
    fc.assert(
      fc.property(fc.array(event), fc.integer({ min: 1, max: 20 }), (events, steps) => {
        const result = binned(events, { bins: 'count', steps })
        expect((result.values ?? []).reduce((sum, value) => sum + value, 0)).toBe(events.length)
        const keys = result.events.map(([step = 0, input = 0]) => step * 48 + input)
        expect(keys).toEqual([...new Set(keys)].sort((left, right) => left - right))
      }),
      { seed: 7 },
    )
  })
})
