import { describe, expect, it } from 'vitest'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { constantAmong, histogramPath, LiveStatistics } from '../../../src-renderer/table/columnStatistics.ts'
import {
  constantHyperparameters,
  initialLayout,
  orderedColumns,
  placeColumns,
  withMoved,
  withPinned,
  withVisible,
  withWidth,
} from '../../../src-renderer/table/columnLayout.ts'
import { type TableColumn, tableColumns } from '../../../src-renderer/table/columns.ts'
import { complete, row } from '../../core/progress/fixtures.ts'

const space: SearchSpace = {
  learningRatePost: { type: 'real', low: 1e-4, high: 1, sampler: 'log-uniform' },
}
const columns = tableColumns({
  constraints: [{ name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }],
  hyperparameters: ['learningRatePost', 'mapSize', 'decoder'],
  metrics: ['accuracy', 'energy'],
  space,
})
const keyed = (key: string): TableColumn => {
  const column = columns.find((candidate) => candidate.key === key)
  if (column === undefined) throw new Error(`no column ${key}`)
  return column
}
const drawn = (layout = initialLayout, constant: readonly string[] = []): string[] =>
  placeColumns(columns, layout, new Set(constant)).map(({ column }) => column.key)

describe('the columns of the trial table', () => {
  it('are those of trial, results, constraints, hyperparameters in reading order, metrics', () => {
    expect(columns.map(({ key }) => key)).toEqual([
      'number',
      'pinned',
      'state',
      'tags',
      'note',
      'objective',
      'silence:excitatory',
      'duration',
      'decoder',
      'mapSize',
      'learningRatePost',
      'energy',
      'timeSaved',
      'violation',
      'seed',
      'attempt',
      'worker',
      'remark',
    ])
  })

  it('writes a share as a percentage, and reads what is missing as nothing', () => {
    const trial = { ...complete(0, 0.5), constraints: [{ name: 'silence:excitatory', value: -0.01 }] }
    const share = keyed('silence:excitatory').value(trial)
    expect(share).toBeCloseTo(0.04)
    expect(keyed('silence:excitatory').text(share ?? 0)).toBe('4.00\u00a0%')
    expect(keyed('mapSize').value(trial)).toBeNull()
  })

  it('has star, tags and note near the left, whatever is measured', () => {
    const sources = { constraints: [], hyperparameters: [], metrics: [], space }
    const placed = placeColumns(tableColumns({ ...sources, hasReplicates: true }), initialLayout, new Set())
    const note = placed.findIndex(({ column }) => column.key === 'note')
    expect(placed.slice(0, note + 1).map(({ column }) => column.key)).toEqual([
      'number',
      'pinned',
      'state',
      'tags',
      'note',
    ])
    // A third of a window of 1440 pixels.
    expect(placed.slice(0, note + 1).reduce((sum, { width }) => sum + width, 0)).toBeLessThan(480)
  })

  it('hides constant hyperparameters unless a person chose them, and says which; never what trials came to', () => {
    const results = ['number', 'pinned', 'state', 'objective', 'silence:excitatory', 'duration']
    expect(drawn(initialLayout, [...results, 'mapSize', 'decoder'])).toEqual(
      drawn().filter((key) => key !== 'mapSize' && key !== 'decoder'),
    )
    const hidden = (layout = initialLayout): string[] =>
      constantHyperparameters(columns, layout, new Set([...results, 'mapSize', 'decoder'])).map(({ key }) => key)
    expect(hidden()).toEqual(['decoder', 'mapSize'])
    expect(hidden(withVisible(initialLayout, 'mapSize', false))).toEqual(['decoder'])
    expect(drawn()).toContain('mapSize')
    expect(drawn(initialLayout, ['mapSize'])).not.toContain('mapSize')
    expect(drawn(withVisible(initialLayout, 'mapSize', true), ['mapSize'])).toContain('mapSize')
    expect(drawn({ ...initialLayout, hideConstant: false }, ['mapSize'])).toContain('mapSize')
  })

  it('pins columns at the left, one behind the other', () => {
    const layout = withWidth(withPinned(initialLayout, 'objective', true), 'number', 60)
    const placed = placeColumns(columns, layout, new Set())
    expect(placed.slice(0, 3).map(({ column, left }) => [column.key, left])).toEqual([
      ['number', 0],
      ['objective', 60],
      ['pinned', null],
    ])
    expect(drawn(withPinned(layout, 'number', false))[0]).toBe('objective')
  })

  it('moves a column to the place of another; one that comes later keeps its neighbour', () => {
    const layout = withMoved(initialLayout, columns, 'mapSize', 'state')
    expect(drawn(layout).slice(0, 3)).toEqual(['number', 'pinned', 'mapSize'])
    const behind = columns.indexOf(keyed('objective')) + 1
    const more = [...columns.slice(0, behind), { ...keyed('objective'), key: 'new' }, ...columns.slice(behind)]
    const keys = orderedColumns(more, layout).map(({ key }) => key)
    expect(keys[keys.indexOf('new') - 1]).toBe('objective')
    expect(keys).toHaveLength(columns.length + 1)
  })

  it('keeps widths within what can be read', () => {
    expect(withWidth(initialLayout, 'state', 3).widths).toEqual({ state: 48 })
  })
})

describe('the statistics of a column', () => {
  const trials = [1e-4, 1e-3, 1e-2, 1e-1, 1].map((learningRatePost, number) =>
    row(number, { configuration: { learningRatePost, mapSize: 100, decoder: number < 2 ? 'vote' : 'all' } }),
  )

  it('bins a searched hyperparameter on its own scale', () => {
    const { bins, low, high, count, axis } = new LiveStatistics(keyed('learningRatePost')).of(trials)
    expect([low, high, count]).toEqual([1e-4, 1, 5])
    expect(bins.flatMap((value, at) => (value > 0 ? [at] : []))).toEqual([0, 5, 10, 15, 19])
    expect(axis.fromUnit(0.5)).toBeCloseTo(1e-2)
  })

  it('counts categories, and finds what is constant', () => {
    expect(new LiveStatistics(keyed('decoder')).of(trials).categories).toEqual([
      ['all', 3],
      ['vote', 2],
    ])
    expect(new LiveStatistics(keyed('mapSize')).of(trials).constant).toBe(true)
    expect(new LiveStatistics(keyed('mapSize')).of(trials.slice(0, 1)).constant).toBe(false)
    expect(new LiveStatistics(keyed('objective')).of(trials)).toMatchObject({ count: 0, constant: false })
  })

  it('stays the same as if made anew, whatever came before', () => {
    const lists = [
      trials,
      [...trials.slice(0, 4), row(4, { configuration: { learningRatePost: 0.5, decoder: 'one' } }), row(5)],
      [
        ...trials.slice(0, 2),
        row(2, { configuration: { learningRatePost: 1e-3, decoder: 'vote' } }),
        ...trials.slice(3),
      ],
      trials.slice(1, 3),
      [],
      trials,
    ]
    for (const key of ['learningRatePost', 'decoder', 'mapSize', 'objective']) {
      const live = new LiveStatistics(keyed(key))
      for (const list of lists) {
        const { axis, ...found } = live.of(list)
        const { axis: anewAxis, ...anew } = new LiveStatistics(keyed(key)).of(list)
        expect(found).toEqual(anew)
        expect(axis.toUnit(0.01)).toBe(anewAxis.toUnit(0.01))
      }
    }
  })

  it('finds constant columns as the statistics do', () => {
    const columns = ['learningRatePost', 'decoder', 'mapSize', 'objective'].map(keyed)
    expect([...constantAmong(columns, trials)]).toEqual(['mapSize'])
    expect([...constantAmong(columns, trials.slice(0, 1))]).toEqual([])
  })

  it('draws every bin that is not empty', () => {
    expect(histogramPath([0, 1000, 1], 30, 10)).toBe('M10.00 10V0.00h8.60V10zM20.00 10V8.50h8.60V10z')
  })
})
