import { describe, expect, it } from 'vitest'
import { summarise } from '../../support/summarise.ts'
import type { OpenedStudy } from '../../../src-core/contracts/window/libraryCalls.ts'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import type { StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import {
  applyChange,
  keepUnchanged,
  mergeSummary,
  mergeTrials,
  newestFirst,
  trialByNumber,
  viewOf,
} from '../../../src-renderer/trials/studyView.ts'
import { complete, input, row, running } from '../../core/progress/fixtures.ts'

const summaryOf = (trials: TrialRow[], id = 'a-1', createdAtMs = 0): StudySummary =>
  summarise({ ...input({ id, folder: `/studies/${id}`, createdAtMs }), trials })

const opened = (trials: TrialRow[], changed: TrialRow[] = []): OpenedStudy => ({
  summary: summaryOf(trials),
  constraints: [],
  limits: [],
  definitionYaml: 'version: 2\n',
  trials: packTrials(trials),
  changed,
})

describe('the view of a study', () => {
  it('keeps trials by rising number, whatever the order they come in', () => {
    const view = viewOf(opened([row(2), row(0), row(1)]))
    expect(view.trials.map(({ number }) => number)).toEqual([0, 1, 2])
    const merged = mergeTrials([row(0), row(5)], [row(7), complete(5, 0.5), row(2)])
    expect(merged.map(({ number, state }) => [number, state])).toEqual([
      [0, 'waiting'],
      [2, 'waiting'],
      [5, 'complete'],
      [7, 'waiting'],
    ])
  })

  it('leaves the view before a change as it was', () => {
    const view = viewOf(opened([running(0, 0, 0.1)]))
    const after = applyChange(view, { summary: summaryOf([complete(0, 0.7)]), trials: [complete(0, 0.7)] })
    expect(view.trials[0]?.state).toBe('running')
    expect(after.trials[0]?.state).toBe('complete')
    expect(after.summary.best?.objective).toBe(0.7)
  })

  it('keeps those that have ended apart, the same while none of them changes', () => {
    const view = viewOf(opened([complete(0, 0.5), running(1, 0, 0.1), row(2)]))
    const numbersOf = (trials: readonly TrialRow[]) => trials.map(({ number }) => number)
    expect([view.ended, view.live].map(numbersOf)).toEqual([[0], [1, 2]])
    const change = (trials: TrialRow[]) => applyChange(view, { summary: view.summary, trials })
    const trained = change([running(1, 0, 0.6), running(3, 0, 0)])
    expect(trained.ended).toBe(view.ended)
    expect(trained.live.map(({ number, progress }) => [number, progress?.samplesDone])).toEqual([
      [1, running(1, 0, 0.6).progress?.samplesDone],
      [2, undefined],
      [3, running(3, 0, 0).progress?.samplesDone],
    ])
    expect([change([complete(1, 0.7)])].map(({ ended, live }) => [ended, live].map(numbersOf))).toEqual([[[0, 1], [2]]])
    // One that begins anew has not ended.
    expect([change([row(0)])].map(({ ended, live }) => [ended, live].map(numbersOf))).toEqual([[[], [0, 1, 2]]])
  })

  it('has what changed while it was opened, and every name that occurs in trials', () => {
    const view = viewOf(opened([running(0, 0, 0.1)], [complete(0, 0.7)]))
    expect(view.trials.map(({ state }) => state)).toEqual(['complete'])
    expect(view.names).toEqual({
      hyperparameters: Object.keys(complete(0, 0.7).configuration),
      metrics: Object.keys(complete(0, 0.7).metrics),
      hasReplicates: false,
    })
    const same = applyChange(view, { summary: view.summary, trials: [complete(1, 0.8)] })
    expect(same.names).toBe(view.names)
    const named = { ...complete(2, 0.9), configuration: { odd: 1 }, metrics: { spikes: 7 } }
    const after = applyChange(view, { summary: view.summary, trials: [named] })
    expect(after.names.hyperparameters).toEqual([...view.names.hyperparameters, 'odd'])
    expect(after.names.metrics).toEqual([...view.names.metrics, 'spikes'])
  })

  it('finds a trial by number, where numbers are missing too', () => {
    const trials = [row(0), row(3), row(9)]
    expect(trialByNumber(trials, 3)?.number).toBe(3)
    expect(trialByNumber(trials, 4)).toBeNull()
    expect(trialByNumber(trials, 10)).toBeNull()
  })
})

describe('the list of studies', () => {
  it('replaces a changed summary in its place, and puts a new one first', () => {
    const list = [summaryOf([], 'a-1'), summaryOf([], 'b-1')]
    expect(
      mergeSummary(list, summaryOf([complete(0, 0.9)], 'b-1')).map(({ id, best }) => [id, best?.objective]),
    ).toEqual([
      ['a-1', undefined],
      ['b-1', 0.9],
    ])
    expect(mergeSummary(list, summaryOf([], 'c-1')).map(({ id }) => id)).toEqual(['c-1', 'a-1', 'b-1'])
  })

  it('stands newest first', () => {
    const list = [summaryOf([], 'old', 1), summaryOf([], 'new', 3), summaryOf([], 'between', 2)]
    expect(newestFirst(list).map(({ id }) => id)).toEqual(['new', 'between', 'old'])
  })
})

describe('a list of studies that is read again', () => {
  it('keeps what has not changed, and has what is new, changed or gone', () => {
    const before = [summaryOf([complete(0, 0.7)]), summaryOf([], 'b-1')]
    expect(keepUnchanged(before, [summaryOf([complete(0, 0.7)]), summaryOf([], 'b-1')])).toBe(before)
    const after = keepUnchanged(before, [summaryOf([complete(0, 0.8)]), summaryOf([], 'b-1'), summaryOf([], 'c-1')])
    expect(after.map(({ id, best }) => [id, best?.objective])).toEqual([
      ['a-1', 0.8],
      ['b-1', undefined],
      ['c-1', undefined],
    ])
    expect(after[1]).toBe(before[1])
    expect(keepUnchanged(before, before.slice(1))).toEqual(before.slice(1))
  })
})
