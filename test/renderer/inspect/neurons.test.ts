import { describe, expect, it } from 'vitest'
import type { InspectedWeights } from '../../../src-core/contracts/inspection.ts'
import { columnsOf } from '../../../src-renderer/inspect/neurons/neuronValues.ts'
import { cellAt } from '../../../src-renderer/inspect/neurons/drawNeuronMap.ts'
import { colourTable, parseColour, pixelOf } from '../../../src-renderer/charts/ramp.ts'
import { fitView, moveView, zoomView } from '../../../src-renderer/inspect/weights/drawFields.ts'
import {
  brightWeight,
  fieldOf,
  gridOf,
  layoutOf,
  neuronAt,
  paintFields,
  placeOf,
  rangeOfWeights,
  sideOf,
} from '../../../src-renderer/inspect/weights/receptiveFields.ts'

const weights: InspectedWeights = {
  from: 'input',
  to: 'excitatory',
  inputs: 4,
  neurons: 3,
  // [input][neuron]
  values: Float32Array.of(0, 10, 20, 1, 11, 21, 2, 12, 22, 3, 13, 23),
  type: 'dense',
  field: null,
  signed: false,
  thetas: new Float32Array(3),
  assignedClasses: new Int16Array(3),
  delays: null,
  currentDecays: null,
  voltageDecays: null,
}

/** 2 x 2 places of 3 channels onto 2 neurons: weights 10 * place + channel, of the second neuron negative. */
const channelled: InspectedWeights = {
  ...weights,
  type: 'conv',
  signed: true,
  inputs: 12,
  neurons: 2,
  field: { channels: 3, rows: 2, columns: 2 },
  values: Float32Array.from({ length: 24 }, (_, at) => {
    const input = Math.floor(at / 2)
    return (at % 2 === 0 ? 1 : -1) * (10 * Math.floor(input / 3) + (input % 3))
  }),
}

describe('receptive fields', () => {
  it('gather the weights onto one neuron, in the shape of the input', () => {
    expect([...fieldOf(weights, layoutOf(weights, 'planes'), 1)]).toEqual([10, 11, 12, 13])
    expect(sideOf(784)).toEqual({ rows: 28, columns: 28 })
    expect(sideOf(5)).toEqual({ rows: 2, columns: 3 })
  })

  it('lie in a grid, and are found again under the pointer', () => {
    const side = sideOf(weights.inputs)
    const grid = gridOf(3, side, 1)
    expect(grid).toEqual({ across: 2, down: 2, width: 7, height: 7 })
    const order = Uint32Array.of(2, 0, 1)
    for (const [place, neuron] of order.entries()) {
      const { x, y } = placeOf(grid, side, place)
      expect(neuronAt(grid, side, order, { x: x + 0.5, y: y + 1.5 })).toBe(neuron)
    }
    expect(neuronAt(grid, side, order, { x: 5, y: 5 })).toBeNull()
    expect(neuronAt(grid, side, order, { x: -3, y: 1 })).toBeNull()
  })

  it('are painted weight by weight', () => {
    const layout = layoutOf(weights, 'planes')
    const grid = gridOf(3, layout.side, 1)
    const table = Uint32Array.from({ length: 256 }, (_, place) => place + 1)
    const order = Uint32Array.of(2, 0, 1)
    const pixels = paintFields(weights, layout, { order, grid, table, range: { low: 0, high: 255 } })
    const rows = Array.from({ length: 7 }, (_, row) => [...pixels.subarray(row * 7, row * 7 + 7)])
    expect(rows[1]).toEqual([0, 21, 22, 0, 1, 2, 0])
    expect(rows[2]).toEqual([0, 23, 24, 0, 3, 4, 0])
    expect(rows[4]).toEqual([0, 11, 12, 0, 0, 0, 0])
  })

  it('have a plane for each channel of their input, or one of their sums', () => {
    const planes = layoutOf(channelled, 'planes')
    const none = Number.NaN
    expect(planes.side).toEqual({ rows: 5, columns: 5 })
    expect([...fieldOf(channelled, planes, 0)]).toEqual(
      [
        [0, 10, none, 1, 11],
        [20, 30, none, 21, 31],
        [none, none, none, none, none],
        [2, 12, none, none, none],
        [22, 32, none, none, none],
      ].flat(),
    )
    const sum = layoutOf(channelled, 'sum')
    expect(sum.side).toEqual({ rows: 2, columns: 2 })
    expect([...fieldOf(channelled, sum, 1)]).toEqual([-3, -33, -63, -93])
  })

  it('have colours as far below 0 as above it where weights have signs', () => {
    const range = rangeOfWeights(channelled, layoutOf(channelled, 'planes'))
    expect(range.low).toBe(-range.high)
    expect(range.high).toBeGreaterThanOrEqual(31)
    expect(rangeOfWeights(weights, layoutOf(weights, 'planes'))).toEqual({ low: 0, high: 22 })
  })

  it('are as bright as all but the largest weights', () => {
    const values = Float32Array.from({ length: 1000 }, (_, place) => (place === 500 ? 1e6 : place / 1000))
    expect(brightWeight(values)).toBeCloseTo(0.995, 2)
  })

  it('are zoomed about a point that stays, and never leave the room', () => {
    const grid = { across: 10, down: 10, width: 100, height: 100 }
    const size = { width: 400, height: 200 }
    const whole = fitView(grid, size)
    expect(whole).toEqual({ scale: 2, x: 100, y: 0 })
    const about = { x: 200, y: 100 }
    const near = zoomView(whole, { factor: 4, about }, grid, size)
    expect(near.scale).toBe(8)
    expect((about.x - near.x) / near.scale).toBeCloseTo((about.x - whole.x) / whole.scale, 9)
    expect(zoomView(near, { factor: 0.001, about }, grid, size)).toEqual(whole)
    expect(moveView(near, { x: 9999, y: 9999 }, grid, size)).toMatchObject({ x: 0, y: 0 })
    expect(moveView(near, { x: -9999, y: -9999 }, grid, size)).toMatchObject({ x: -400, y: -600 })
  })
})

describe('values of neurons', () => {
  it('of places are found where they are drawn, channel by channel', () => {
    const shape = { channels: 3, rows: 2, columns: 4 }
    const size = { width: 300, height: 100 }
    const found = new Set<number>()
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        const neuron = cellAt(24, shape, size, { x, y })
        if (neuron !== null) found.add(neuron)
      }
    }
    expect([...found].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, neuron) => neuron))
    expect(cellAt(24, shape, size, { x: 0, y: 0 })).toBe(0)
    expect(cellAt(24, shape, size, { x: -1, y: 0 })).toBeNull()
  })

  it('lie in the proportions of the room', () => {
    expect(columnsOf(800, 2)).toBe(40)
    expect(columnsOf(3, 100)).toBe(3)
  })
})

describe('colours of values', () => {
  it('go evenly from the first stop to the last', () => {
    const table = colourTable(['#000000', '#ffffff'].map(parseColour))
    expect(table[0]).toBe(0xff000000)
    expect(table[255]).toBe(0xffffffff)
    expect((table[51] ?? 0) & 255).toBe(51)
    expect(pixelOf(table, 5, 0, 10)).toBe(table[128])
    expect(pixelOf(table, 99, 0, 10)).toBe(table[255])
    expect(pixelOf(table, Number.NaN, 0, 10)).toBe(0)
  })
})
