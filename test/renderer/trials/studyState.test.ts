import { describe, expect, it } from 'vitest'
import { summarise } from '../../support/summarise.ts'
import type { StudyState, StudySummary } from '../../../src-core/progress/readModel.ts'
import { availability, runOrPause } from '../../../src-renderer/trials/actions.ts'
import { bannersOf, stateLabel, stateRemark } from '../../../src-renderer/trials/studyState.ts'
import { complete, input, running } from '../../core/progress/fixtures.ts'

const states: StudyState[] = [
  { kind: 'new' },
  { kind: 'running' },
  { kind: 'paused' },
  { kind: 'draining' },
  { kind: 'interrupted' },
  { kind: 'finished', reason: 'trial-budget', detail: '' },
  { kind: 'error', message: 'the disk is full', reason: 'disk-full' },
]

const summary = (
  state: StudyState,
  rest: { readOnly?: boolean; measured?: boolean; dataWarnings?: readonly string[] } = {},
): StudySummary =>
  summarise({
    ...input({ state, readOnly: rest.readOnly ?? false, dataWarnings: rest.dataWarnings ?? [] }),
    trials: rest.measured === true ? [complete(0, 0.5)] : [],
  })

const possible = (of: StudySummary): string[] =>
  Object.entries(availability(of))
    .filter(([, available]) => available.possible)
    .map(([action]) => action)

describe('what can be done with a study', () => {
  it.each<[StudyState['kind'], string[]]>([
    ['new', ['resumeStudy']],
    ['running', ['pauseStudy', 'pauseStudyNow', 'leaveStudy']],
    ['paused', ['resumeStudy']],
    ['draining', ['resumeStudy', 'pauseStudyNow']],
    ['interrupted', ['resumeStudy']],
    ['finished', []],
    ['error', ['resumeStudy']],
  ])('%s: %j', (kind, expected) => {
    const state = states.find((candidate) => candidate.kind === kind)
    expect(state).toBeDefined()
    expect(state && possible(summary(state))).toEqual(expected)
  })

  it('exports as soon as something was measured', () => {
    expect(possible(summary({ kind: 'paused' }, { measured: true }))).toContain('exportBest')
    expect(possible(summary({ kind: 'paused' }))).not.toContain('exportBest')
  })

  it('asks what runs in the background, which cannot be left there again', () => {
    const running = { ...summary({ kind: 'running' }, { readOnly: true }), inBackground: true as const }
    expect(possible(running)).toEqual(['pauseStudy', 'pauseStudyNow'])
    expect(availability(running).leaveStudy).toEqual({ possible: false, reason: 'It runs in the background already.' })
  })

  it('changes nothing that another application writes to, and says why', () => {
    for (const state of states) {
      const { pauseStudy, resumeStudy, pauseStudyNow } = availability(summary(state, { readOnly: true }))
      for (const available of [pauseStudy, resumeStudy, pauseStudyNow]) {
        expect(available).toEqual({
          possible: false,
          reason: 'Another application writes to this study: it is read-only here.',
        })
      }
    }
  })

  it('names the one button by what it does', () => {
    expect(states.map((state) => runOrPause(summary(state)).word)).toEqual([
      'Start',
      'Pause',
      'Resume',
      'Resume',
      'Resume',
      'Resume',
      'Resume',
    ])
  })
})

describe('how a state is shown', () => {
  it('by a word and an icon, each state by another pair', () => {
    const pairs = states.map((state) => `${stateLabel(state).word} ${stateLabel(state).icon}`)
    expect(new Set(pairs).size).toBe(states.length)
  })

  it('says what is waited for, and how long', () => {
    const trials = [complete(0, 0.5), running(3, 0, 0.25, 60_000), running(1, 0, 0.5, 60_000)]
    const draining = summarise({ ...input({ state: { kind: 'draining' } }), trials })
    expect(stateRemark(draining)?.replaceAll('\u00a0', ' ')).toBe('Waiting for trials 1 and 3, about 3 min 00 s.')
    expect(stateRemark({ ...draining, waitsFor: null })).toBeNull()
  })

  it('warns of what a person must know, the lock first', () => {
    expect(bannersOf(summary({ kind: 'interrupted' }, { readOnly: true })).map(({ title }) => title)).toEqual([
      'Read-only.',
      'Interrupted.',
    ])
    expect(bannersOf(summary({ kind: 'error', message: 'the disk is full', reason: 'disk-full' }))[0]?.text).toBe(
      'the disk is full',
    )
    expect(bannersOf(summary({ kind: 'running' }, { dataWarnings: ['One.', 'Two.'] }))).toEqual([
      { tone: 'warning', title: 'Look at the data.', text: 'One. Two.' },
    ])
    expect(bannersOf({ ...summary({ kind: 'running' }), checkpointProblem: 'Trial 3 begins anew.' })).toEqual([
      { tone: 'warning', title: 'Checkpoints.', text: 'Trial 3 begins anew.' },
    ])
    expect(bannersOf(summary({ kind: 'running' }))).toEqual([])
  })
})
