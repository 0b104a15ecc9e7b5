import { describe, expect, it } from 'vitest'
import { accuracyAxis, onAxis } from '../../../src-renderer/charts/accuracyAxis.ts'

describe('the axis of an objective', () => {
  it('of accuracies goes to the next steps of 0.05', () => {
    const axis = accuracyAxis(Float64Array.of(0.52, Number.NaN, 0.88))
    expect(axis.title).toBe('Accuracy')
    expect(axis.min).toBeCloseTo(0.5)
    expect(axis.max).toBeCloseTo(0.9)
    expect(onAxis(axis, 0)).toBe(axis.min)
    expect(onAxis(axis, 1.5)).toBe(axis.max)
  })

  it('of costs has the least on top, and their own numbers', () => {
    const axis = accuracyAxis(Float64Array.of(-120_000, -90_000, Number.NaN), 'synapticOperationsPerSample')
    expect(axis).toMatchObject({ title: 'SynOps per sample', min: -121_500, max: -88_500 })
    expect(axis.label(-90_000)).toBe('90,000')
    expect(onAxis(axis, -90_000)).toBe(-90_000)
  })

  it('of costs has trials without a value, which count as 0, at the worst end', () => {
    const axis = accuracyAxis(Float64Array.of(-2, -1), 'spikesPerSample')
    expect(onAxis(axis, 0)).toBe(axis.min)
    expect(onAxis(axis, 0.4)).toBe(axis.min)
  })
})
