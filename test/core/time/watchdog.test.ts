import { describe, expect, it } from 'vitest'
import { Watchdog, watchLimits } from '../../../src-core/time/watchdog.ts'
import { ManualClock } from '../../main/scheduler/manualClock.ts'

const minute = 60_000

const watched = () => {
  const clock = new ManualClock()
  const silences: number[] = []
  const watchdog = new Watchdog(clock, (silentMs) => silences.push(silentMs))
  /** Steps of the work, so far apart. */
  const steps = (count: number, everyMs: number): void => {
    for (let step = 0; step < count; step++) {
      clock.advance(everyMs)
      watchdog.heard(true)
    }
  }
  return { clock, watchdog, silences, steps }
}

describe('Watchdog', () => {
  it('waits long for the first sign, and for what has no pace, such as the loading of data', () => {
    const { clock, watchdog, silences } = watched()
    watchdog.start()
    clock.advance(9 * minute)
    watchdog.heard(false)
    clock.advance(9 * minute)
    watchdog.heard(false)
    clock.advance(9 * minute)
    expect(silences).toEqual([])
    clock.advance(2 * minute)
    expect(silences).toEqual([10 * minute])
  })

  it('goes by the pace of the work: two minutes of quick steps, twenty of those that take a minute', () => {
    const quick = watched()
    quick.watchdog.start()
    quick.steps(5, 250)
    quick.clock.advance(watchLimits.leastMs - 1)
    expect(quick.silences).toEqual([])
    quick.clock.advance(minute)
    expect(quick.silences).toHaveLength(1)

    const slow = watched()
    slow.watchdog.start()
    slow.steps(3, minute)
    slow.clock.advance(19 * minute)
    expect(slow.silences).toEqual([])
    slow.clock.advance(2 * minute)
    expect(slow.silences).toHaveLength(1)
  })

  it('counts no silence in which the watching process was stopped itself', () => {
    const { clock, watchdog, silences, steps } = watched()
    watchdog.start()
    steps(5, 250)
    // Its timers come late, and find the clock an hour on; what was said meanwhile is heard after them.
    clock.stall(60 * minute)
    clock.advance(10_000)
    watchdog.heard(true)
    expect(silences).toEqual([])
    clock.advance(3 * minute)
    expect(silences).toHaveLength(1)
  })

  it('is as patient again with the next piece of work, and watches nothing in between', () => {
    const { clock, watchdog, silences, steps } = watched()
    watchdog.start()
    steps(5, 250)
    watchdog.stop()
    clock.advance(60 * minute)
    watchdog.heard(true)
    clock.advance(60 * minute)
    expect(silences).toEqual([])
    watchdog.start()
    clock.advance(9 * minute)
    expect(silences).toEqual([])
  })
})
