import { describe, expect, it } from 'vitest'
import { limitRows } from '../../../src-renderer/editor/metricLimits.ts'

const layers = [
  { name: 'hidden', type: 'dense' },
  { name: 'output', type: 'dense' },
]
const layered = { network: { type: 'layered', layers } }
const metrics = (value: unknown) => limitRows(value).map(({ metric }) => metric)

describe('the limits of an editor', () => {
  it('are of what the network is measured by, layer by layer', () => {
    const ofLayers = ['spikesPerSample.hidden', 'spikesPerSample.output']
    expect(metrics(layered)).toEqual(['synapticOperationsPerSample', 'spikesPerSample', ...ofLayers])
    expect(metrics({ network: { type: 'diehl-cook' } })).toEqual([
      'spikesPerSample',
      'spikesPerSample.excitatory',
      'spikesPerSample.inhibitory',
    ])
    expect(metrics({})).toEqual(['spikesPerSample'])
    expect(metrics({ ...layered, objective: { metric: 'spikesPerSample' } })[0]).toBe('accuracy')
  })

  it('are those of the file with their side, those of classes besides', () => {
    const constraints = [
      { metric: 'spikesPerSample.output.3', atLeast: 2 },
      { metric: 'nothing', atMost: 1 },
      { metric: 'accuracy', atLeast: 0.5 },
    ]
    const listed = limitRows({ ...layered, constraints }).filter(({ at }) => at !== null)
    expect(listed).toEqual([
      {
        metric: 'spikesPerSample.output.3',
        title: 'Spikes in output per sample of class 3',
        at: 0,
        side: 'atLeast',
        hasBothSides: true,
      },
      { metric: 'accuracy', title: 'Accuracy', at: 2, side: 'atLeast', hasBothSides: false },
    ])
  })
})
