import { describe, expect, it } from 'vitest'
import { RepeatedLooks } from '../../../src-renderer/state/repeatedLooks.ts'

/** Looks that take `lookMs`, with a clock and a timer of the test's own. */
const arrange = (lookMs = 1) => {
  const state = { nowMs: 0, visible: true, looks: 0, lookMs }
  let planned: { readonly action: () => void; readonly delayMs: number } | null = null
  const looks = new RepeatedLooks({
    look: () => {
      state.looks += 1
      state.nowMs += state.lookMs
      return Promise.resolve()
    },
    isVisible: () => state.visible,
    nowMs: () => state.nowMs,
    schedule: (action, delayMs) => {
      planned = { action, delayMs }
      return () => {
        planned = null
      }
    },
  })
  /** Lets the time pass that is waited for; what it was, null: nothing is waited for. */
  const pass = async (): Promise<number | null> => {
    const due = planned
    planned = null
    due?.action()
    await Promise.resolve()
    await Promise.resolve()
    return due?.delayMs ?? null
  }
  return { state, looks, pass }
}

describe('repeated looks', () => {
  it('look every two seconds, and less often where a look takes long', async () => {
    const { state, looks, pass } = arrange(10)
    looks.begin()
    expect(state.looks).toBe(0)
    expect([await pass(), await pass()]).toEqual([2000, 2000])
    state.lookMs = 1000
    await pass()
    expect(await pass()).toBe(19_000)
    expect(state.looks).toBe(4)
  })

  it('rest while nobody sees them, and look at once when somebody does', async () => {
    const { state, looks, pass } = arrange()
    looks.begin()
    state.visible = false
    looks.visibilityChanged()
    expect([await pass(), state.looks]).toEqual([null, 0])
    state.visible = true
    looks.visibilityChanged()
    await Promise.resolve()
    expect(state.looks).toBe(1)
    await Promise.resolve()
    expect(await pass()).toBe(2000)
    looks.end()
    expect([await pass(), state.looks]).toEqual([null, 2])
  })
})
