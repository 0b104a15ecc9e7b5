import { describe, expect, it } from 'vitest'
import { logBook, type LoggedEvent, type LoggedTrial, ownLineProblem } from '../../../src-core/library/logBook.ts'

const event = (atMs: number, kind: string, detail: string | null = null, trial: number | null = null): LoggedEvent => ({
  atMs,
  kind,
  detail,
  trial,
})
const measured = (number: number, endedAtMs: number, objective: number, violation = 0): LoggedTrial => ({
  number,
  endedAtMs,
  objective,
  violation,
})
const lines = (events: readonly LoggedEvent[], trials: readonly LoggedTrial[] = []): string[] =>
  logBook({ createdAtMs: 0, events, measured: trials, metric: 'accuracy', durationText: (ms) => `${ms} ms` })
    .map(({ atMs, kind, text }) => `${atMs} ${kind} ${text}`)
    .reverse()

describe('the log book of a study', () => {
  it('tells what happened to the study, the latest first, and what a person wrote', () => {
    expect(
      lines([
        event(1, 'running'),
        event(2, 'asked', null, 0),
        event(2, 'finished', 'complete', 0),
        event(2, 'paused', 'waiting', 1),
        event(3, 'paused'),
        event(4, 'running'),
        event(5, 'workers', '3'),
        event(6, 'noted', 'new graphics card'),
        event(7, 'slept', '90'),
        event(8, 'hook-failed', 'onEnd ended with code 1'),
        event(9, 'labelled', JSON.stringify({ title: 'Mine', tags: ['a', 'b'], archived: true })),
        event(10, 'damaged', 'not what was written', 4),
        event(11, 'networks-forgotten', '7'),
        event(12, 'networks-forgotten', '7 8 9'),
        event(13, 'backed-up', '/backups/mine.tar'),
        event(14, 'finished', 'the budget of 10 trials is used.'),
      ]),
    ).toEqual([
      '0 event Created.',
      '1 event Started.',
      '3 event Paused.',
      '4 event Resumed.',
      '5 event Workers were set to 3.',
      '6 own new graphics card',
      '7 event The machine slept for 90 ms.',
      '8 problem A hook failed: onEnd ended with code 1',
      '9 event It was renamed to “Mine”; it is tagged a, b; it was archived.',
      '10 problem Trial 4 is damaged: not what was written',
      '12 event The networks of 3 trials are kept no longer.',
      '13 event Backed up to /backups/mine.tar.',
      '14 event Finished: the budget of 10 trials is used.',
    ])
  })

  it('has a line for each feasible trial that was better than all before it', () => {
    const trials = [
      measured(0, 10, 0.9, 0.5),
      measured(1, 20, 0.5),
      measured(2, 30, 0.5),
      measured(3, 40, 0.4),
      measured(5, 50, 0.75),
    ]
    expect(lines([], trials)).toEqual([
      '0 event Created.',
      '20 best Best so far: trial 1, accuracy 0.5000.',
      '50 best Best so far: trial 5, accuracy 0.7500.',
    ])
  })

  it('survives entries that no version of it wrote', () => {
    const odd = [
      event(1, 'labelled', 'no JSON'),
      event(2, 'devices', '['),
      event(3, 'constructor', 'x'),
      event(4, 'labelled'),
    ]
    expect(lines(odd)).toEqual(['0 event Created.', '2 event Workers were set by device.'])
  })

  it('takes no empty or endless line', () => {
    expect(ownLineProblem(' \n ')).toContain('empty')
    expect(ownLineProblem('x'.repeat(10_001))).toContain('at most')
    expect(ownLineProblem('seen by\nme')).toBeNull()
  })
})
