import { describe, expect, it } from 'vitest'
import type { InspectedNetwork, InspectedWeights } from '../../../src-core/contracts/inspection.ts'
import { joinRecordings } from '../../../src-core/activity/activity.ts'
import { inputFrame } from '../../../src-renderer/inspect/activity/sampleFrame.ts'
import { layoutStack, leastHeight, stripAt } from '../../../src-renderer/inspect/activity/stackLayout.ts'
import {
  colourOfClass,
  colourOfLayer,
  makeStackModel,
  outputClasses,
} from '../../../src-renderer/inspect/activity/stackModel.ts'
import { layersOf, recordingOf } from '../../core/activity/recordings.ts'

describe('strips on one axis of time', () => {
  const content = { layers: [784, 400, 400], classes: true, traces: 2 }

  it('fill the room without overlapping, rasters taking what is left', () => {
    const { strips, height } = layoutStack(1000, 1200, content)
    expect(height).toBe(1200)
    expect(strips.map(({ kind }) => kind)).toEqual([
      'samples',
      'raster',
      'raster',
      'raster',
      'rates',
      'classes',
      'trace',
      'trace',
      'axis',
    ])
    for (const [index, strip] of strips.entries()) {
      expect(strip.top + strip.height).toBeLessThanOrEqual((strips[index + 1]?.top ?? 1200) + 1e-9)
    }
    expect(strips[1]?.height).toBeGreaterThan(strips[2]?.height ?? Infinity)
    expect(stripAt({ width: 0, height, left: 0, plotWidth: 0, strips }, (strips[4]?.top ?? 0) + 1)?.kind).toBe('rates')
  })

  it('are as high as they must be in a small room', () => {
    expect(layoutStack(600, 100, content).height).toBe(leastHeight(content))
  })

  it('have room for answers above their rasters, which may be lower where there are many', () => {
    const many = { layers: [10, 10], classes: false, traces: 0, leastRaster: 30, above: [14, 0] }
    const { strips } = layoutStack(600, 0, many)
    const [samples, first, second, rates] = strips
    expect([first?.height, second?.height]).toEqual([30, 30])
    expect(first?.top).toBe((samples?.height ?? 0) + 14)
    // As far from the first as the rates are from the second.
    const gap = (rates?.top ?? 0) - (second?.top ?? 0)
    expect((second?.top ?? 0) - (first?.top ?? 0)).toBe(gap)
    expect(leastHeight(many) - leastHeight({ ...many, above: [0, 0] })).toBe(14)
  })
})

describe('what the strips show', () => {
  const network: InspectedNetwork = {
    origin: 'stored',
    layers: layersOf({ input: 2, excitatory: 3 }),
    projections: [{ from: 'input', to: 'excitatory' }],
    outputLayer: 'excitatory',
    potentialUnit: 'mV',
    steps: 4,
    dtMs: 0.5,
    classes: 2,
    samples: { training: 9, objective: 9, test: 9 },
    samplesTrained: 100,
  }
  const weights: InspectedWeights = {
    from: 'input',
    to: 'excitatory',
    inputs: 2,
    neurons: 3,
    values: new Float32Array(6),
    type: 'dense',
    field: null,
    signed: false,
    thetas: new Float32Array(3),
    assignedClasses: Int16Array.of(1, -1, 0),
    delays: null,
    currentDecays: null,
    voltageDecays: null,
  }
  const trace = {
    layer: 'excitatory',
    neuron: 2,
    membranePotential: Float32Array.of(-65, -60, -55, -65),
    threshold: Float32Array.of(-52, -52, -52, -51),
  }
  const recordings = [
    recordingOf({
      place: 0,
      steps: 4,
      spikes: {
        input: [[0, 0]],
        excitatory: [
          [1, 2],
          [2, 2],
          [3, 0],
        ],
      },
    }),
    { ...recordingOf({ place: 1, steps: 4, spikes: { input: [], excitatory: [[2, 2]] } }), traces: [trace] },
  ]
  const activity = joinRecordings(network.layers, recordings)
  const model = makeStackModel({
    network,
    activity,
    weights,
    order: 'class',
    colouring: 'class',
    traced: [{ layer: 'excitatory', neuron: 2 }],
  })

  it('has rows in the order and colours of classes', () => {
    const [input, excitatory] = model.layers
    expect([...(excitatory?.neurons ?? [])]).toEqual([2, 0, 1])
    expect([...(excitatory?.raster.spikeRows ?? [])]).toEqual([0, 0, 1, 0])
    expect([...(excitatory?.raster.rowColours ?? [])]).toEqual([0, 1, -1].map(colourOfClass))
    expect([...(input?.raster.rowColours ?? [])]).toEqual([colourOfLayer(0), colourOfLayer(0)])
    expect(model.classes?.neurons).toEqual([1, 1])
  })

  it('has a potential where it was recorded, and the spikes of its neuron', () => {
    expect([...(model.traces[0]?.membranePotential ?? [])]).toEqual([NaN, NaN, NaN, NaN, -65, -60, -55, -65])
    expect([...(model.traces[0]?.spikes ?? [])]).toEqual([1, 2, 6])
  })

  it('takes the neurons of an output layer with one for each class as those classes', () => {
    const layered: InspectedNetwork = {
      ...network,
      layers: layersOf({ input: 2, hidden: 3, output: 2 }),
      projections: [{ from: 'input', to: 'hidden' }],
      outputLayer: 'output',
      potentialUnit: null,
    }
    const unassigned: InspectedWeights = { ...weights, to: 'hidden', thetas: null, assignedClasses: null }
    expect(outputClasses(layered, unassigned)).toEqual({ layer: 'output', classes: Int16Array.of(0, 1) })
    expect(outputClasses(network, weights)).toEqual({ layer: 'excitatory', classes: weights.assignedClasses })
    expect(outputClasses(network, { ...weights, assignedClasses: null })).toBeNull()
  })

  it('gives the input a colour of its own, and the others theirs in turn', () => {
    expect([0, 1, 2, 3, 4, 5].map(colourOfLayer)).toEqual([0, 1, 2, 3, 4, 1])
  })

  it('has the input of a sample as a frame of events', () => {
    const seen = recordingOf({
      place: 0,
      steps: 10,
      spikes: {
        input: [
          [1, 0],
          [3, 0],
          [8, 0],
        ],
      },
    })
    const [place] = joinRecordings(layersOf({ input: 1 }), [seen]).places
    if (place === undefined) throw new Error('a place')
    expect([...inputFrame(place, { from: 2, to: 10 }, { channels: 1, rows: 1, columns: 1 })]).toEqual([2])
  })
})
