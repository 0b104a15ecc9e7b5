import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { shownObjective } from '../../../src-core/study/studyWords.ts'
import {
  commonMetric,
  compareStudies,
  studyComparisonSchema,
  type StudyRecord,
  targetOf,
} from '../../../src-core/studyComparison/comparison.ts'
import { curvesRows } from '../../../src-core/studyComparison/curvesTable.ts'
import { optimumTable } from '../../../src-core/studyComparison/optimumTable.ts'
import { unreadable } from '../../../src-main/library/studyOverviews.ts'
import { complete } from '../progress/fixtures.ts'
import { curveOf } from './curves.ts'

const record = (id: string, changes: object = {}, objectives: readonly number[] = [0.5]): StudyRecord => {
  const given = {
    version: 2,
    name: 'tried',
    dataset: { name: 'iris' },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons', goals: [] },
    space: { maxSpikes: { type: 'integer', low: 2, high: 12 } },
    optimiser: { type: 'random' },
    budget: { trials: 10 },
    ...changes,
  }
  const definition = decodeDefinition(stringify(given), id)
  const summary: StudySummary = { ...unreadable(id, `/${id}`, null), metric: shownObjective(definition) }
  return {
    summary,
    definition,
    curve: curveOf(objectives.map((objective, number) => complete(number, objective))),
    stoppedShare: 0,
    optimum: { maxSpikes: 4 },
  }
}

describe('a comparison', () => {
  const records = [
    record('a', { seeds: { optimiser: 1 } }),
    record('b', { optimiser: { type: 'tpe' } }, [0.7]),
    record('c', { seeds: { optimiser: 9 }, name: 'other', description: 'the same', keepNetworks: 3 }),
  ]

  it('groups what differs in seeds alone, and names groups by what sets them apart', () => {
    const { groups, studies, warnings } = compareStudies(records, [])
    expect(studies.map(({ group }) => group)).toEqual([0, 1, 0])
    expect(groups).toEqual([{ name: 'random' }, { name: 'b' }])
    expect(warnings).toEqual([])
    const named = compareStudies(records, [], ['SCBO', 'TPE', 'TPE'])
    expect(named.groups).toEqual([{ name: 'SCBO' }, { name: 'TPE' }])
    expect(named.studies.map(({ group }) => group)).toEqual([0, 1, 1])
  })

  it('says in what definitions differ, by section, and nothing else', () => {
    expect(compareStudies(records, []).differences).toEqual([
      {
        section: 'optimiser',
        rows: [
          { path: 'type', values: ['random', 'tpe', 'random'] },
          { path: 'startup', values: [null, '10', null] },
          { path: 'candidates', values: [null, '24', null] },
        ],
      },
      { section: 'keepNetworks', rows: [{ path: '', values: ['10', '10', '3'] }] },
      { section: 'seeds', rows: [{ path: 'optimiser', values: ['1', '1', '9'] }] },
    ])
    expect(compareStudies([record('a'), record('b')], []).differences).toEqual([])
  })

  it('warns where values cannot be compared, and takes the target among studies of one objective', () => {
    const mixed = compareStudies(
      [
        record('a'),
        record('b', { dataset: { name: 'wine' } }, [0.9]),
        record('c', { objective: { metric: 'spikesPerSample' } }, [-12]),
      ],
      [],
    )
    expect(mixed.warnings).toEqual([
      expect.stringContaining('different things'),
      expect.stringContaining('different datasets'),
    ])
    expect(commonMetric(mixed.studies)).toBe('accuracy')
    expect(targetOf(mixed, 'accuracy')).toBe(0.5)
    expect(targetOf(mixed, 'spikesPerSample')).toBe(-12)
    expect([...curvesRows(mixed)].at(-1)).toEqual(['c', 'c', 'spikesPerSample', null, 12, 1, 1, 1000, 1000])
  })

  it('crosses to the window as it is', () => {
    const compared = compareStudies(records, [{ study: 'gone', message: 'There is no study gone.' }])
    expect(studyComparisonSchema.parse(structuredClone(compared))).toEqual(compared)
  })
})

describe('optima', () => {
  const space = { size: { type: 'integer', low: 1, high: 100, sampler: 'log-uniform' } } as const
  const optimum = (hyperparameters: Record<string, number | string> | null, more = {}) => ({
    hyperparameters,
    space: { ...space, ...more },
  })

  it('agree as far as they lie apart in the whole range, on its scale', () => {
    const [row] = optimumTable([optimum({ size: 1 }), optimum({ size: 100 }), optimum(null)])
    expect(row?.values).toEqual([1, 100, null])
    // The integers of a range reach half beyond it: log(100 / 1) of log(100.5 / 0.5).
    const share = Math.log(100) / Math.log(100.5 / 0.5)
    expect(row?.agreement).toEqual({ kind: 'spread', share: expect.closeTo(share) as number })
  })

  it('are the same, or most have one choice', () => {
    const choices = { code: { type: 'categorical', choices: ['bins', 'argyle'] } }
    const rows = optimumTable(
      ['bins', 'argyle', 'bins'].map((code) => optimum({ size: 3, code, fixedToo: 1 }, choices)),
    )
    expect(rows.map(({ name, agreement }) => [name, agreement])).toEqual([
      ['size', { kind: 'same' }],
      ['code', { kind: 'most', value: 'bins', studies: 2, of: 3 }],
    ])
  })
})
