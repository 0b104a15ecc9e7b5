import { describe, expect, it } from 'vitest'
import {
  finishedMembers,
  type MemberOverview,
  memberOverview,
  timeLeftOf,
} from '../../../src-core/experiment/experimentOverview.ts'
import type { StudyState, StudySummary } from '../../../src-core/progress/readModel.ts'
import { createSummaryAccumulator } from '../../../src-core/progress/summarise.ts'
import { input } from '../progress/fixtures.ts'

const finished: StudyState = { kind: 'finished', reason: 'trial-budget', detail: '' }

const member = (
  variant: string,
  seed: number,
  rest: Partial<StudySummary> | null,
  trials: number | null = 10,
): MemberOverview =>
  memberOverview(
    { variant, seed, trials },
    rest === null ? null : `s-${seed}`,
    rest === null ? null : { ...createSummaryAccumulator().summary(input()), ...rest },
  )

describe('the time that is left of an experiment', () => {
  it('is of each study what those of its variant took, else of all', () => {
    const members = [
      member('grid', 1, { state: finished, elapsedMs: 90_000 }),
      member('search', 1, { state: finished, elapsedMs: 10_000 }),
      member('search', 2, { state: finished, elapsedMs: 20_000 }),
      member('search', 3, null),
      member('other', 1, null),
    ]
    expect(finishedMembers(members)).toBe(3)
    expect(timeLeftOf(members)).toBe(15_000 + 40_000)
  })

  it('is as much as it has trials where no study of its variant tells', () => {
    const grid = member('grid', 1, { state: finished, elapsedMs: 90_000 }, 240)
    expect(timeLeftOf([grid, member('search', 1, null, 40)])).toBe(15_000)
    expect(timeLeftOf([grid, member('search', 1, null, null)])).toBe(90_000)
  })

  it('is that of the study which runs, and of a paused one what is missing', () => {
    const members = [
      member('a', 1, { state: finished, elapsedMs: 10_000 }),
      member('a', 2, { state: { kind: 'running' }, elapsedMs: 4000, timeLeftMs: 8000 }),
      member('a', 3, { state: { kind: 'paused' }, elapsedMs: 9000, timeLeftMs: null }),
    ]
    expect(timeLeftOf(members)).toBe(8000 + 2000)
  })

  it('is not known before any study tells, and there is none when all are finished or gone', () => {
    expect(timeLeftOf([member('a', 1, null)])).toBeNull()
    const gone = memberOverview({ variant: 'a', seed: 2, trials: 10 }, 'a-2', null)
    expect(gone.state).toBe('gone')
    expect(timeLeftOf([member('a', 1, { state: finished, elapsedMs: 10_000 }), gone])).toBeNull()
  })
})
