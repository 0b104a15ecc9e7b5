import { describe, expect, it } from 'vitest'
import { noLabels, type StudyLabels } from '../../../src-core/library/studyLabels.ts'
import {
  allStudies,
  countedValues,
  isFiltering,
  passes,
  sortedStudies,
  type StudyFilter,
  titleOf,
} from '../../../src-core/library/studyFilter.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { stoppedShareOf, silenceReport } from '../../../src-core/progress/silenceReport.ts'
import { summarise } from '../../support/summarise.ts'
import { complete, input, row, stopped } from '../progress/fixtures.ts'

const study = (id: string, labels: Partial<StudyLabels> = {}, objective: number | null = null): StudySummary =>
  summarise({
    ...input({ id, folder: `/studies/${id}`, labels: { ...noLabels, ...labels } }),
    trials: objective === null ? [] : [complete(0, objective)],
  })
const studies = [
  study('net-10', { tags: ['paper', 'seed 1'] }, 0.5),
  study('Net-2', { title: 'Without inhibition', tags: ['paper'], note: 'Odd: see LOG' }),
  study('other-1', { archived: true }, 0.75),
]
const found = (filter: Partial<StudyFilter>): string[] =>
  studies.filter(passes({ ...allStudies, ...filter })).map(({ id }) => id)

describe('the studies that are listed', () => {
  it('are those with every word and tag, whatever the case; archived ones where they are asked for', () => {
    expect(found({})).toEqual(['net-10', 'Net-2'])
    expect(found({ archived: 'with' })).toHaveLength(3)
    expect(found({ archived: 'only' })).toEqual(['other-1'])
    expect(found({ text: 'NET 2' })).toEqual(['Net-2'])
    expect(found({ text: 'inhibition log' })).toEqual(['Net-2'])
    expect(found({ text: 'mnist random' })).toHaveLength(2)
    expect(found({ tags: ['paper', 'seed 1'] })).toEqual(['net-10'])
    expect(found({ states: ['paused'] })).toEqual([])
    expect(found({ datasets: ['mnist'], optimisers: ['random'], networks: ['diehl-cook'] })).toHaveLength(2)
    expect(found({ optimisers: ['scbo'] })).toEqual([])
    expect([isFiltering(allStudies), isFiltering({ ...allStudies, tags: ['x'] })]).toEqual([false, true])
  })

  it('are sorted as people sort names; what is not known comes last either way', () => {
    const sorted = (keyOf: (study: StudySummary) => string | number | null, descending: boolean): string[] =>
      sortedStudies(studies, keyOf, descending).map(({ id }) => id)
    expect(sorted(({ id }) => id, false)).toEqual(['Net-2', 'net-10', 'other-1'])
    expect(sorted(({ id }) => id, true)).toEqual(['other-1', 'net-10', 'Net-2'])
    expect(sorted(({ best }) => best?.objective ?? null, true)).toEqual(['other-1', 'net-10', 'Net-2'])
    expect(sorted(({ best }) => best?.objective ?? null, false)).toEqual(['net-10', 'other-1', 'Net-2'])
    expect(studies.map(titleOf)).toEqual(['net-10', 'Without inhibition', 'other-1'])
    expect(countedValues(studies, ({ labels }) => labels.tags)).toEqual([
      { value: 'paper', studies: 2 },
      { value: 'seed 1', studies: 1 },
    ])
  })

  it('have the stopped share of the report of their trials: pruned ones are finished, and were not silent', () => {
    const pruned = row(3, {
      state: 'stopped',
      stop: { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.1, threshold: 0.2, trials: 5 },
    })
    const trials = [complete(0, 0.5), stopped(1, 0.1), stopped(2, 0.1), pruned, row(4, { state: 'failed' }), row(5)]
    const summary = summarise({ ...input(), trials })
    expect(summary.silent).toBe(2)
    expect(stoppedShareOf(summary)).toBe(0.4)
    expect(stoppedShareOf(summary)).toBe(silenceReport(trials).stoppedShare)
  })
})
