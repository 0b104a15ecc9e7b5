import { describe, expect, it } from 'vitest'
import { constraintNames, metricConstraintValues, objectiveValue } from '../../../src-core/stopping/constraints.ts'

const constraints = [
  { metric: 'synapticOperationsPerSample', atMost: 1000 },
  { metric: 'spikesPerSample', atMost: 40 },
] as const

describe('constraints', () => {
  it('are those of watched layers, then those of metrics', () => {
    const silence = { stopEarly: true, interval: 1, layers: [{ layer: 'output', alpha: 5, beta: 0.05 }] }
    expect(constraintNames({ silence, constraints })).toEqual([
      'silence:output',
      'metric:synapticOperationsPerSample',
      'metric:spikesPerSample',
    ])
  })

  it('are shares of what is allowed, and feasible at the limit', () => {
    expect(metricConstraintValues(constraints, { synapticOperationsPerSample: 1000, spikesPerSample: 50 })).toEqual([
      { name: 'metric:synapticOperationsPerSample', value: 0 },
      { name: 'metric:spikesPerSample', value: 0.25 },
    ])
    expect(() => metricConstraintValues(constraints, { spikesPerSample: 50 })).toThrow(
      'synapticOperationsPerSample was not measured',
    )
  })

  it('have a lowest value too, of an accuracy or of the spikes of a layer', () => {
    const least = [
      { metric: 'accuracy', atLeast: 0.8 },
      { metric: 'spikesPerSample.hidden.3', atLeast: 10 },
    ] as const
    expect(metricConstraintValues(least, { accuracy: 0.8, 'spikesPerSample.hidden.3': 5 })).toEqual([
      { name: 'metric:accuracy', value: 0 },
      { name: 'metric:spikesPerSample.hidden.3', value: 0.5 },
    ])
  })

  it('maximise accuracy, and minimise what a network costs', () => {
    const metrics = { accuracy: 0.9, spikesPerSample: 50 }
    expect(objectiveValue({ metric: 'accuracy' }, metrics)).toBe(0.9)
    expect(objectiveValue({ metric: 'spikesPerSample' }, metrics)).toBe(-50)
  })
})
