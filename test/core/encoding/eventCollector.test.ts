import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventCollector } from '../../../src-core/encoding/eventCollector.ts'

describe('EventCollector', () => {
  it('brings events into the order of their steps, those of a step as they came, and starts anew', () => {
    const events = new EventCollector()
    for (const [step, input] of [
      [3, 1],
      [0, 1],
      [3, 2],
      [0, 4],
    ] as const) {
      events.add(step, input)
    }
    expect(events.take()).toEqual({
      steps: Uint16Array.of(0, 0, 3, 3),
      inputs: Uint32Array.of(1, 4, 1, 2),
      values: null,
    })
    expect(events.take()).toEqual({ steps: new Uint16Array(), inputs: new Uint32Array(), values: null })
  })

  it('gives events without a value 1, where any has one', () => {
    const events = new EventCollector()
    events.add(1, 5)
    events.addValue(0, 7, 0.5)
    events.add(2, 9)
    expect(events.take().values).toEqual(Float32Array.of(0.5, 1, 1))
  })

  it('sorts like a stable sort, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 5000, size: 'max' }), (steps) => {
        const events = new EventCollector()
        steps.forEach((step, index) => {
          events.addValue(step, index, index)
        })
        const order = [...steps.keys()].sort((left, right) => (steps[left] ?? 0) - (steps[right] ?? 0))
        const taken = events.take()
        expect([...taken.inputs]).toEqual(order)
        expect([...(taken.values ?? [])]).toEqual(order)
      }),
      { seed: 5, numRuns: 50 },
    )
  })
})
