import { describe, expect, it } from 'vitest'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { evolutionGist, fitnessPlot, silencePlot } from '../../../src-renderer/inspect/evolution/evolutionPlots.ts'

const colours = { accent: 'blue', good: 'green', threshold: 'red', palette: ['a', 'b', 'c'] } as unknown as ChartColours
const generations = [
  { bestScore: null, meanScore: null, scoreDeviation: null, silentShare: 1 },
  { bestScore: 0.6, meanScore: 0.4, scoreDeviation: 0.1, silentShare: 0.5 },
  { bestScore: 0.9, meanScore: 0.7, scoreDeviation: 0.5, silentShare: 0.25 },
]

describe('evolution as plots', () => {
  it('has best and mean with a band of one standard deviation; silent generations leave a gap', () => {
    const { lines = [], x, y } = fitnessPlot(generations, colours)
    const values = Object.fromEntries(lines.map(({ name, y: own }) => [name, Array.from(own)]))
    expect(values['best']).toEqual([NaN, 0.6, 0.9])
    expect(values['mean']).toEqual([NaN, 0.4, 0.7])
    expect(values['mean + σ']?.[1]).toBeCloseTo(0.5, 12)
    // No score is above 1.
    expect(values['mean + σ']?.[2]).toBe(1)
    expect(values['mean − σ']?.[2]).toBeCloseTo(0.2, 12)
    expect([...Array.from(lines[0]?.x ?? [])]).toEqual([1, 2, 3])
    expect([x.min, x.max]).toEqual([1, 3])
    expect([y.min, y.max]).toEqual([0, 1])
    expect(x.ticks?.(1, 3, 8)).toEqual([1, 2, 3])
  })

  it('has the non-spiking share, beside what is allowed where somebody watches it', () => {
    const plot = silencePlot(generations, 0.9, colours)
    expect(Array.from(plot.lines?.[0]?.y ?? [])).toEqual([1, 0.5, 0.25])
    expect(plot.guides).toMatchObject([{ at: 0.9 }])
    expect(silencePlot(generations, null, colours).guides).toEqual([])
  })

  it('is told in a sentence', () => {
    expect(evolutionGist([])).toBe('No generation was recorded.')
    expect(evolutionGist(generations).replaceAll('\u00a0', ' ')).toBe(
      '3 generations: the best score is 0.9; of the last generation the mean is 0.7, and 25 % of its networks are non-spiking.',
    )
    expect(evolutionGist(generations.slice(0, 1))).toContain('1 generation: the best score is none')
  })
})
