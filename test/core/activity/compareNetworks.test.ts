import { describe, expect, it } from 'vitest'
import {
  cumulativeShares,
  differenceOf,
  firstOtherSample,
  layerRates,
  whyNotComparable,
} from '../../../src-core/activity/compareNetworks.ts'
import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'
import { recordingOf } from './recordings.ts'

const network = { classes: 10, dtMs: 1, samples: { training: 300, objective: 100, test: 0 } }
const shown = (place: number, label: number) => recordingOf({ place, steps: 5, spikes: {}, label })

describe('networks side by side', () => {
  it('have mean rates of their layers, and neurons that never spiked', () => {
    const rates = [
      { layer: 'hidden', values: Float32Array.of(0, 1, 5, 0) },
      { layer: 'output', values: Float32Array.of(2, 2) },
    ]
    expect(layerRates({ rates })).toEqual([
      { layer: 'hidden', neurons: 4, rate: 1.5, silent: 2 },
      { layer: 'output', neurons: 2, rate: 2, silent: 0 },
    ])
  })

  it('differ from a reference by so much, and by so much of it', () => {
    expect(differenceOf(3, 2)).toEqual({ absolute: 1, share: 0.5 })
    expect(differenceOf(3, 4)).toEqual({ absolute: -1, share: -0.25 })
    expect(differenceOf(3, 0)).toEqual({ absolute: 3, share: null })
  })

  it('are distributed as n even values are: i of n are no larger than the i-th', () => {
    const { values, shares } = cumulativeShares(Float32Array.of(4, NaN, 1, 3, 2))
    expect([...values]).toEqual([1, 2, 3, 4])
    expect([...shares]).toEqual([0.25, 0.5, 0.75, 1])
    expect([...cumulativeShares([0, 0, 1, 0]).shares]).toEqual([0.75, 0.75, 0.75, 1])
    expect(cumulativeShares([NaN]).values).toHaveLength(0)
  })

  it('are told apart where a sample would not be the same to both', () => {
    expect(whyNotComparable(network, network, 'objective')).toBeNull()
    expect(whyNotComparable({ ...network, classes: 2 }, network, 'objective')).toMatch(/2 outputs.*has 10/)
    expect(whyNotComparable({ ...network, dtMs: 0.5 }, network, 'objective')).toMatch(/another length/)
    expect(whyNotComparable({ ...network, evolved: {} as Evolved }, network, 'objective')).toMatch(/another length/)
    const other = { ...network, samples: { ...network.samples, objective: 40 } }
    expect(whyNotComparable(other, network, 'objective')).toMatch(/40 samples.*has 100/)
    expect(whyNotComparable(other, network, 'training')).toBeNull()
  })

  it('were shown the same samples where labels and pictures agree', () => {
    const own = [shown(0, 3), shown(1, 4)]
    expect(firstOtherSample(own, [shown(0, 3), shown(1, 4)])).toBeNull()
    expect(firstOtherSample(own, [shown(0, 3), shown(1, 5)])).toBe(101)
    const [first, second] = own
    if (first === undefined || second === undefined || first.view.kind !== 'images') throw new Error('two images')
    const painted = { ...first, view: { ...first.view, pixels: Uint8Array.of(7) } }
    expect(firstOtherSample([painted, second], own)).toBe(100)
    expect(firstOtherSample(own, [])).toBeNull()
  })
})
