import { describe, expect, it } from 'vitest'
import { determination, quantile, quartiles, rankCorrelation } from '../../bench/scbo/statistics.ts'
import { markdownTable, shortNumber } from '../../bench/scbo/text.ts'
import { plotSvg } from '../../bench/scbo/plot.ts'

describe('the figures of a measurement', () => {
  it('interpolates quantiles, and never between a finite and an infinite value', () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 })
    expect(quantile([1, Infinity], 0.5)).toBe(Infinity)
    expect(quantile([1, -Infinity], 0.5)).toBe(-Infinity)
    expect(quantile([1, 2, Infinity], 0.5)).toBe(2)
  })

  it('knows perfect and useless predictions', () => {
    expect(determination([1, 2, 3], [1, 2, 3])).toBe(1)
    expect(determination([1, 2, 3], [2, 2, 2])).toBe(0)
    expect(rankCorrelation([1, 2, 3], [1, 10, 1000])).toBeCloseTo(1, 12)
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12)
    // scipy.stats.spearmanr([1, 1, 2, 5], [2, 3, 3, 1])
    expect(rankCorrelation([1, 1, 2, 5], [2, 3, 3, 1])).toBeCloseTo(-0.5, 12)
  })

  it('prints tables and numbers', () => {
    expect(markdownTable(['name', 'best'], [['random', '0.5']])).toBe(
      '| name   | best |\n| ------ | ---: |\n| random |  0.5 |',
    )
    expect([0.0126652, 5633.95, 1.78, 0, Infinity].map((value) => shortNumber(value))).toEqual([
      '0.01267',
      '5634',
      '1.78',
      '0',
      'none feasible',
    ])
  })

  it('plots what is finite, and says where nothing was feasible', () => {
    const never = { x: 1, lower: Infinity, median: Infinity, upper: Infinity }
    const svg = plotSvg({
      title: 'a < b',
      legendAt: 'top',
      xLabel: 'x',
      yLabel: 'y',
      series: [
        {
          name: 'one',
          colour: 0,
          points: [never, { x: 2, lower: 1, median: 2, upper: Infinity }, { x: 3, lower: 1, median: 1, upper: 1 }],
        },
        { name: 'two', colour: 1, points: [never] },
      ],
    })
    expect(svg).toContain('a &lt; b')
    expect(svg).toContain('two (none feasible)')
    expect(svg).not.toMatch(/NaN|Infinity/)
  })
})
