import { describe, expect, it } from 'vitest'
import { type ConstraintInfo, noAnnotation, type TrialRow } from '../../../src-core/progress/readModel.ts'
import {
  categoriesOf,
  CategoryColumns,
  categoryGroups,
  categoryParameters,
} from '../../../src-renderer/overview/categoriesPlot.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { shareSaved } from '../../../src-core/stopping/timeSaved.ts'
import { chosenTrials } from '../../../src-renderer/overview/curves.ts'
import { pointsOf } from '../../../src-renderer/overview/curvesPlot.ts'
import {
  DistributionColumns,
  distributionsOf,
  hasPhases,
  shareUpTo,
} from '../../../src-renderer/overview/distributionPlot.ts'
import { DurationColumns, durationGroups, timeOf } from '../../../src-renderer/overview/durationsPlot.ts'
import {
  bestSoFar as bestOf,
  historyData,
  historyPlot as plotOfHistory,
  HistoryColumns,
  originOf,
} from '../../../src-renderer/overview/historyPlot.ts'
import { TimelineMaker, trialAtTime } from '../../../src-renderer/overview/timelineBars.ts'
import { byEnd } from '../../../src-renderer/trials/studyView.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

const excitatory: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }

const bestSoFar = (trials: readonly TrialRow[], order: 'number' | 'time') => {
  const columns = new HistoryColumns()
  return bestOf(byEnd(trials).ended, order, columns, originOf(byEnd(trials), columns))
}

const historyPlot = (
  trials: readonly TrialRow[],
  objective: 'accuracy' | 'spikesPerSample' = 'accuracy',
  columns = new HistoryColumns(),
) => {
  const shown = byEnd(trials)
  const look = { order: 'number', startMs: originOf(shown, columns), columns, objective } as const
  return plotOfHistory(shown, {} as ChartColours, { ...look, best: bestSoFar(trials, 'number') })
}

describe('bestSoFar', () => {
  const trials = [
    complete(0, 0.5),
    complete(1, 0.9, 0.2),
    { ...complete(2, 0.8, 0, 3000), startedAtMs: 1000, durationMs: 2000 },
    complete(3, 0.7, 0, 2000),
    { ...complete(4, 0.95), annotation: { ...noAnnotation, excluded: true } },
    stopped(5, 0.99),
  ]

  it('rises with feasible trials only, by number', () => {
    expect(bestSoFar(trials, 'number')).toEqual({ x: [0, 2], accuracy: [0.5, 0.8], numbers: [0, 2] })
  })

  it('rises when they ended, by time', () => {
    expect(bestSoFar(trials, 'time')).toEqual({ x: [1000, 2000, 3000], accuracy: [0.5, 0.7, 0.8], numbers: [0, 3, 2] })
  })

  it('stands beside every trial in the data', () => {
    expect(historyData(trials, 'accuracy').rows.map((cells) => cells.at(-1))).toEqual([0.5, 0.5, 0.8, 0.8, 0.8, 0.8])
  })
})

describe('the initial design', () => {
  const design = (number: number, initialDesign: boolean | null): TrialRow => ({
    ...complete(number, 0.5),
    initialDesign,
  })
  // Copies of another study, the design, what the optimiser asked for, and the design of a later trust region.
  const trials = [null, null, true, true, false, false].map((initialDesign, number) => design(number, initialDesign))
  const guidesOf = (shown: readonly TrialRow[]) => historyPlot(shown).guides

  it('is a band over its own trials, not over copies before it', () => {
    expect(guidesOf(trials)).toMatchObject([{ from: 1.5, to: 3.5, text: 'initial design' }])
    expect(guidesOf(trials.slice(2))).toMatchObject([{ from: -Infinity, to: 3.5 }])
    expect(guidesOf(trials.slice(4))).toEqual([])
    // One of the design that still trains is of it too.
    const training = { ...running(3, 0, 0.5), initialDesign: true }
    expect(guidesOf([...trials.slice(0, 3), training, ...trials.slice(4)])).toMatchObject([{ from: 1.5, to: 3.5 }])
  })

  it('is what the distributions take for it, and trials of neither phase are in neither', () => {
    const columns = new DistributionColumns()
    const parts = distributionsOf(columns.measured.of(trials), columns.flags.of(trials), 'phase')
    expect(parts.map(({ name, accuracies }) => [name, accuracies.length])).toEqual([
      ['initial design', 2],
      ['optimiser', 2],
    ])
    expect(hasPhases(columns.flags.of(trials.slice(0, 2)))).toBe(false)
  })
})

describe('running trials in the history', () => {
  const look = (trainAccuracy: number | null): TrialRow => {
    const trial = running(1, 0, 0.5)
    if (trial.progress === null) throw new Error('a running trial has progress')
    const lastInterval = { epoch: 0, sample: 500, trainAccuracy, nonSpiking: [] }
    return { ...trial, progress: { ...trial.progress, lastInterval } }
  }
  const plotOf = (trial: TrialRow, objective: 'accuracy' | 'spikesPerSample' = 'accuracy') =>
    historyPlot([complete(0, objective === 'accuracy' ? 0.5 : -100), trial], objective)

  it('are drawn from their first measurement on, and said to be of training', () => {
    const [drawn, none] = [
      { marks: { count: 1 }, live: { count: 1 } },
      { marks: { count: 1 }, live: { count: 0 } },
    ]
    expect(plotOf(look(0.42))).toMatchObject({ ...drawn, note: { text: 'training, so far' } })
    expect(plotOf(look(null))).toMatchObject({ ...none, note: null })
    expect(plotOf(running(1, 0, 0))).toMatchObject({ ...none, note: null })
    expect(plotOf(look(0.42), 'spikesPerSample')).toMatchObject({ ...none, note: null })
  })

  it('leave the marks of those that have ended as they are', () => {
    const columns = new HistoryColumns()
    const ended = [complete(0, 0.5)]
    const shown = (share: number) => ({ ended, live: [look(share)] })
    const plotAt = (share: number) =>
      plotOfHistory(shown(share), {} as ChartColours, {
        order: 'number',
        startMs: 0,
        best: bestSoFar(ended, 'number'),
        columns,
        objective: 'accuracy',
      })
    const [before, after] = [plotAt(0.2), plotAt(0.4)]
    expect(after.marks).toBe(before.marks)
    expect([before, after].map(({ live }) => live?.y[0])).toEqual([0.45, 0.45])
  })
})

describe('distributionsOf', () => {
  it('counts measured trials at or below an accuracy', () => {
    const trials = [complete(0, 0.5), complete(1, 0.7), complete(2, 0.9, 0.1), stopped(3, 0.1), row(4)]
    const columns = new DistributionColumns()
    const [all, feasible] = distributionsOf(columns.measured.of(trials), columns.flags.of(trials), 'feasibility')
    if (all === undefined || feasible === undefined) throw new Error('there are two parts')
    expect([...all.accuracies]).toEqual([0.1, 0.5, 0.7, 0.9])
    expect([0, 0.5, 0.69, 1].map((accuracy) => shareUpTo(all, accuracy))).toEqual([0, 0.5, 0.5, 1])
    expect(shareUpTo(feasible, 0.6)).toBe(0.5)
  })
})

describe('categories', () => {
  const space = {
    rate: { type: 'real', low: 0, high: 1, sampler: 'uniform' },
    mapSize: { type: 'integer', low: 1, high: 400, sampler: 'uniform' },
    epochs: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
  } as const

  it('are of categorical hyperparameters first, never of real ones', () => {
    expect(categoryParameters(space)).toEqual(['decoder', 'mapSize', 'epochs'])
    expect(categoriesOf(space, 'rate')).toEqual([])
  })

  it('put each integer into one range', () => {
    const ranges = categoriesOf(space, 'mapSize')
    expect(ranges.map(({ name }) => name)).toEqual([
      '1–50',
      '51–100',
      '101–150',
      '151–200',
      '201–250',
      '251–300',
      '301–350',
      '351–400',
    ])
    for (let value = 1; value <= 400; value++) {
      expect(ranges.filter(({ holds }) => holds(value))).toHaveLength(1)
    }
    expect(categoriesOf(space, 'epochs').map(({ name }) => name)).toEqual(['1', '2', '3'])
  })

  it('part feasible trials from all others', () => {
    const of = (trial: TrialRow, decoder: string): TrialRow => ({ ...trial, configuration: { decoder } })
    const columns = new CategoryColumns('decoder', categoriesOf(space, 'decoder'))
    const valuesOf = (rows: readonly TrialRow[]) => ({
      numbers: columns.numbers.of(rows),
      measured: columns.measured.of(rows),
      kinds: columns.kinds.of(rows),
      places: columns.places.of(rows),
    })
    const trials = [of(complete(0, 0.5), 'all'), of(complete(1, 0.7), 'all'), of(stopped(2, 0.3), 'vote'), row(3)]
    const [all, vote] = categoryGroups(valuesOf(trials), categoriesOf(space, 'decoder'))
    expect([all?.feasible?.median, all?.infeasible]).toEqual([0.6, null])
    expect([vote?.feasible, vote?.infeasible?.count]).toEqual([null, 1])
  })
})

describe('durations', () => {
  it('group by what became of trials, failed ones only where there are any', () => {
    const trials = [complete(0, 0.5, 0, 3000), stopped(1, 0.2), running(2, 0, 0.5)]
    const columns = new DurationColumns()
    const groups = durationGroups(columns.kinds.of(trials), columns.durations.of(trials))
    expect(groups.map(({ name, box }) => [name, box?.median])).toEqual([
      ['Complete', 3000],
      ['Stopped early', 100],
    ])
  })

  it('sum what stopping saved beside what was computed', () => {
    const trials = [complete(0, 0.5, 0, 3000), stopped(1, 0.2), running(2, 0, 0.5)]
    const spentMs = timeOf(new DurationColumns().durations.of(trials))
    expect(spentMs).toBe(3100)
    expect(shareSaved(spentMs, 900)).toBe(0.225)
    expect(shareSaved(0, 0)).toBe(0)
  })
})

describe('timelineBars', () => {
  const timelineBars = (
    rows: readonly TrialRow[],
    constraints: readonly ConstraintInfo[],
    by: string,
    options: Parameters<TimelineMaker['bars']>[1],
  ) => new TimelineMaker(by, constraints).bars(byEnd(rows), options)
  const at = (number: number, worker: string, startedAtMs: number, endedAtMs: number): TrialRow => ({
    ...complete(number, 0.5 + number / 10),
    worker,
    startedAtMs,
    endedAtMs,
    durationMs: endedAtMs - startedAtMs,
  })
  const trials = [
    at(0, 'cpu-10', 1000, 61_000),
    at(1, 'cpu-2', 1000, 31_000),
    at(2, 'cpu-2', 31_000, 61_000),
    // Half an hour of rest.
    at(3, 'cpu-2', 1_861_000, 1_921_000),
  ]
  const options = { nowMs: 0, cutPauses: false }

  it('has a lane for each worker, in the order of their numbers, and begins at the first start', () => {
    const bars = timelineBars(trials, [], 'accuracy', options)
    expect(bars.workers).toEqual(['cpu-2', 'cpu-10'])
    expect([...bars.ended.lanes]).toEqual([1, 0, 0, 0])
    expect([...bars.ended.from]).toEqual([0, 0, 30_000, 1_860_000])
    expect(bars.range).toEqual({ low: 0.5, high: 0.8 })
    expect(bars.pauses).toEqual([{ fromMs: 60_000, toMs: 1_860_000, lastedMs: 1_800_000 }])
  })

  it('leaves out most of a pause, and says how long it was', () => {
    const bars = timelineBars(trials, [], 'state', { ...options, cutPauses: true })
    // A hundredth of the two minutes in which something ran stays.
    expect(bars.ended.from[3]).toBe(61_200)
    expect(bars.lengthMs).toBe(121_200)
    expect(bars.pauses).toEqual([{ fromMs: 60_000, toMs: 61_200, lastedMs: 1_800_000 }])
  })

  it('makes bars as long as trials took, whatever was done to the date meanwhile', () => {
    const took = (durationMs: number | null, endedAtMs: number): TrialRow => ({
      ...at(0, 'cpu-0', 1000, endedAtMs),
      durationMs,
    })
    const length = (trial: TrialRow): number | undefined => timelineBars([trial], [], 'state', options).ended.to[0]
    expect(length(took(10_000, 3_611_000))).toBe(10_000)
    expect(length(took(null, 3000))).toBe(2000)
    expect(length(took(null, -7_190_000))).toBe(0)
  })

  it('ends the bars of running trials now', () => {
    const { live } = timelineBars([running(0, 5000, 0.5)], [excitatory], excitatory.name, {
      nowMs: 9000,
      cutPauses: true,
    })
    expect([live.from[0], live.to[0], live.values[0]]).toEqual([0, 4000, NaN])
  })

  it('leaves the bars of ended trials as they are while others run, and moves them when a pause is cut otherwise', () => {
    const maker = new TimelineMaker('state', [])
    const ended = trials.slice(0, 3)
    const train = (nowMs: number) =>
      maker.bars({ ended, live: [{ ...running(4, 61_000, 0.5), worker: 'cpu-2' }] }, { nowMs, cutPauses: true })
    const [before, after] = [train(70_000), train(80_000)]
    expect(after.ended).toBe(before.ended)
    expect([before, after].map(({ live }) => live.to[0])).toEqual([69_000, 79_000])
    expect(trialAtTime(after, 0, 70_000, 100)).toBe(4)
    // Before these a trial began that ended long before them.
    const moved = maker.bars({ ended, live: [running(5, -1_000_000, 0.5)] }, { nowMs: 70_000, cutPauses: true })
    expect([...moved.ended.from]).toEqual([1_001_000, 1_001_000, 1_031_000])
  })

  it('knows no pause while a running trial fills it', () => {
    const filled = { ...running(4, 50_000, 0.5), worker: 'cpu-3' }
    const bars = new TimelineMaker('state', []).bars(byEnd([...trials, filled]), { nowMs: 1_900_000, cutPauses: true })
    expect(bars.pauses).toEqual([])
    expect([...bars.ended.from]).toEqual([0, 0, 30_000, 1_860_000])
  })

  it('finds the bar under a time of a lane, and one nearby', () => {
    const bars = timelineBars(trials, [], 'state', options)
    const numberAt = (lane: number, atMs: number): number | null => trialAtTime(bars, lane, atMs, 100)
    expect(numberAt(0, 10_000)).toBe(1)
    expect(numberAt(0, 45_000)).toBe(2)
    expect(numberAt(1, 60_050)).toBe(0)
    expect(numberAt(1, 70_000)).toBeNull()
  })
})

describe('learning curves', () => {
  const trials = [complete(0, 0.5), complete(1, 0.9, 0.1), complete(2, 0.8), stopped(3, 0.2), running(4, 0, 0.5)]
  const numbers = (chosen: readonly TrialRow[]): number[] => chosen.map(({ number }) => number)

  it('are of the best feasible trials first, of what is brushed, and of the selected one', () => {
    const many = Array.from({ length: 40 }, (_, number) => complete(number, number / 40, number >= 30 ? 1 : 0))
    expect(numbers(chosenTrials(many, 'best', null, null))).toEqual(Array.from({ length: 20 }, (_, at) => at + 10))
    expect(numbers(chosenTrials(trials, 'best', new Set([0, 3]), null))).toEqual([0, 3])
    expect(numbers(chosenTrials(trials, 'latest', new Set([0]), 2))).toEqual([0, 2])
  })

  it('lie at the samples of all epochs before', () => {
    const curve = {
      number: 0,
      epoch: Uint16Array.of(0, 1),
      sample: Uint32Array.of(500, 250),
      trainAccuracy: Float32Array.of(NaN, 0.5),
      nonSpiking: [Uint32Array.of(10, 20)],
    }
    const accuracy = { constraint: null, layer: -1 }
    const trial = running(0, 0, 0.5)
    expect(pointsOf({ trial, curve }, accuracy)).toEqual({
      x: Float64Array.of(500, 1250),
      y: Float64Array.of(NaN, 0.5),
    })
    const silence = { constraint: excitatory, layer: 0 }
    expect(pointsOf({ trial, curve }, silence).y).toEqual(Float64Array.of(0.01, 0.02))
    // A trial of a smaller share of the samples: its first epoch ended at the largest look.
    expect(pointsOf({ trial: complete(0, 0.5), curve }, silence)).toEqual({
      x: Float64Array.of(500, 750),
      y: Float64Array.of(0.02, 0.04),
    })
  })
})
