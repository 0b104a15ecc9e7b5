import { describe, expect, it } from 'vitest'
import { linearAxis, placeOn } from '../../../src-renderer/charts/axes.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { markKind } from '../../../src-renderer/charts/marks.ts'
import { sweepTip } from '../../../src-renderer/search/replayFigures.ts'
import {
  lostEnd,
  type Replayed,
  replayPoints,
  sweepPlot,
  trainedPlot,
} from '../../../src-renderer/search/replayPlots.ts'

const totals = { stopped: 0, complete: 4, unknown: 0, timeMs: 800, timeAtMostMs: 800 }
const best = { trial: 1, objective: 0.9 }
const replayed = {
  kind: 'replay',
  replay: {
    before: { ...totals, best },
    after: { ...totals, best },
    wholeMs: 1000,
    trials: [
      { trial: 5, kind: 'unknown', samples: 50 },
      { trial: 1, kind: 'complete', samples: 100 },
      { trial: 2, kind: 'stopped', samples: 25, epoch: 0, layer: 'excitatory' },
      { trial: 3, kind: 'stopped', samples: 25, epoch: 0, layer: 'excitatory' },
    ],
  },
  trained: [
    { objective: 0.2, samples: 50, planned: 100 },
    { objective: 0.9, samples: 100, planned: 100 },
    { objective: 0.4, samples: 100, planned: 100 },
    { objective: null, samples: 25, planned: 100 },
  ],
  sweep: [
    { ...totals, beta: 0, timeMs: 100, timeAtMostMs: 100, best: null },
    { ...totals, beta: 0.04, timeMs: 500, timeAtMostMs: 600, unknown: 2, best: { trial: 5, objective: 0.5 } },
    { ...totals, beta: 1, timeMs: 1000, timeAtMostMs: 1000, best },
  ],
} as unknown as Replayed

describe('the training of each trial in a replay', () => {
  it('is a mark at its share with the rule, by rising number; a trial without an objective has none', () => {
    const { marks } = trainedPlot(replayPoints(replayed), linearAxis('accuracy', 0, 1))
    expect([...(marks?.numbers ?? [])]).toEqual([1, 2, 5])
    expect([...(marks?.x ?? [])]).toEqual([0.9, 0.4, 0.2])
    expect([...(marks?.y ?? [])]).toEqual([1, 0.25, 0.5])
    expect([...(marks?.kinds ?? [])].map(markKind)).toEqual(['feasible', 'stopped', 'infeasible'])
  })
})

describe('a rule with other betas', () => {
  const end = lostEnd(replayed, 'accuracy')
  const colours = { series: {} } as unknown as ChartColours
  const plot = sweepPlot(replayed, { beta: 0.04, metric: 'accuracy', end, ground: () => undefined }, colours)

  it('saves training and loses accuracy, on a scale that is not set by the rule that leaves no network', () => {
    expect(end).toBeCloseTo(0.4)
    const [saved, lost, now] = plot.lines ?? []
    expect([...Array.from(saved?.y ?? [])]).toEqual([0.9, 0.4, 0])
    expect(Array.from(lost?.y ?? []).map((share) => Number(share.toFixed(6)))).toEqual([2.25, 1, 0])
    expect(now?.x).toEqual([0.04, 0.04])
  })

  it('is denser near zero', () => {
    expect(placeOn(plot.x, 0.04)).toBeCloseTo(0.2)
  })

  it('is told of in words at the nearest beta that was tried', () => {
    expect(sweepTip(replayed, 0.05, 'accuracy').map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      'β 4 % for all layers',
      'training saved: 0.4 s – 0.5 s (40 % – 50 %)',
      'accuracy lost: 0.4000',
    ])
    expect(sweepTip(replayed, 0.9, 'accuracy').at(-1)).toBe('accuracy lost: none')
  })
})
