import { describe, expect, it } from 'vitest'
import { createInterruption } from '../../../src-main/cli/run/interruption.ts'
import { createEchoFilter } from '../../../src-main/cli/signals.ts'

/** Records what is asked of a study, in order. */
const recording = () => {
  const calls: string[] = []
  const study = {
    drain: () => Promise.resolve(void calls.push('drain')),
    stop: () => Promise.resolve(void calls.push('stop')),
  }
  const interruption = createInterruption(study, (state) => void calls.push(state))
  return { calls, interruption }
}

describe('createInterruption', () => {
  it('drains at the first signal, stops at the second, and then has nothing more to do', async () => {
    const { calls, interruption } = recording()
    interruption.begin()
    interruption.receive('SIGINT')
    expect(calls).toEqual(['draining', 'drain'])
    interruption.receive('SIGTERM')
    interruption.receive('SIGINT')
    await interruption.done()
    expect(calls).toEqual(['draining', 'drain', 'stopping', 'stop'])
    expect(interruption.signal).toBe('SIGINT')
  })

  it('stops at once when the terminal is gone, since nobody can ask twice', () => {
    const { calls, interruption } = recording()
    interruption.begin()
    interruption.receive('SIGHUP')
    expect(calls).toEqual(['stopping', 'stop'])
  })

  it('keeps signals that come before the study runs', () => {
    const { calls, interruption } = recording()
    interruption.receive('SIGINT')
    interruption.receive('SIGINT')
    expect(calls).toEqual([])
    interruption.begin()
    expect(calls).toEqual(['draining', 'drain', 'stopping', 'stop'])
  })

  it('passes on what draining threw', async () => {
    const broken = { drain: () => Promise.reject(new Error('disk full')), stop: () => Promise.resolve() }
    const interruption = createInterruption(broken, () => undefined)
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
