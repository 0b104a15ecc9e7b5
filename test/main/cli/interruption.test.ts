import { describe, expect, it } from 'vitest'
import { createInterruption } from '../../../src-main/cli/run/interruption.ts'
import { createEchoFilter } from '../../../src-main/cli/signals.ts'

/** Records what is asked of a study, in order. */
const recording = (finish = false) => {
  const calls: string[] = []
  const study = {
    drain: () => Promise.resolve(void calls.push('drain')),
    pauseNow: () => Promise.resolve(void calls.push('pause')),
    stop: () => Promise.resolve(void calls.push('stop')),
  }
  const interruption = createInterruption(study, finish, (state) => void calls.push(state))
  return { calls, interruption }
}

describe('createInterruption', () => {
  it('pauses at the first signal, stops at the second, and then has nothing more to do', async () => {
    const { calls, interruption } = recording()
    interruption.begin()
    interruption.receive('SIGINT')
    expect(calls).toEqual(['pausing', 'pause'])
    interruption.receive('SIGTERM')
    interruption.receive('SIGINT')
    await interruption.done()
    expect(calls).toEqual(['pausing', 'pause', 'stopping', 'stop'])
    expect(interruption.signal).toBe('SIGINT')
  })

  it('lets trials end at the first signal where that is wanted, and pauses at the second', () => {
    const { calls, interruption } = recording(true)
    interruption.begin()
    for (let signal = 0; signal < 4; signal++) interruption.receive('SIGINT')
    expect(calls).toEqual(['draining', 'drain', 'pausing', 'pause', 'stopping', 'stop'])
  })

  it.each([false, true])('pauses when the terminal is gone, since nobody can ask twice', (finish) => {
    const { calls, interruption } = recording(finish)
    interruption.begin()
    interruption.receive('SIGHUP')
    expect(calls).toEqual(['pausing', 'pause'])
  })

  it('keeps signals that come before the study runs', () => {
    const { calls, interruption } = recording()
    interruption.receive('SIGINT')
    interruption.receive('SIGINT')
    expect(calls).toEqual([])
    interruption.begin()
    expect(calls).toEqual(['pausing', 'pause', 'stopping', 'stop'])
  })

  it('passes on what pausing threw', async () => {
    const fine = (): Promise<void> => Promise.resolve()
    const broken = { drain: fine, pauseNow: () => Promise.reject(new Error('disk full')), stop: fine }
    const interruption = createInterruption(broken, false, () => undefined)
    interruption.begin()
    interruption.receive('SIGINT')
    await expect(interruption.done()).rejects.toThrow('disk full')
  })
})

describe('createEchoFilter', () => {
  it('takes a signal that npm passes on for the echo that it is', () => {
    const isEcho = createEchoFilter(true)
    expect(isEcho('SIGINT', 0)).toBe(false)
    expect(isEcho('SIGINT', 20)).toBe(true)
    expect(isEcho('SIGINT', 600)).toBe(false)
    expect(isEcho('SIGTERM', 610)).toBe(false)
  })

  it('believes every signal without npm', () => {
    const isEcho = createEchoFilter(false)
    expect([isEcho('SIGINT', 0), isEcho('SIGINT', 1)]).toEqual([false, false])
  })
})
