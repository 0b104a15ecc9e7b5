import { describe, expect, it } from 'vitest'
import { summarise } from '../../support/summarise.ts'
import type { StudyChange, TrialRow } from '../../../src-core/progress/readModel.ts'
import { ChangeFeed, type Schedule } from '../../../src-main/studies/changeFeed.ts'
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
  return { schedule, advance, nowMs: () => nowMs }
}

const change = (trials: TrialRow[], id = 'a-1', elapsedMs = 0): StudyChange => ({
  summary: summarise({ ...input({ id, folder: `/studies/${id}`, elapsedMs }), trials }),
  trials,
})

/** @param slow the page says when it has shown a change; otherwise it has at once */
const setUp = ({ slow = false } = {}) => {
  const clock = manualClock()
  const sent: StudyChange[] = []
  const feed: ChangeFeed = new ChangeFeed({
    send: (one) => {
      sent.push(one)
      if (!slow) feed.shown()
    },
    intervalMs: 100,
    nowMs: clock.nowMs,
    schedule: clock.schedule,
  })
  return { clock, sent, feed }
}

describe('the feed of changes', () => {
  it('tells a page nothing before it has shown what it was told last, then the latest', () => {
    const { clock, sent, feed } = setUp({ slow: true })
    feed.push(change([running(0, 0, 0.1)], 'a-1', 1), true)
    clock.advance(100)
    for (let elapsed = 2; elapsed < 50; elapsed++) {
      feed.push(change([running(0, 0, elapsed / 50)], 'a-1', elapsed), true)
      clock.advance(100)
    }
    expect(sent.map(({ summary }) => summary.elapsedMs)).toEqual([1])
    feed.shown()
    clock.advance(9599)
    expect(sent).toHaveLength(1)
    clock.advance(1)
    expect(sent.map(({ summary }) => summary.elapsedMs)).toEqual([1, 49])
  })

  it('leaves a page alone for twice as long as it was busy, for ten seconds at most', () => {
    for (const [busyMs, restMs] of [
      [20, 100],
      [400, 800],
      [60_000, 10_000],
    ] as const) {
      const { clock, sent, feed } = setUp({ slow: true })
      feed.push(change([]), true)
      clock.advance(100)
      clock.advance(busyMs)
      feed.shown()
      feed.push(change([]), true)
      clock.advance(restMs - 1)
      expect(sent).toHaveLength(1)
      clock.advance(1)
      expect(sent).toHaveLength(2)
    }
  })

  it('goes on with a page that was loaded anew and never shows what the old one was told', () => {
    const { clock, sent, feed } = setUp({ slow: true })
    feed.push(change([], 'a-1', 1), true)
    clock.advance(100)
    feed.push(change([], 'a-1', 2), true)
    feed.shown()
    clock.advance(200)
    expect(sent.map(({ summary }) => summary.elapsedMs)).toEqual([1, 2])
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
