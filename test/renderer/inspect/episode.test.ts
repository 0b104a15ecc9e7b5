import { describe, expect, it } from 'vitest'
import type { Episode } from '../../../src-core/contracts/evolvedInspection.ts'
import type { InspectedNetwork } from '../../../src-core/contracts/inspection.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { bandsOfDecision, spikesOfDecision } from '../../../src-renderer/inspect/episode/decisionSpikes.ts'
import { endWords, seriesOf, statePlot } from '../../../src-renderer/inspect/episode/episodePlots.ts'

const colours = { accent: 'blue', mutedText: 'grey' } as unknown as ChartColours
const stateNames = ['position', 'velocity', 'angle', 'angularVelocity']
/** Two decisions of ten steps. */
const episode: Episode = {
  use: 'objective',
  episode: 0,
  states: Float64Array.from([0, 0, 0.1, 0, 0.5, 0, 0.2, 0, 3, 0, -0.1, 0]),
  actions: Uint32Array.of(1, 0),
  score: 2,
  share: 0.004,
  cut: false,
  spikes: [
    { layer: 'input', neurons: Uint32Array.of(0, 1, 0), steps: Uint32Array.of(0, 9, 10) },
    { layer: 'output', neurons: Uint32Array.of(1), steps: Uint32Array.of(17) },
  ],
}
const network = {
  steps: 10,
  layers: [
    { name: 'input', neurons: 2, shape: null },
    { name: 'output', neurons: 2, shape: null },
  ],
} as unknown as InspectedNetwork

describe('the spikes of a decision', () => {
  it('are its own, from its start', () => {
    const plain = (decision: number) =>
      spikesOfDecision(episode, decision, 10).map(({ neurons, steps }) => [[...neurons], [...steps]])
    expect(plain(0)).toEqual([
      [
        [0, 1],
        [0, 9],
      ],
      [[], []],
    ])
    expect(plain(1)).toEqual([
      [[0], [0]],
      [[1], [7]],
    ])
    expect(episode.spikes[0]?.steps).toEqual(Uint32Array.of(0, 9, 10))
  })

  it('are rasters of as many rows as there are neurons', () => {
    const { layers, steps } = bandsOfDecision(network, episode, 1)
    expect(steps).toBe(10)
    expect(layers.map(({ raster }) => raster.rows)).toEqual([2, 2])
    expect([...(layers[1]?.raster.before ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
  })
})

describe('an episode as plots', () => {
  it('has the angle in degrees and the position in metres over the steps, with what ends it', () => {
    const [angle, position] = seriesOf('cart-pole-easy')
    if (angle === undefined || position === undefined) throw new Error('no series')
    const plot = statePlot(episode, { series: angle, stateNames, step: 1 }, colours)
    const degrees = Array.from(plot.lines?.[0]?.y ?? [])
    expect(degrees[0]).toBeCloseTo(5.7296, 4)
    expect(degrees).toHaveLength(3)
    expect(plot.guides?.map((guide) => (guide.kind === 'line' ? guide.at : null))).toEqual([12, -12])
    expect(plot.lines?.[1]?.x).toEqual([1, 1])
    const moved = statePlot(episode, { series: position, stateNames, step: 0 }, colours)
    expect(Array.from(moved.lines?.[0]?.y ?? [])).toEqual([0, 0.5, 3])
    expect(moved.y.max).toBeGreaterThan(3)
  })

  it('is told by how it ended', () => {
    expect(endWords(episode, 'cart-pole-easy')).toBe('the pole fell or left the track after 2 steps')
    expect(endWords({ ...episode, cut: true }, 'cart-pole-easy')).toBe('2 steps, the limit: the pole never fell')
    expect(endWords({ ...episode, cut: true }, 'mountain-car')).toBe('2 steps, the flag was not reached')
    expect(endWords({ ...episode, actions: Uint32Array.of(1) }, 'mountain-car')).toBe(
      'the flag was reached after 1 step',
    )
  })
})
