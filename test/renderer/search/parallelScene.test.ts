import { describe, expect, it } from 'vitest'
import { axesAt, brushText, drawOnAxes } from '../../../src-renderer/search/parallelScene.ts'
import { leastWidth, parallelGeometry } from '../../../src-renderer/search/parallelGeometry.ts'
import { TrialAxes } from '../../../src-renderer/search/trialAxes.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { complete } from '../../core/progress/fixtures.ts'
import { notingContext, type Written } from '../charts/notingContext.ts'

const space: SearchSpace = {
  mapSize: { type: 'integer', low: 0, high: 100, sampler: 'uniform' },
  code: { type: 'categorical', choices: ['bins', 'triangle'] },
}
const constraint = { name: 'silence:population', layer: 'population', alpha: 1, beta: 0.95 }
const axes = new TrialAxes().of(space, [constraint], [complete(0, 0.5)])
const [, , silence] = axes
const colours = { font: 'sans-serif' } as ChartColours
const brushes = {
  mapSize: { low: 0.25, high: 0.5 },
  code: { low: 0, high: 0.5 },
  'silence:population': { low: 0.1, high: 0.3 },
}

describe('parallel coordinates', () => {
  it('have shares up to 100 % at most, whatever is allowed', () => {
    expect([silence?.axis.min, silence?.axis.max]).toEqual([0, 1])
  })

  it('have numbers on every axis at the least distance that the window leaves between them', () => {
    const at = parallelGeometry({ width: leastWidth(axes.length), height: 300 }, axes.length)
    // Six axes are whole in a panel of a window of 1280 pixels.
    expect(leastWidth(6)).toBeLessThanOrEqual(336)
    const shown = { axes, brushes: {}, carried: null, labelled: [], lacking: false, metric: 'accuracy' } as const
    expect(axesAt(at, shown).every(({ labelRoom }) => labelRoom >= 36)).toBe(true)
  })

  it('say what is brushed in numbers, beside the brushes and in words', () => {
    expect(brushText(axes, brushes, 'accuracy')).toBe(
      'mapSize 25 to 50; code bins; population non-spiking share 10 % to 30 %',
    )
    expect(brushText(axes, {}, 'accuracy')).toBe('')
    const written: Written[] = []
    const at = parallelGeometry({ width: 500, height: 322 }, axes.length)
    const shown = { axes, brushes, carried: null, labelled: [], lacking: false, metric: 'accuracy' } as const
    drawOnAxes(notingContext(written), at, shown, colours)
    expect(written.map(({ text }) => text)).toEqual(['50', '25', '30 %', '10 %'])
    expect(written.map(({ y }) => y)).toEqual([0.5, 0.25, 0.3, 0.1].map((place) => at.bottom - place * at.length))
  })
})
