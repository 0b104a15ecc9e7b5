import { describe, expect, it } from 'vitest'
import { summarise } from '../../support/summarise.ts'
import type { StudyChange, TrialRow } from '../../../src-core/progress/readModel.ts'
import { ChangeFeed, type Schedule, slowdown } from '../../../src-main/electron/changeFeed.ts'
import { complete, input, running } from '../../core/progress/fixtures.ts'

/** A clock that moves when it is told to. */
const manualClock = () => {
  let waiting: { action: () => void; dueMs: number }[] = []
  let nowMs = 0
  const schedule: Schedule = (action, delayMs) => {
    const entry = { action, dueMs: nowMs + delayMs }
    waiting.push(entry)
    return () => {
      waiting = waiting.filter((other) => other !== entry)
    }
  }
  const advance = (byMs: number): void => {
    nowMs += byMs
    const due = waiting.filter(({ dueMs }) => dueMs <= nowMs)
    waiting = waiting.filter(({ dueMs }) => dueMs > nowMs)
    for (const { action } of due) action()
  }
  return { schedule, advance }
}

const change = (trials: TrialRow[], id = 'a-1', elapsedMs = 0): StudyChange => ({
  summary: summarise({ ...input({ id, folder: `/studies/${id}`, elapsedMs }), trials }),
  trials,
})

const setUp = () => {
  const clock = manualClock()
  const sent: StudyChange[] = []
  const feed = new ChangeFeed((one) => sent.push(one), 100, clock.schedule)
  return { clock, sent, feed }
}

describe('the feed of changes', () => {
  it('tells of a study of many trials more rarely, of its state alone as often as ever', () => {
    const { clock, sent, feed } = setUp()
    const counts = { waiting: 0, running: 0, complete: 30_000, stopped: 0, failed: 0 }
    const large = change([complete(0, 0.5)])
    const told = { ...large, summary: { ...large.summary, counts } }
    feed.push(told, true)
    clock.advance(299)
    expect(sent).toEqual([])
    clock.advance(1)
    expect(sent).toEqual([told])
    feed.push(told, false)
    clock.advance(100)
    expect(sent[1]?.trials).toEqual([])
  })

  it('never leaves a study untold for long', () => {
    const { summary } = change([])
    expect(slowdown(summary)).toBe(1)
    expect(slowdown({ ...summary, counts: { ...summary.counts, complete: 10_000_000 } })).toBe(10)
  })

  it('joins a burst into one change: the latest summary, the latest row of each trial', () => {
    const { clock, sent, feed } = setUp()
    feed.push(change([running(0, 0, 0.1)], 'a-1', 1), true)
    feed.push(change([running(0, 0, 0.2), running(1, 0, 0)], 'a-1', 2), true)
    feed.push(change([complete(0, 0.9)], 'a-1', 3), true)
    clock.advance(99)
    expect(sent).toEqual([])
    clock.advance(1)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.summary.elapsedMs).toBe(3)
    expect(sent[0]?.trials.map(({ number, state }) => [number, state])).toEqual([
      [0, 'complete'],
      [1, 'running'],
    ])
  })

  it('sends at most once per interval, and again for what came later', () => {
    const { clock, sent, feed } = setUp()
    for (let step = 0; step < 50; step++) {
      feed.push(change([running(0, 0, step / 50)]), true)
      clock.advance(10)
    }
    expect(sent).toHaveLength(5)
    clock.advance(1000)
    expect(sent).toHaveLength(5)
  })

  it('sends the summary alone of a study that is not in view', () => {
    const { clock, sent, feed } = setUp()
    feed.push(change([running(0, 0, 0.1)], 'a-1'), false)
    feed.push(change([running(0, 0, 0.1)], 'b-1'), true)
    clock.advance(100)
    expect(sent.map(({ summary, trials }) => [summary.id, summary.counts.running, trials.length])).toEqual([
      ['a-1', 1, 0],
      ['b-1', 1, 1],
    ])
  })

  it('sends what is pending at once when it is flushed, and not again later', () => {
    const { clock, sent, feed } = setUp()
    feed.push(change([running(0, 0, 0.1)], 'a-1', 1), true)
    feed.flush()
    expect(sent.map(({ summary }) => summary.elapsedMs)).toEqual([1])
    clock.advance(1000)
    expect(sent).toHaveLength(1)
  })

  it('sends nothing after it was disposed of', () => {
    const { clock, sent, feed } = setUp()
    feed.push(change([]), true)
    feed.dispose()
    clock.advance(1000)
    expect(sent).toEqual([])
  })
})
