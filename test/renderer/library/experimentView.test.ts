import { describe, expect, it } from 'vitest'
import type { ShownExperiment } from '../../../src-core/contracts/window/experimentCalls.ts'
import { memberOverview } from '../../../src-core/experiment/experimentOverview.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { createSummaryAccumulator } from '../../../src-core/progress/summarise.ts'
import { experimentView } from '../../../src-renderer/library/experimentView.ts'
import { input } from '../../core/progress/fixtures.ts'

const summary = (id: string, rest: Partial<StudySummary> = {}): StudySummary => ({
  ...createSummaryAccumulator().summary(input()),
  id,
  state: { kind: 'finished', reason: 'trial-budget', detail: '' },
  best: { number: 3, objective: 0.9, violation: 0, feasible: true },
  elapsedMs: 60_000,
  timeLeftMs: null,
  ...rest,
})

const experiment = (rest: Partial<ShownExperiment> = {}): ShownExperiment => ({
  name: 'duel',
  description: '',
  folder: '/library/experiments/duel',
  createdAtMs: 0,
  running: false,
  here: false,
  timeLeftMs: null,
  members: [
    memberOverview({ variant: 'a', seed: 1, trials: 10 }, 'duel-a-1', summary('duel-a-1')),
    memberOverview({ variant: 'b', seed: 2, trials: 10 }, 'duel-b-1', null),
    memberOverview({ variant: 'a', seed: 2, trials: 10 }, null, null),
  ],
  ...rest,
})

const textsOf = (one: ShownExperiment, summaries: readonly StudySummary[] = []) =>
  experimentView(one, summaries).rows.map(({ variant, cells }) => [variant, ...cells.map((cell) => cell?.text ?? '')])

describe('an experiment in the library', () => {
  it('is a table of variants and seeds: what each came to, or where it stands', () => {
    expect(textsOf(experiment())).toEqual([
      ['a', '0.9000', 'waits'],
      ['b', '', 'gone'],
    ])
    expect(experimentView(experiment(), [])).toMatchObject({
      seeds: [1, 2],
      finished: 1,
      total: 3,
      gone: 1,
      comparable: [{ id: '/studies/progress-1', group: 'a' }],
      timeLeftMs: 60_000,
    })
  })

  it('has its studies as they are now', () => {
    const now = summary('duel-a-1', { state: { kind: 'running' }, elapsedMs: 30_000, timeLeftMs: 10_000 })
    expect(textsOf(experiment(), [now])[0]).toEqual(['a', 'Running', 'waits'])
    expect(experimentView(experiment(), [now])).toMatchObject({ finished: 0, timeLeftMs: 50_000 })
  })

  it('says who runs it, whether it has begun, and whether it is done', () => {
    const word = (rest: Partial<ShownExperiment>) => experimentView(experiment(rest), []).label.word
    expect(word({ running: true, here: true })).toBe('Running')
    expect(word({ running: true })).toBe('Runs in another application')
    expect(word({})).toBe('Paused')
    expect(word({ members: [memberOverview({ variant: 'a', seed: 1, trials: 1 }, null, null)] })).toBe('New')
    expect(word({ members: experiment().members.slice(0, 1) })).toBe('Finished')
  })
})
